package tscollector.exporter.datadog;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.AttributeType;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.resources.Resource;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tscollector.telemetry.Telemetry;

/**
 * The tags of what is sent: those of the instance ({@code datadog.tags}) as they are, attributes as {@code key:value}, and the
 * exporter's own; sorted, each once, none longer than Datadog keeps. Attributes {@code datadog.*} speak to this exporter and are
 * no tags. Immutable but for the telemetry.
 */
final class Tags {
    static final AttributeKey<List<String>> OF_INSTANCE = AttributeKey.stringArrayKey("datadog.tags");

    private static final String OURS = "datadog.";
    /** Resource attributes that are no tags: the host has a place of its own. */
    private static final Set<String> HOST = Set.of("host");

    private static final int LONGEST = 200;
    private static final int FIRST_PLAIN_EXPONENT = -6;
    private static final int FIRST_EXPONENT_ABOVE = 21;
    private static final String CUT = "tags cut at 200 characters";

    /** Resource attributes that Datadog knows by other names: its unified service tags. */
    private static final Map<String, String> SERVICE_TAGS = Map.of(
            "service.name", "service",
            "service.version", "version",
            "deployment.environment", "env",
            "deployment.environment.name", "env");

    private final List<String> ofExporter;
    private final boolean resourceAttributesToo;
    private final Telemetry telemetry;

    /**
     * Makes tags.
     *
     * @param ofExporter on everything
     * @param resourceAttributesToo whether all attributes of resources become tags
     */
    Tags(List<String> ofExporter, boolean resourceAttributesToo, Telemetry telemetry) {
        this.ofExporter = List.copyOf(ofExporter);
        this.resourceAttributesToo = resourceAttributesToo;
        this.telemetry = telemetry;
    }

    /** What all points of a resource have, before cutting. */
    List<String> ofResource(Resource resource) {
        TreeSet<String> tags = new TreeSet<>(ofExporter);
        List<String> ofInstance = resource.getAttribute(OF_INSTANCE);
        if (ofInstance != null) {
            tags.addAll(ofInstance);
        }
        String task = CloudHost.task(resource);
        if (task != null) {
            tags.add("task_arn:" + task);
        }
        if (resourceAttributesToo) {
            add(resource.getAttributes(), HOST, tags);
            SERVICE_TAGS.forEach((key, tag) -> {
                String value = resource.getAttribute(AttributeKey.stringKey(key));
                if (value != null) {
                    tags.add(tag + ':' + value);
                }
            });
        }
        return List.copyOf(tags);
    }

    /**
     * The tags of one series.
     *
     * @param ofResource as {@link #ofResource} gave them
     * @param exceptKeys attributes that are no tags
     */
    Collection<String> of(List<String> ofResource, Attributes attributes, Set<String> exceptKeys) {
        TreeSet<String> tags = new TreeSet<>(ofResource);
        add(attributes, exceptKeys, tags);
        TreeSet<String> cut = new TreeSet<>();
        for (String tag : tags) {
            cut.add(cut(tag));
        }
        return cut;
    }

    private static void add(Attributes attributes, Set<String> exceptKeys, Set<String> tags) {
        attributes.forEach((key, value) -> {
            String name = key.getKey();
            if (name.startsWith(OURS) || exceptKeys.contains(name)) {
                return;
            }
            if (isList(key.getType())) {
                ((List<?>) value).forEach(element -> tags.add(name + ':' + text(element)));
            } else {
                tags.add(name + ':' + text(value));
            }
        });
    }

    /** Numbers as OTLP's JSON has them, and Datadog's own mapping: 2 and not 2.0. */
    private static String text(Object value) {
        if (!(value instanceof Double number) || !Double.isFinite(number)) {
            return String.valueOf(value);
        }
        BigDecimal shortest = new BigDecimal(number.toString()).stripTrailingZeros();
        int exponent = shortest.precision() - shortest.scale() - 1;
        return shortest.signum() == 0 || (exponent >= FIRST_PLAIN_EXPONENT && exponent < FIRST_EXPONENT_ABOVE)
                ? shortest.toPlainString()
                : shortest.toString().replace('E', 'e');
    }

    private static boolean isList(AttributeType type) {
        return type == AttributeType.STRING_ARRAY
                || type == AttributeType.LONG_ARRAY
                || type == AttributeType.DOUBLE_ARRAY
                || type == AttributeType.BOOLEAN_ARRAY;
    }

    private String cut(String tag) {
        if (tag.length() <= LONGEST || tag.codePointCount(0, tag.length()) <= LONGEST) {
            return tag;
        }
        telemetry.count(CUT, 1);
        return tag.substring(0, tag.offsetByCodePoints(0, LONGEST));
    }
}
