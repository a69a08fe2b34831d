package tscollector.app.cli;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tscollector.app.load.ComponentCatalog;
import tscollector.app.load.GeneratedFiles;
import tscollector.app.service.ExitCode;
import tscollector.component.Descriptor;
import tscollector.component.Factory;
import tscollector.component.Kind;

/** {@code components}: what there is, or everything about one type. */
@Command(
        name = "components",
        description = "Lists the component types; with TYPE, its settings and metrics.",
        mixinStandardHelpOptions = true)
final class ComponentsCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "TYPE",
            description = "A component type, for instance otlp_http.")
    private @Nullable String type;

    ComponentsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        ComponentCatalog catalog = ComponentCatalog.load();
        return type == null ? list(catalog) : describe(catalog, type);
    }

    private int list(ComponentCatalog catalog) {
        int width = catalog.factories().stream()
                .mapToInt(factory -> factory.descriptor().type().length())
                .max()
                .orElse(0);
        for (Kind kind : Kind.values()) {
            terminal.out().println(kind.section() + ":");
            for (Factory<?> factory : catalog.factories(kind)) {
                Descriptor<?> descriptor = factory.descriptor();
                String aliases =
                        descriptor.aliases().isEmpty() ? "" : " (also " + String.join(", ", descriptor.aliases()) + ")";
                String gap = " ".repeat(width - descriptor.type().length() + 2);
                terminal.out().println("  " + descriptor.type() + gap + descriptor.summary() + aliases);
            }
        }
        return ExitCode.OK;
    }

    private int describe(ComponentCatalog catalog, String name) {
        List<Factory<?>> found = catalog.factories().stream()
                .filter(factory -> factory.descriptor().names().contains(name))
                .collect(Collectors.toList());
        if (found.isEmpty()) {
            String types = catalog.factories().stream()
                    .map(factory -> factory.descriptor().type())
                    .sorted()
                    .collect(Collectors.joining(", "));
            terminal.err().println("tscollector: there is no component type " + name + "; there are " + types);
            return ExitCode.CONFIGURATION;
        }
        found.forEach(factory -> terminal.out().print(GeneratedFiles.reference(factory)));
        return ExitCode.OK;
    }
}
