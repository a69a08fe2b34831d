package tscollector.processor.modeldiff;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tscollector.processor.modeldiff.ServerState.KnownModel;
import tscollector.processor.modeldiff.ServerState.KnownVersion;

/**
 * A {@link ServerState} as it is stored: a format number, the generation, and the models with their versions; texts as a length
 * and UTF-8, absent ones with length -1.
 */
final class StateBytes {
    private static final int FORMAT = 1;
    private static final int ABSENT = -1;

    private StateBytes() {}

    static byte[] write(ServerState state) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT);
            out.writeLong(state.generation());
            out.writeInt(state.models().size());
            for (Map.Entry<String, KnownModel> entry : state.models().entrySet()) {
                writeText(out, entry.getKey());
                writeModel(out, entry.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    /** @throws IOException if these are not the bytes of a state; never anything else, and never more memory than they have */
    static ServerState read(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        int format = in.readUnsignedByte();
        if (format != FORMAT) {
            throw new IOException("unknown format " + format);
        }
        long generation = in.readLong();
        int count = readCount(in);
        Map<String, KnownModel> models = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            models.put(present(readText(in)), readModel(in));
        }
        if (in.available() > 0) {
            throw new IOException("something follows the end");
        }
        return new ServerState(generation, models);
    }

    private static void writeModel(DataOutputStream out, KnownModel model) throws IOException {
        writeText(out, model.url());
        writeText(out, model.defaultVersion());
        List<KnownVersion> versions = model.versions();
        out.writeInt(versions == null ? ABSENT : versions.size());
        if (versions != null) {
            for (KnownVersion version : versions) {
                writeText(out, version.version());
                writeText(out, version.url());
            }
        }
    }

    private static KnownModel readModel(DataInputStream in) throws IOException {
        String url = readText(in);
        String defaultVersion = readText(in);
        int count = readCount(in);
        if (count == ABSENT) {
            return new KnownModel(url, defaultVersion, null);
        }
        List<KnownVersion> versions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            versions.add(new KnownVersion(present(readText(in)), readText(in)));
        }
        return new KnownModel(url, defaultVersion, versions);
    }

    private static void writeText(DataOutputStream out, @Nullable String text) throws IOException {
        if (text == null) {
            out.writeInt(ABSENT);
            return;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static @Nullable String readText(DataInputStream in) throws IOException {
        int length = readCount(in);
        return length == ABSENT ? null : new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    /** A number of things that are still to come, each of at least one byte. */
    private static int readCount(DataInputStream in) throws IOException {
        int count = in.readInt();
        if (count < ABSENT || count > in.available()) {
            throw new IOException("a length of " + count + " where " + in.available() + " bytes are left");
        }
        return count;
    }

    private static String present(@Nullable String text) throws IOException {
        if (text == null) {
            throw new IOException("a name is missing");
        }
        return text;
    }
}
