package tscollector.app.load;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tscollector.component.Kind;
import tscollector.kit.config.TreeMerger;
import tscollector.kit.config.Variables;
import tscollector.kit.config.YamlNode;
import tscollector.kit.delivery.DeliveryConfig;

/**
 * Carries the numbers of the Collector's {@code batch} processor to where batches are made here: {@code sending_queue.batch} of the
 * exporters behind it. What an exporter says itself wins. Nothing else of such a processor remains.
 */
final class BatchProcessors {
    private static final String TYPE = "batch";
    private static final Map<String, String> KEYS = Map.of(
            "timeout", "flush_timeout",
            "send_batch_size", "min_size",
            "send_batch_max_size", "max_size");

    private static final Pattern USABLE = Pattern.compile("[1-9]\\d{0,8}|(\\d+(\\.\\d+)?(ns|us|ms|s|m|h))+");

    private final ComponentCatalog catalog;
    private final Variables variables;
    private final TreeMerger merger;

    BatchProcessors(ComponentCatalog catalog, Variables variables) {
        this.catalog = catalog;
        this.variables = variables;
        this.merger = new TreeMerger(variables);
    }

    /** The same configuration with the numbers where they count. */
    YamlNode.Mapping carryOver(YamlNode.Mapping root) {
        YamlNode.Mapping exporters = map(root.get("exporters"), "exporters");
        YamlNode.Mapping service = map(root.get("service"), "service");
        YamlNode.Mapping pipelines = service == null ? null : map(service.get("pipelines"), "service.pipelines");
        YamlNode.Entry section = root.entries().get("exporters");
        if (exporters == null || pipelines == null || section == null) {
            return root;
        }
        Map<String, YamlNode.Entry> changed = new LinkedHashMap<>(exporters.entries());
        for (YamlNode.Entry pipeline : pipelines.entries().values()) {
            YamlNode.Mapping lists = map(pipeline.value(), "");
            YamlNode.Mapping numbers = lists == null ? null : numbers(root, lists);
            if (lists != null && numbers != null) {
                for (String id : texts(lists.get("exporters"))) {
                    changed.computeIfPresent(id, (any, entry) -> withNumbers(entry, numbers));
                }
            }
        }
        Map<String, YamlNode.Entry> entries = new LinkedHashMap<>(root.entries());
        entries.put(
                "exporters",
                new YamlNode.Entry(
                        "exporters",
                        section.place(),
                        new YamlNode.Mapping(exporters.place(), exporters.span(), changed)));
        return new YamlNode.Mapping(root.place(), root.span(), entries);
    }

    /** What the pipeline's batch processor says, under the queue's names; null if it has none or that one says nothing. */
    private YamlNode.@Nullable Mapping numbers(YamlNode.Mapping root, YamlNode.Mapping pipeline) {
        YamlNode.Mapping processors = map(root.get("processors"), "processors");
        for (String id : texts(pipeline.get("processors"))) {
            boolean isBatch = id.equals(TYPE) || id.startsWith(TYPE + "/");
            YamlNode.Mapping settings =
                    isBatch && processors != null ? map(processors.get(id), "processors." + id) : null;
            if (settings != null) {
                Map<String, YamlNode.Entry> renamed = new LinkedHashMap<>();
                settings.entries().forEach((key, entry) -> {
                    String name = KEYS.get(key);
                    if (name != null && isUsable(entry.value())) {
                        renamed.put(name, new YamlNode.Entry(name, entry.place(), entry.value()));
                    }
                });
                return renamed.isEmpty() ? null : new YamlNode.Mapping(settings.place(), settings.span(), renamed);
            }
        }
        return null;
    }

    /**
     * A number or a duration that says something: in the Collector 0 is "no least size" and "no limit", which here is to say nothing; and
     * what is wrong with a value is told once, at the processor.
     */
    private static boolean isUsable(YamlNode node) {
        return node instanceof YamlNode.Scalar scalar
                && USABLE.matcher(scalar.text()).matches();
    }

    private YamlNode.Entry withNumbers(YamlNode.Entry exporter, YamlNode.Mapping numbers) {
        if (!hasQueue(exporter.key())) {
            return exporter;
        }
        YamlNode.Mapping queue = nested("sending_queue", nested("batch", numbers));
        YamlNode.Mapping own = map(exporter.value(), "exporters." + exporter.key());
        boolean nothing = exporter.value() instanceof YamlNode.Scalar scalar && scalar.isBlank();
        if (own == null && !nothing) {
            return exporter; // not a map: the binder says so
        }
        return new YamlNode.Entry(
                exporter.key(),
                exporter.place(),
                own == null ? queue : merger.merge(queue, own, "exporters." + exporter.key()));
    }

    private boolean hasQueue(String id) {
        int slash = id.indexOf('/');
        return catalog.find(Kind.EXPORTER, slash < 0 ? id : id.substring(0, slash))
                .map(factory -> {
                    for (RecordComponent component :
                            factory.descriptor().configType().getRecordComponents()) {
                        if (component.getType() == DeliveryConfig.class) {
                            return true;
                        }
                    }
                    return false;
                })
                .orElse(false);
    }

    private static YamlNode.Mapping nested(String key, YamlNode.Mapping value) {
        return new YamlNode.Mapping(
                value.place(), value.span(), Map.of(key, new YamlNode.Entry(key, value.place(), value)));
    }

    private YamlNode.@Nullable Mapping map(@Nullable YamlNode node, String path) {
        return node != null && variables.structure(node, path) instanceof YamlNode.Mapping map ? map : null;
    }

    private List<String> texts(@Nullable YamlNode node) {
        List<String> texts = new ArrayList<>();
        if (node != null && variables.structure(node, "") instanceof YamlNode.Sequence list) {
            for (YamlNode item : list.items()) {
                if (item instanceof YamlNode.Scalar scalar) {
                    texts.add(scalar.text());
                }
            }
        }
        return texts;
    }
}
