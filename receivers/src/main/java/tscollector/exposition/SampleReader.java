package tscollector.exposition;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes {@link Sample}s of one target from their text. Not thread-safe. */
final class SampleReader {
    /** The attribute with the target's address; a label of this name becomes {@code exported_endpoint}. */
    static final AttributeKey<String> ENDPOINT = AttributeKey.stringKey("endpoint");

    private static final String EXPORTED = "exported_";

    private final @Nullable String endpoint;
    private final LabelPool pool;
    private final SeriesText series;

    /** @param endpoint the address as it stands on every point; null if it stands on none */
    SampleReader(@Nullable String endpoint, int labelLimit, LabelPool pool) {
        this.endpoint = endpoint;
        this.pool = pool;
        this.series = new SeriesText(labelLimit);
    }

    /** The sample whose name and labels stand at {@code from}, as the parser has found them to be readable. */
    Sample read(byte[] body, int from, int to) {
        if (!series.read(body, from, to)) {
            throw new IllegalStateException("the parser let a line through that has " + series.error());
        }
        AttributesBuilder attributes = Attributes.builder();
        boolean clashes = false;
        for (int label = 0; label < series.labelCount(); label++) {
            String name = labelName(body, label);
            if (endpoint != null && name.equals(ENDPOINT.getKey())) {
                clashes = true;
            } else {
                attributes.put(pool.key(name), labelValue(body, label));
            }
        }
        if (clashes) {
            exportEndpoint(body, attributes);
        }
        if (endpoint != null) {
            attributes.put(ENDPOINT, endpoint);
        }
        return new Sample(pool.text(body, series.nameFrom(), series.nameTo()), attributes.build());
    }

    /** Gives the exposed {@code endpoint} label the first exported name that no other label has. */
    private void exportEndpoint(byte[] body, AttributesBuilder attributes) {
        Set<String> taken = new HashSet<>();
        String value = "";
        for (int label = 0; label < series.labelCount(); label++) {
            String name = labelName(body, label);
            taken.add(name);
            if (name.equals(ENDPOINT.getKey())) {
                value = labelValue(body, label);
            }
        }
        String name = EXPORTED + ENDPOINT.getKey();
        while (taken.contains(name)) {
            name = EXPORTED + name;
        }
        attributes.put(pool.key(name), value);
    }

    private String labelName(byte[] body, int label) {
        return pool.text(body, series.labelNameFrom(label), series.labelNameTo(label));
    }

    private String labelValue(byte[] body, int label) {
        return Escapes.resolve(pool.text(body, series.labelValueFrom(label), series.labelValueTo(label)));
    }
}
