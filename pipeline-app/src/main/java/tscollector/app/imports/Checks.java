package tscollector.app.imports;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the configurations of the check in a text: conf.yaml; the JSON of a Docker label or a pod annotation, alone or wherever it stands in
 * a manifest, a compose file, a Dockerfile, a command line or an inspected container; the older three keys {@code check_names},
 * {@code init_configs}, {@code instances}; the file as a text in a config map or in the values of a chart.
 */
final class Checks {
    private static final String NAME = "torchserve";
    private static final Pattern KEY = Pattern.compile(
            "(com\\.datadoghq\\.ad|ad\\.datadoghq\\.com/.+)\\.(checks|check_names|init_configs|instances)");
    /** Where charts and config maps keep the file as a text. */
    private static final Pattern FILE_NAME = Pattern.compile("(.*[./])?torchserve(\\.d/conf)?\\.ya?ml");

    private static final String[] BESIDE = {
        "logs", "cluster_check", "ad_identifiers", "advanced_ad_identifiers", "discovery", "ignore_autodiscovery_tags"
    };

    private final String prefix;
    private final Remarks remarks;
    private final List<Check> found = new ArrayList<>();

    private Checks(String prefix, Remarks remarks) {
        this.prefix = prefix;
        this.remarks = remarks;
    }

    /**
     * One configuration of the check.
     *
     * @param path what stands before {@code instances[0]} in remarks; may be empty
     */
    record Check(String path, Map<String, @Nullable Object> init, List<@Nullable Object> instances) {}

    /**
     * All configurations in a text.
     *
     * @param prefix of all paths; may be empty
     * @throws ConfReader.Unreadable if it is no YAML
     */
    static List<Check> in(String text, String prefix, Remarks remarks) throws ConfReader.Unreadable {
        Checks checks = new Checks(prefix, remarks);
        ConfReader.Unreadable unreadable = null;
        try {
            for (Object document : ConfReader.documents(text)) {
                checks.document(document);
            }
        } catch (ConfReader.Unreadable e) {
            unreadable = e;
        }
        if (checks.found.isEmpty()) {
            Map<String, @Nullable Object> labels = LabelWords.in(text);
            if (labels.isEmpty() && unreadable != null) {
                throw unreadable;
            }
            checks.search(labels, 0);
        }
        return checks.found;
    }

    private void document(Object document) {
        if (document instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> texted = Options.texted(map);
            if (texted.containsKey("instances")) {
                add(prefix, texted);
                return;
            }
            if (byName(texted)) {
                named(prefix, texted);
                return;
            }
        }
        if (document instanceof List<?> list && list.stream().anyMatch(Checks::isInstance)) {
            add(prefix, Map.of("instances", list));
            return;
        }
        search(document, 0);
    }

    /** The value of the older key {@code instances} alone. */
    private static boolean isInstance(@Nullable Object item) {
        return item instanceof Map<?, ?> map
                && Stream.of(Kind.values()).anyMatch(kind -> map.containsKey(kind.option()));
    }

    private static boolean byName(Map<String, @Nullable Object> map) {
        return map.get(NAME) instanceof Map<?, ?> check && check.containsKey("instances");
    }

    private void add(String path, Map<String, @Nullable Object> check) {
        for (String option : BESIDE) {
            if (check.get(option) != null) {
                remarks.add(
                        path + option,
                        option.equals("logs")
                                ? "is not carried: this version collects no logs; leave them to what collects them now"
                                : "is not carried: what is watched is written down here");
            }
        }
        Object initConfig = check.get("init_config");
        if (initConfig != null && !(initConfig instanceof Map)) {
            remarks.add(
                    path + "init_config", "is " + Options.word(initConfig) + ", not a map; nothing is taken from it");
        }
        Map<String, @Nullable Object> init = initConfig instanceof Map<?, ?> map ? Options.texted(map) : Map.of();
        KnownOptions.checkInit(init, path + "init_config", remarks);
        Object instances = check.get("instances");
        List<@Nullable Object> list = new ArrayList<>();
        if (instances instanceof List<?> written) {
            list.addAll(written);
        } else {
            remarks.add(path + "instances", "is " + Options.word(instances) + ", not a list");
        }
        found.add(new Check(path, init, list));
    }

