package tscollector.app.imports;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tscollector.kit.config.YamlWriter;

/** Autodiscovery's {@code %%...%%} and the secrets backend's {@code ENC[...]} as variables of a configuration. */
final class Templates {
    private static final Pattern TEMPLATE =
            Pattern.compile("%%([A-Za-z0-9_.:/-]+)%%|\\A\\s*ENC\\[([^\\]\\s]+)]\\s*\\z");

    private final int port;
    private final TreeSet<String> variables = new TreeSet<>();

    /** @param port what {@code %%port%%} is where nobody says otherwise */
    Templates(int port) {
        this.port = port;
    }

    /** Whether a text is known only when the program runs. */
    static boolean isTemplate(String text) {
        return TEMPLATE.matcher(text).find();
    }

    /** Names each of them with its path. */
    static void name(@Nullable Object value, String path, Remarks remarks) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, item) -> name(item, path + "." + key, remarks));
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                name(list.get(i), path + "[" + i + "]", remarks);
            }
        } else if (value instanceof String text) {
            Matcher matcher = TEMPLATE.matcher(text);
            while (matcher.find()) {
                explain(matcher, path, remarks);
            }
        }
    }

    private static void explain(Matcher found, String path, Remarks remarks) {
        if (found.group(2) != null) {
            remarks.add(
                    path,
                    "ENC[...] is opened by the Agent's secrets backend, which is not here; set the variable "
                            + variable(found.group(2)) + " to what it holds");
            return;
        }
        String name = found.group(1);
        if (name.startsWith("env_")) {
            return; // means the same here
        }
        if (isHost(name) || isPort(name)) {
            String variable = isHost(name) ? "TS_HOST" : "TS_PORT";
            remarks.add(
                    path,
                    "%%" + name + "%% is the container's, which only the Agent finds out; set the variable " + variable
                            + (isHost(name) ? " (127.0.0.1 without it)" : " (TorchServe's own port without it)"));
            return;
        }
        remarks.add(
                path,
                "%%" + name + "%% is filled in by the Agent alone; set the variable " + variable(name)
                        + " (empty without it)");
    }

    /** The variables that the texts replaced so far need, without a default. */
    Set<String> variables() {
        return variables;
    }

    /** The same settings with variables in place; text without any stays as it is. */
    Map<String, @Nullable Object> in(Map<String, @Nullable Object> settings) {
        Map<String, @Nullable Object> result = new LinkedHashMap<>();
        settings.forEach((key, value) -> result.put(key, value(value)));
        return result;
    }

    private @Nullable Object value(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return in(Options.texted(map));
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> items = new ArrayList<>();
            list.forEach(item -> items.add(value(item)));
            return items;
        }
        return value instanceof String text && isTemplate(text) ? new YamlWriter.Template(replaced(text)) : value;
    }

    private String replaced(String text) {
        StringBuilder result = new StringBuilder();
        Matcher matcher = TEMPLATE.matcher(text);
        int at = 0;
        while (matcher.find()) {
            result.append(text.substring(at, matcher.start()).replace("$", "$$"));
            result.append(reference(matcher));
            at = matcher.end();
        }
        return result.append(text.substring(at).replace("$", "$$")).toString();
    }

    private String reference(Matcher found) {
        if (found.group(2) != null) {
            String plain = found.group().strip().replace("$", "$$").replaceAll("[{}]", "_");
            return "${env:" + variable(found.group(2)) + ":-" + plain + "}";
        }
        String name = found.group(1);
        if (name.startsWith("env_") && name.length() > 4) {
            String variable = variableOf(name.substring(4));
            variables.add(variable);
            return "${env:" + variable + "}";
        }
        if (isHost(name)) {
            return "${env:TS_HOST:-127.0.0.1}";
        }
        return isPort(name) ? "${env:TS_PORT:-" + port + "}" : "${env:" + variable(name) + ":-}";
    }

    private static boolean isHost(String name) {
        return name.equals("host") || name.startsWith("host_");
    }

    private static boolean isPort(String name) {
        return name.equals("port") || name.startsWith("port_");
    }

    private static String variable(String name) {
        return variableOf(name.toUpperCase(Locale.ROOT));
    }

    private static String variableOf(String name) {
        String plain = name.replaceAll("[^A-Za-z0-9_]", "_");
        return plain.isEmpty() || Character.isDigit(plain.charAt(0)) ? "_" + plain : plain;
    }
}
