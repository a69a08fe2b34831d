package tscollector.app.load;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;
import tscollector.component.Kind;

/** The five sections with components, one of each. */
final class Sections {
    private final Map<Kind, ComponentSection> byKind = new EnumMap<>(Kind.class);

    Sections(Function<Kind, ComponentSection> section) {
        for (Kind kind : Kind.values()) {
            byKind.put(kind, section.apply(kind));
        }
    }

    ComponentSection of(Kind kind) {
        ComponentSection section = byKind.get(kind);
        if (section == null) {
            throw new IllegalStateException("no section for " + kind);
        }
        return section;
    }
}