    /** The form {@code {"torchserve": {"init_config": {}, "instances": []}}}. */
    private void named(String path, Map<String, @Nullable Object> checks) {
        checks.forEach((name, check) -> {
            if (!name.equals(NAME)) {
                remarks.add(path + name, "is another check; the Agent goes on with it");
            } else if (check instanceof Map<?, ?> map) {
                add(path + NAME + ".", Options.texted(map));
            }
        });
    }

    private void search(@Nullable Object value, int depth) {
        if (value instanceof List<?> list) {
            Map<String, @Nullable Object> labels = new LinkedHashMap<>();
            for (Object item : list) {
                int equals = item instanceof String text ? text.indexOf('=') : -1;
                if (equals > 0
                        && item instanceof String text
                        && KEY.matcher(text.substring(0, equals)).matches()) {
                    labels.put(text.substring(0, equals), text.substring(equals + 1));
                } else {
                    search(item, depth + 1);
                }
            }
            annotations(labels);
        } else if (value instanceof Map<?, ?> map) {
            annotations(Options.texted(map));
            map.forEach((key, item) -> {
                if (item instanceof String text
                        && FILE_NAME.matcher(String.valueOf(key)).matches()) {
                    embedded(String.valueOf(key), text);
                } else {
                    search(item, depth + 1);
                }
            });
        }
    }

    private void embedded(String key, String text) {
        if (content(key, text) instanceof Map<?, ?> map && map.containsKey("instances")) {
            add(prefix + key + ".", Options.texted(map));
        }
    }

    private void annotations(Map<String, @Nullable Object> map) {
        Map<String, Map<String, @Nullable Object>> triples = new LinkedHashMap<>();
        map.forEach((key, value) -> {
            Matcher matcher = KEY.matcher(key);
            if (!matcher.matches()) {
                return;
            }
            Object content = content(key, value);
            if (!matcher.group(2).equals("checks")) {
                triples.computeIfAbsent(matcher.group(1), any -> new LinkedHashMap<>())
                        .put(matcher.group(2), content);
            } else if (content instanceof Map<?, ?> checks) {
                named(prefix + key + ".", Options.texted(checks));
            } else if (content != null) {
                remarks.add(prefix + key, "is not a map of checks");
            }
        });
        triples.forEach(this::triple);
    }

    /** Three lists that belong together by their order. */
    private void triple(String key, Map<String, @Nullable Object> triple) {
        List<?> names = list(triple.get("check_names"));
        List<?> inits = list(triple.get("init_configs"));
        List<?> instances = list(triple.get("instances"));
        for (int i = 0; i < names.size(); i++) {
            String path = prefix + key + ".instances[" + i + "]";
            if (!NAME.equals(names.get(i))) {
                remarks.add(path, "belongs to another check; the Agent goes on with it");
                continue;
            }
            Object own = i < instances.size() ? instances.get(i) : null;
            Map<String, @Nullable Object> check = new LinkedHashMap<>();
            check.put("init_config", i < inits.size() ? inits.get(i) : null);
            check.put("instances", own instanceof List<?> several ? several : own == null ? List.of() : List.of(own));
            add(prefix + key + "[" + i + "].", check);
        }
    }

    private static List<?> list(@Nullable Object value) {
        return value instanceof List<?> list ? list : List.of();
    }

    /** A label's value is JSON in a text. */
    private @Nullable Object content(String key, @Nullable Object value) {
        if (!(value instanceof String text)) {
            return value;
        }
        try {
            List<Object> documents = ConfReader.documents(text);
            return documents.isEmpty() ? null : documents.get(0);
        } catch (ConfReader.Unreadable e) {
            remarks.add(prefix + key, String.valueOf(e.getMessage()));
            return null;
        }
    }
}
