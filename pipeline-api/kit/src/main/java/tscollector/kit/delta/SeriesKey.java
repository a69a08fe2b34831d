package tscollector.kit.delta;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.resources.Resource;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tscollector.signal.Metric;
import tscollector.signal.MetricGroup;

/**
 * A series whatever objects stand for it: half a SHA-256 of its resource, scope name, metric name, kind and attributes. Short
 * enough to be stored by the hundred thousand, the same in every process, and no two series share one in practice.
 */
record SeriesKey(long high, long low) {
    static final int BYTES = 2 * Long.BYTES;

    /** Says how the server is at present and not which one it is: it becomes known while the program runs, and changes. */
    private static final Set<String> NOT_IDENTIFYING = Set.of("service.version");

    /** The keys of one group's series; made once per shape. */
    static final class Maker {
        private final byte[] group;
        private final MessageDigest digest = sha256();

        Maker(MetricGroup group) {
            Resource resource = group.resource();
            this.group = bytes(out -> {
                writeAttributes(out, resource.getAttributes(), NOT_IDENTIFYING);
                writeText(out, group.scope().getName());
            });
        }

        SeriesKey key(Metric metric, SeriesKind kind, Attributes attributes) {
            digest.update(group);
            digest.update(bytes(out -> {
                writeText(out, metric.name());
                out.writeByte(kind.code());
                writeAttributes(out, attributes, Set.of());
            }));
            ByteBuffer hash = ByteBuffer.wrap(digest.digest());
            return new SeriesKey(hash.getLong(), hash.getLong());
        }
    }

    private interface Writing {
        void to(DataOutputStream out) throws IOException;
    }

    private static byte[] bytes(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            writing.to(out);
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    /** Sorted by key; every text has its length in front, so that no two sets of attributes read the same. */
    private static void writeAttributes(DataOutputStream out, Attributes attributes, Set<String> without)
            throws IOException {
        Map<String, Map.Entry<AttributeKey<?>, Object>> sorted = new TreeMap<>();
        attributes.asMap().entrySet().forEach(attribute -> {
            AttributeKey<?> key = attribute.getKey();
            if (!without.contains(key.getKey())) {
                sorted.put(key.getKey() + ' ' + key.getType(), attribute);
            }
        });
        out.writeInt(sorted.size());
        for (Map.Entry<String, Map.Entry<AttributeKey<?>, Object>> entry : sorted.entrySet()) {
            writeText(out, entry.getKey());
            Object value = entry.getValue().getValue();
            if (value instanceof List<?> elements) {
                out.writeInt(elements.size());
                for (Object element : elements) {
                    writeText(out, String.valueOf(element));
                }
            } else {
                writeText(out, value.toString());
            }
        }
    }

    private static void writeText(DataOutputStream out, String text) throws IOException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(utf8.length);
        out.write(utf8);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
