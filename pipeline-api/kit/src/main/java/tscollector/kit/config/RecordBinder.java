package tscollector.kit.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tscollector.component.ComponentId;
import tscollector.config.Config;
import tscollector.config.ConfigValue;
import tscollector.config.Problems;

/**
 * Lays what a user wrote over the defaults of a config record and checks it; says everything that is wrong at once.
 *
 * <p>What is wrong is reported and replaced by its default, so that the result is always a whole record. The rules between
 * settings are asked too; where something was wrong already, what they say counts as far as it does not hang on that.
 */
public final class RecordBinder {
    /** Stands for a value that was wrong. */
    private static final Object INVALID = new Object();

    private final Variables variables;
    private final Mistakes mistakes;
    private final UnaryOperator<ComponentId> canonical;
    private final Ranges ranges;
    private final List<Reference> references = new ArrayList<>();
    private final SectionRules rules = new SectionRules();

    /** A component's id as the value of a setting, with the place where it stands. */
    public record Reference(ComponentId id, Place place, String path) {}

    /** @param canonical gives the id that is meant by one that may have another spelling of its type */
    public RecordBinder(
            Variables variables, Surroundings surroundings, Mistakes mistakes, UnaryOperator<ComponentId> canonical) {
        this.variables = variables;
        this.mistakes = mistakes;
        this.canonical = canonical;
        this.ranges = new Ranges(new Formats(surroundings));
    }

    /** All ids that were values of settings so far. */
    public List<Reference> references() {
        return List.copyOf(references);
    }

    /**
     * Binds one component or section.
     *
     * @param node what was written; null or YAML's null for nothing
     * @param key where its key stands, for mistakes that concern it as a whole
     */
    public <C extends Config> C bind(Class<C> type, C defaults, @Nullable YamlNode node, Place key, String path) {
        RecordSchema schema = RecordSchema.of(type);
        YamlNode.Mapping map = asMap(schema, node, key, path);
        return type.cast(map == null ? defaults : section(schema, defaults, map, key, path));
    }

    private YamlNode.@Nullable Mapping asMap(RecordSchema schema, @Nullable YamlNode written, Place key, String path) {
        if (written == null) {
            return new YamlNode.Mapping(key, new YamlSource.Span(0, 0, 0, 0), Map.of());
        }
        YamlNode node = variables.structure(written, path);
        if (node instanceof YamlNode.Mapping map) {
            return map;
        }
        if (node instanceof YamlNode.Scalar scalar) {
            if (scalar.isUnset() || scalar.isNull()) {
                return new YamlNode.Mapping(key, node.span(), Map.of());
            }
            if (schema.shorthand() != null) {
                YamlNode.Entry only = new YamlNode.Entry(schema.shorthand(), node.place(), node);
                return new YamlNode.Mapping(node.place(), node.span(), Map.of(only.key(), only));
            }
        }
        if (schema.hasSecrets()) {
            node.hide();
        }
        fail(node.place(), path, "must be a map of settings, not " + YamlNode.word(node));
        return null;
    }

    private Config section(RecordSchema schema, Config defaults, YamlNode.Mapping map, Place key, String path) {
        int before = mistakes.count();
        reportUnknown(schema, map, path);
        return record(schema, defaults, map, key, path, before);
    }

    private void reportUnknown(RecordSchema schema, YamlNode.Mapping map, String path) {
        Set<String> known = schema.keys();
        for (YamlNode.Entry entry : map.entries().values()) {
            if (known.contains(entry.key())) {
                continue;
            }
            entry.value().hide();
            String hint = schema.hints().get(entry.key());
            doubt(hint, entry.key(), known, path);
            fail(
                    entry.place(),
                    YamlPath.child(path, entry.key()),
                    hint == null
                            ? "is not a known setting" + Nearest.suggestionOr(entry.key(), known)
                            : "is not a setting here; " + hint);
        }
    }

    /** The setting that the user meant is not to be called missing as well. */
    private void doubt(@Nullable String hint, String key, Set<String> known, String path) {
        List<String> words = hint == null ? List.of() : List.of(hint.split("[^a-z0-9_]+"));
        for (String setting : known) {
            if (words.contains(setting)) {
                rules.isWrong(YamlPath.child(path, setting));
            }
        }
        Nearest.to(key, known).ifPresent(near -> rules.isWrong(YamlPath.child(path, near)));
    }

