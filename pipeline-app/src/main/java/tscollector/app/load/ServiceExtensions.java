package tscollector.app.load;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tscollector.component.ComponentId;
import tscollector.component.Kind;
import tscollector.kit.config.Mistakes;
import tscollector.kit.config.Nearest;
import tscollector.kit.config.RecordBinder;
import tscollector.kit.config.YamlNode;

/** The list {@code service.extensions}, and the settings that name an extension. */
final class ServiceExtensions {
    private static final String PATH = "service.extensions";

    private final ComponentSection section;
    private final ComponentCatalog catalog;
    private final Mistakes mistakes;
    private final Entries entries;

    ServiceExtensions(Sections sections, ComponentCatalog catalog, Mistakes mistakes, Entries entries) {
        this.section = sections.of(Kind.EXTENSION);
        this.catalog = catalog;
        this.mistakes = mistakes;
        this.entries = entries;
    }

    List<ComponentId> read(YamlNode.@Nullable Mapping service, List<RecordBinder.Reference> references) {
        Set<ComponentId> listed = new LinkedHashSet<>();
        YamlNode written = service == null ? null : service.get("extensions");
        for (Entries.Named named : entries.ids(written, PATH)) {
            ComponentId id = catalog.canonical(Kind.EXTENSION, named.id());
            if (!section.has(id)) {
                mistakes.add(named.node().place(), named.path(), notConfigured(named.id()));
            } else if (!listed.add(id)) {
                mistakes.add(named.node().place(), named.path(), "names \"" + named.id() + "\" a second time");
            }
        }
        for (RecordBinder.Reference reference : references) {
            if (!section.has(reference.id())) {
                mistakes.add(reference.place(), reference.path(), notConfigured(reference.id()));
            } else if (!listed.contains(reference.id())) {
                mistakes.add(
                        reference.place(),
                        reference.path(),
                        "names \"" + reference.id() + "\", which is not listed in " + PATH);
            }
        }
        return List.copyOf(listed);
    }

    private String notConfigured(ComponentId id) {
        Set<String> configured = new TreeSet<>();
        section.components().keySet().forEach(known -> configured.add(known.toString()));
        return "names \"" + id + "\", which is not configured under extensions"
                + Nearest.suggestionAnd(
                        id.toString(),
                        configured,
                        configured.isEmpty() ? "" : "configured are " + String.join(", ", configured));
    }
}
