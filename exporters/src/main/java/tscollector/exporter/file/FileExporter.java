package tscollector.exporter.file;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tscollector.component.BuildContext;
import tscollector.component.Deadline;
import tscollector.component.Host;
import tscollector.component.StartException;
import tscollector.consumer.Consumers;
import tscollector.consumer.DeliveryException;
import tscollector.exporter.Exporter;
import tscollector.kit.delivery.Deliveries;
import tscollector.signal.Signal;

/** Encodes each batch into one line and adds it to the file. A write that fails is tried again: disks get space. */
final class FileExporter implements Exporter {
    private static final JsonFactory JSON =
            JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

    private final BuildContext context;
    private final FileConfig config;
    private final Deliveries deliveries;
    private volatile @Nullable LineFile file;

    FileExporter(BuildContext context, FileConfig config, Set<Signal<?>> wanted) {
        this.context = context;
        this.config = config;
        this.deliveries = new Deliveries(context, config.delivery());
        if (wanted.contains(Signal.METRICS)) {
            deliveries.add(Signal.METRICS, batch -> write(json -> JsonMetrics.write(json, batch)));
        }
        if (wanted.contains(Signal.LOGS)) {
            deliveries.add(Signal.LOGS, batch -> write(json -> JsonLogs.write(json, batch)));
        }
    }

    @Override
    public Consumers inputs() {
        return deliveries.inputs();
    }

    @Override
    public void start(Host host) throws StartException {
        try {
            file = LineFile.open(Path.of(config.path()), config.append(), config.rotation());
        } catch (IOException | InvalidPathException e) {
            throw new StartException(
                    "cannot write " + config.path() + ": " + reason(e) + "; set path to a file that can be written", e);
        }
        deliveries.start(host);
    }

    @Override
    public void shutdown(Deadline deadline) {
        deliveries.shutdown(deadline);
        LineFile open = file;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                context.logger().warn("Could not close {}. error=\"{}\"", config.path(), reason(e));
            }
        }
    }

    private long write(Consumer<JsonGenerator> writing) throws DeliveryException {
        LineFile open = file;
        if (open == null) {
            throw DeliveryException.retryable("the file is not open");
        }
        Line line = new Line();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), line)) {
            writing.accept(json);
        }
        line.write('\n');
        try {
            open.write(line.bytes(), Instant.ofEpochSecond(0, context.clock().now()));
            return 0;
        } catch (IOException e) {
            throw DeliveryException.retryable("cannot write " + config.path() + ": " + reason(e), e);
        }
    }

    /** The exceptions of the file system have a path for a message; what is wrong is in their type. */
    private static String reason(Exception e) {
        if (e instanceof NoSuchFileException) {
            return "a folder of the path is not there, or cannot be made";
        }
        if (e instanceof AccessDeniedException) {
            return "this user may not write there";
        }
        if (e instanceof FileAlreadyExistsException there) {
            return there.getFile() + " is there and is not a folder";
        }
        String said = e instanceof FileSystemException failure ? failure.getReason() : e.getMessage();
        return said == null ? "the file system gives no reason" : said;
    }

    /** Grows, and gives its bytes without another copy. */
    private static final class Line extends ByteArrayOutputStream {
        Line() {
            super(16 * 1024);
        }

        ByteBuffer bytes() {
            return ByteBuffer.wrap(buf, 0, count);
        }
    }
}