    /** @param before how many mistakes there were before anything of this section was looked at */
    private Config record(
            RecordSchema schema, Config defaults, YamlNode.Mapping map, Place key, String path, int before) {
        List<SettingSchema> settings = schema.settings();
        @Nullable Object[] values = new Object[settings.size()];
        for (int i = 0; i < values.length; i++) {
            SettingSchema setting = settings.get(i);
            Object preset = setting.of(defaults);
            values[i] = setting.setting().inline()
                    ? record(setting.section(), preset((Config) preset, setting.section()), map, key, path, before)
                    : setting(setting, preset, map, key, path);
        }
        Config bound = schema.create(values);
        boolean hadMistakes = mistakes.count() > before || rules.hasWrong(path);
        tell(hadMistakes ? rules.ask(bound, schema, path) : SectionRules.ask(bound), map, key, path);
        return bound;
    }

    private @Nullable Object setting(
            SettingSchema setting, @Nullable Object preset, YamlNode.Mapping map, Place key, String path) {
        YamlNode.Entry entry = map.entries().get(setting.key());
        String settingPath = YamlPath.child(path, setting.key());
        YamlNode node = entry == null ? null : entry.value();
        Place place = entry == null ? key : entry.place();
        if (setting.type().hasSecrets() && node instanceof YamlNode.Scalar) {
            node.hide();
        }
        if (node == null || (node instanceof YamlNode.Scalar scalar && scalar.isUnset())) {
            if (node != null) {
                doubt(node, settingPath);
            }
            if (setting.setting().required() && (node == null || !isFailed(node))) {
                fail(place, settingPath, "is required: " + setting.setting().doc());
            }
            return preset;
        }
        if (node instanceof YamlNode.Scalar scalar && isNullFor(setting.type(), scalar)) {
            return absent(setting, preset, scalar, place, settingPath);
        }
        Object value = value(setting.type(), preset, setting, node, place, settingPath);
        return value == INVALID ? preset : value;
    }

    /** {@code key:} with nothing, or with null. */
    private @Nullable Object absent(
            SettingSchema setting, @Nullable Object preset, YamlNode.Scalar node, Place key, String path) {
        if (setting.type() instanceof ValueType.Section section && node.isBlank()) {
            return bindSection(section.schema(), preset, node, key, path);
        }
        if (setting.setting().required()) {
            fail(key, path, "is required: " + setting.setting().doc());
        }
        return setting.nullable() ? null : preset;
    }

    private Object value(
            ValueType type, @Nullable Object preset, SettingSchema setting, YamlNode node, Place key, String path) {
        if (type instanceof ValueType.Section section) {
            return bindSection(section.schema(), preset, node, key, path);
        }
        if (type instanceof ValueType.ListOf list) {
            return list(list, setting, node, path);
        }
        if (type instanceof ValueType.MapOf map) {
            return map(map, setting, node, path);
        }
        if (type instanceof ValueType.Free) {
            return free(node);
        }
        return single(type, setting, node, path);
    }

    private Object bindSection(RecordSchema schema, @Nullable Object preset, YamlNode node, Place key, String path) {
        YamlNode.Mapping map = asMap(schema, node, key, path);
        return map == null ? INVALID : section(schema, preset((Config) preset, schema), map, key, path);
    }

