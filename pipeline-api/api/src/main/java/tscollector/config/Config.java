package tscollector.config;

/**
 * The settings of a component, or a section of them: a record whose components all carry {@link Setting}.
 *
 * <p>The YAML key of a setting is the component's name in snake case. What a user leaves out has the value of the defaults: those
 * of the {@code Descriptor} for a component, for a section the section inside these, and for a section that is absent by
 * default (a nullable component) or an element of a list what the record's own static method {@code defaults()} gives.
 *
 * <p>Types a setting may have: {@code boolean}, {@code int}, {@code long}, {@code double} (boxed and nullable where absence
 * means something), {@code String}, enums (lower snake case in YAML), {@link java.time.Duration}, {@link DataSize},
 * {@link Secret}, {@link tscollector.component.ComponentId}, another {@code Config} record, {@code List} of these, {@code
 * Map} from {@code String} to these, and {@link ConfigValue} for what has no fixed form.
 *
 * <p>Canonical constructors copy lists and maps and check nothing: a default may lack what is required, and all mistakes are to
 * be shown at once.
 */
public interface Config {
    /** Finds what is wrong between settings; what concerns one alone is said by {@link Setting}. */
    default void validate(Problems problems) {}
}
