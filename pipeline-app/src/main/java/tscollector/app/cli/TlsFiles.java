package tscollector.app.cli;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tscollector.app.imports.DatadogImport;
import tscollector.app.load.LoadedConfiguration;
import tscollector.component.Kind;
import tscollector.component.StartException;
import tscollector.kit.http.TlsConfig;
import tscollector.kit.http.TlsContexts;

/** Reads the certificates and keys of receivers as their start would, so that one bad file does not keep all others from starting. */
final class TlsFiles {
    private TlsFiles() {}

    static List<DatadogImport.Fault> faults(LoadedConfiguration config) {
        List<DatadogImport.Fault> faults = new ArrayList<>();
        config.components(Kind.RECEIVER).forEach((id, receiver) -> {
            String fault = fault(receiver.config());
            if (fault != null) {
                faults.add(new DatadogImport.Fault("receivers." + id, fault));
            }
        });
        return faults;
    }

    private static @Nullable String fault(@Nullable Object config) {
        if (config instanceof TlsConfig tls) {
            return hasFiles(tls) ? faultOf(tls) : null;
        }
        if (config instanceof Record settings) {
            for (RecordComponent component : settings.getClass().getRecordComponents()) {
                String fault = fault(valueOf(component, settings));
                if (fault != null) {
                    return fault;
                }
            }
        }
        return null;
    }

    /** Without files there is nothing to read but the runtime's own certificates. */
    private static boolean hasFiles(TlsConfig tls) {
        List<String> files = Stream.of(tls.caFile(), tls.certFile(), tls.keyFile())
                .filter(Objects::nonNull)
                .toList();
        return (!files.isEmpty() || !tls.allowedVersions().isEmpty())
                && files.stream().noneMatch(file -> file.startsWith(DatadogReader.UNKNOWN_FILE));
    }

    private static @Nullable String faultOf(TlsConfig tls) {
        try {
            TlsContexts unused = TlsContexts.of(tls);
            return null;
        } catch (StartException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static @Nullable Object valueOf(RecordComponent component, Record settings) {
        try {
            return component.getAccessor().invoke(settings);
        } catch (ReflectiveOperationException e) {
            return null; // not ours to read
        }
    }
}