    private Object list(ValueType.ListOf type, SettingSchema setting, YamlNode written, String path) {
        if (!(variables.structure(written, path) instanceof YamlNode.Sequence list)) {
            return wrongKind(type, written, path, "must be a list, such as [a, b], not " + YamlNode.word(written));
        }
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < list.items().size(); i++) {
            YamlNode item = list.items().get(i);
            String itemPath = YamlPath.child(path, i);
            if (item instanceof YamlNode.Scalar scalar && scalar.isUnset()) {
                doubt(item, itemPath);
                continue;
            }
            if (item instanceof YamlNode.Scalar scalar
                    && scalar.isNull()
                    && !(type.element() instanceof ValueType.Free)) {
                fail(item.place(), itemPath, "must have a value");
                continue;
            }
            Object value = value(type.element(), null, setting, item, item.place(), itemPath);
            if (value != INVALID) {
                values.add(value);
            }
        }
        return values;
    }

    private Object map(ValueType.MapOf type, SettingSchema setting, YamlNode written, String path) {
        if (!(variables.structure(written, path) instanceof YamlNode.Mapping map)) {
            return wrongKind(type, written, path, "must be a map, such as {a: b}, not " + YamlNode.word(written));
        }
        Map<String, Object> values = new LinkedHashMap<>();
        for (YamlNode.Entry entry : map.entries().values()) {
            String valuePath = YamlPath.child(path, entry.key());
            if (entry.value() instanceof YamlNode.Scalar scalar && (scalar.isUnset() || isLeftOut(scalar, type))) {
                doubt(entry.value(), valuePath);
                continue;
            }
            Object value = value(type.value(), null, setting, entry.value(), entry.place(), valuePath);
            if (value != INVALID) {
                values.put(entry.key(), value);
            }
        }
        return values;
    }

    /** A null that is written out, for instance to take away what an earlier file has; nothing at all is an empty text. */
    private static boolean isLeftOut(YamlNode.Scalar scalar, ValueType.MapOf type) {
        return isNullFor(type.value(), scalar) && !scalar.isBlank() && !(type.value() instanceof ValueType.Free);
    }

    /** A text gets a variable's exact text, be it {@code null} or {@code ~}. */
    private static boolean isNullFor(ValueType type, YamlNode.Scalar scalar) {
        boolean exact = type == ValueType.Single.TEXT || type == ValueType.Single.SECRET;
        return scalar.isNull() && !(exact && scalar.expansion() != YamlNode.Expansion.NONE);
    }

    private Object wrongKind(ValueType type, YamlNode node, String path, String text) {
        if (type.hasSecrets()) {
            node.hide();
        }
        return fail(node.place(), path, text);
    }

    private Object single(ValueType type, SettingSchema setting, YamlNode node, String path) {
        if (type == ValueType.Single.SECRET) {
            node.hide();
        }
        if (!(node instanceof YamlNode.Scalar scalar)) {
            return fail(node.place(), path, "must be " + Ranges.article(type) + ", not " + YamlNode.word(node));
        }
        Object value;
        try {
            value = type instanceof ValueType.Choice choice
                    ? SingleValues.choice(choice, scalar.text())
                    : SingleValues.read((ValueType.Single) type, scalar);
        } catch (IllegalArgumentException e) {
            return fail(node.place(), path, String.valueOf(e.getMessage()));
        }
        if (type instanceof ValueType.Single single) {
            String fault = ranges.fault(single, setting.setting(), value, scalar.text());
            if (fault != null) {
                return fail(node.place(), path, fault);
            }
        }
        if (value instanceof ComponentId id) {
            ComponentId meant = canonical.apply(id);
            references.add(new Reference(meant, node.place(), path));
            return meant;
        }
        return value;
    }

    private static ConfigValue free(YamlNode node) {
        if (node instanceof YamlNode.Mapping map) {
            Map<String, ConfigValue> entries = new LinkedHashMap<>();
            map.entries().forEach((key, entry) -> entries.put(key, free(entry.value())));
            return new ConfigValue.Mapping(entries);
        }
        if (node instanceof YamlNode.Sequence list) {
            return new ConfigValue.Sequence(
                    list.items().stream().map(RecordBinder::free).toList());
        }
        YamlNode.Scalar scalar = (YamlNode.Scalar) node;
        return new ConfigValue.Scalar(scalar.text(), scalar.kind() == ScalarKind.TEXT);
    }

    private void tell(List<Problems.Problem> problems, YamlNode.Mapping map, Place key, String path) {
        for (Problems.Problem problem : problems) {
            YamlPath.Found found = YamlPath.find(map, key, problem.path());
            String absolute = problem.path().isEmpty() ? path : YamlPath.child(path, problem.path());
            Place place = problem.path().isEmpty() ? key : problem.ofKey() ? found.blamedKey() : found.blamed();
            if (problem.fatal()) {
                mistakes.add(place, absolute, problem.text());
            } else {
                mistakes.warn(place, absolute, problem.text());
            }
        }
    }

    private Object fail(Place place, String path, String text) {
        rules.isWrong(path);
        mistakes.add(place, path, text);
        return INVALID;
    }

    /** A variable that is not there was told when it was looked up. */
    private void doubt(YamlNode node, String path) {
        if (isFailed(node)) {
            rules.isWrong(path);
        }
    }

    private static boolean isFailed(YamlNode node) {
        return node instanceof YamlNode.Scalar scalar && scalar.expansion() == YamlNode.Expansion.FAILED;
    }

    private static Config preset(@Nullable Config preset, RecordSchema schema) {
        return preset == null ? schema.defaults() : preset;
    }
}
