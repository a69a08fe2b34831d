package tscollector.app.load;

import tscollector.component.ComponentId;
import tscollector.component.Factory;
import tscollector.config.Config;

/**
 * One configured component.
 *
 * @param id with the type's own name, even where the user wrote another spelling of it
 */
public record Configured<C extends Config>(ComponentId id, Factory<C> factory, C config) {}
