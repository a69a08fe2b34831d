package tscollector.kit.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tscollector.component.Descriptor;
import tscollector.component.Factory;
import tscollector.config.Config;
import tscollector.config.Setting;
import tscollector.signal.MetricSpec;

/** Writes the reference page of one component type, in Markdown. The same factory gives the same text. */
public final class ReferenceWriter {
    private final StringBuilder page = new StringBuilder();

    private ReferenceWriter() {}

    /** The page's file name: {@code exporter-otlp_http.md}. */
    public static String fileName(Descriptor<?> descriptor) {
        return descriptor.kind().word() + "-" + descriptor.type() + ".md";
    }

    /** The page, ended by a line feed. */
    public static String write(Factory<?> factory) {
        ReferenceWriter writer = new ReferenceWriter();
        writer.page(factory);
        return writer.page.toString();
    }

    private void page(Factory<?> factory) {
        Descriptor<?> descriptor = factory.descriptor();
        line("# " + capital(descriptor.kind().word()) + " `" + descriptor.type() + "`");
        line("");
        line("<!-- Generated from the component's own description. -->");
        line("");
        line(descriptor.summary());
        line("");
        line("| | |");
        line("|---|---|");
        line("| Stability | " + descriptor.stability().name().toLowerCase(Locale.ROOT) + " |");
        String signals =
                factory.signals().stream().map(signal -> signal.id()).sorted().collect(Collectors.joining(", "));
        if (!signals.isEmpty()) {
            line("| Signals | " + signals + " |");
        }
        if (!descriptor.aliases().isEmpty()) {
            line("| Other spellings | "
                    + new TreeSet<>(descriptor.aliases())
                            .stream().map(alias -> "`" + alias + "`").collect(Collectors.joining(", "))
                    + " |");
        }
        if (!descriptor.description().isBlank()) {
            line("");
            line(descriptor.description().strip());
        }
        settings(descriptor);
        example(descriptor);
        metrics(descriptor.metrics());
    }

    private void settings(Descriptor<?> descriptor) {
        line("");
        line("## Settings");
        line("");
        List<String> rows = new ArrayList<>();
        rows(RecordSchema.of(descriptor.configType()), descriptor.defaults(), "", rows);
        if (rows.isEmpty()) {
            line("None.");
            return;
        }
        line("| Key | Type | Default | What it is |");
        line("|---|---|---|---|");
        rows.forEach(this::line);
    }

    private static void rows(RecordSchema schema, @Nullable Config defaults, String prefix, List<String> rows) {
        for (SettingSchema setting : schema.settings()) {
            Object preset = defaults == null ? null : setting.of(defaults);
            String key = prefix + setting.key();
            if (setting.setting().inline()) {
                RecordSchema section = setting.section();
                rows(section, preset == null ? section.defaults() : (Config) preset, prefix, rows);
                continue;
            }
            rows.add("| `" + key + "` | " + word(setting) + " | " + preset(setting, preset) + " | " + doc(setting)
                    + " |");
            if (setting.type() instanceof ValueType.Section section) {
                RecordSchema inner = section.schema();
                rows(inner, preset == null ? inner.defaults() : (Config) preset, key + ".", rows);
            } else if (setting.type() instanceof ValueType.ListOf list
                    && list.element() instanceof ValueType.Section section) {
                rows(section.schema(), section.schema().defaults(), key + "[].", rows);
            } else if (setting.type() instanceof ValueType.MapOf map
                    && map.value() instanceof ValueType.Section section) {
                rows(section.schema(), section.schema().defaults(), key + ".*.", rows);
            }
        }
    }

    private static String word(SettingSchema setting) {
        String word = setting.type().word();
        String special = switch (setting.setting().format()) {
            case ANY, NOT_EMPTY -> word;
            case HTTP_URL, HTTP_OR_UNIX_URL -> "URL";
            case HOST_PORT -> "host:port";
            case REGEX -> "regular expression";
            case EXISTING_FILE -> "path of a file";
            case EXISTING_PATH -> "path of a file or folder";
        };
        if (special.equals(word) || setting.type() == ValueType.Single.TEXT) {
            return special;
        }
        return word + " (" + special + ")";
    }

    private static String preset(SettingSchema setting, @Nullable Object preset) {
        if (setting.setting().required()) {
            return "**required**";
        }
        if (setting.type() instanceof ValueType.Section) {
            return preset == null ? "absent" : "";
        }
        return preset == null
                ? "absent"
                : "`" + cell(YamlWriter.inline(PlainValues.plain(setting.type(), preset, null))) + "`";
    }

    private static String doc(SettingSchema setting) {
        Setting said = setting.setting();
        String range = Ranges.words(said);
        return cell(said.doc()
                + (range.isEmpty() ? "" : " " + capital(range) + ".")
                + (said.example().isEmpty() ? "" : " Example: `" + said.example() + "`."));
    }

    private void example(Descriptor<?> descriptor) {
        line("");
        line("## Example");
        line("");
        line("```yaml");
        line(descriptor.kind().section() + ":");
        String yaml = descriptor.example().strip();
        if (yaml.isEmpty() || yaml.equals("{}")) {
            line("  " + descriptor.type() + ": {}");
        } else {
            line("  " + descriptor.type() + ":");
            yaml.lines().forEach(text -> line(text.isEmpty() ? "" : "    " + text));
        }
        line("```");
    }

    private void metrics(List<MetricSpec> metrics) {
        if (metrics.isEmpty()) {
            return;
        }
        line("");
        line("## Metrics");
        line("");
        line("| Name | Kind | Unit | Attributes | What it is | From |");
        line("|---|---|---|---|---|---|");
        for (MetricSpec metric : metrics) {
            String attributes =
                    metric.attributes().stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
            line("| `" + metric.name() + "` | " + metric.kind().name().toLowerCase(Locale.ROOT) + " | "
                    + (metric.unit().isEmpty() ? "" : "`" + metric.unit() + "`") + " | " + attributes + " | "
                    + cell(metric.description()) + " | " + cell(metric.source()) + " |");
        }
    }

    private void line(String text) {
        page.append(text).append('\n');
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("\n", " ");
    }

    private static String capital(String word) {
        return word.isEmpty() ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }
}
