package tscollector.config;

import tscollector.component.Descriptor;

/**
 * Turns YAML into the config record of one component; the kit's implementation is found by {@link java.util.ServiceLoader}, so
 * that contract tests need not know it.
 */
public interface ConfigBinder {
    /**
     * Binds and validates the settings of one component, {@code ${env:X}} included.
     *
     * @param yaml the settings without the id line
     * @param problems receives every mistake, with paths relative to the component
     * @return the config; where something is wrong, with defaults in its place
     */
    <C extends Config> C bind(String yaml, Descriptor<C> descriptor, Problems problems);
}
