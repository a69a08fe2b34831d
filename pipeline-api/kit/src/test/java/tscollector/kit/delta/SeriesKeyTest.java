package tscollector.kit.delta;

import static io.opentelemetry.api.common.AttributeKey.longKey;
import static io.opentelemetry.api.common.AttributeKey.stringArrayKey;
import static io.opentelemetry.api.common.AttributeKey.stringKey;
import static org.assertj.core.api.Assertions.assertThat;
import static tscollector.testkit.Batches.attributes;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.resources.Resource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tscollector.signal.MetricGroup;

/** Two series share a key only if they are one. */
class SeriesKeyTest {
    private static SeriesKey key(Attributes resource, String metric, SeriesKind kind, Attributes attributes) {
        MetricGroup group = new Scrapes(Resource.create(resource))
                .counter(metric, Scrapes.number(1, 2, attributes, 3))
                .batch()
                .groups()
                .get(0);
        return new SeriesKey.Maker(group).key(group.metrics().get(0), kind, attributes);
    }

    private static SeriesKey key(Attributes attributes) {
        return key(Attributes.empty(), "m", SeriesKind.DOUBLE, attributes);
    }

    @Test
    void attributesThatReadAlikeTogetherAreOthers() {
        List<Attributes> all = List.of(
                Attributes.empty(),
                attributes("a", "b"),
                attributes("a", "b", "c", "d"),
                attributes("a", "bc", "d", ""),
                attributes("ab", ""),
                Attributes.of(longKey("n"), 1L),
                Attributes.of(stringKey("n"), "1"),
                Attributes.of(stringArrayKey("l"), List.of("a", "bc")),
                Attributes.of(stringArrayKey("l"), List.of("ab", "c")),
                Attributes.of(stringArrayKey("l"), List.of("abc")),
                Attributes.of(stringArrayKey("l"), List.of()),
                Attributes.of(stringKey("l"), "[abc]"),
                Attributes.of(stringKey("l"), "[]"));
        Set<SeriesKey> keys = new HashSet<>();
        all.forEach(attributes -> keys.add(key(attributes)));

        assertThat(keys).hasSameSizeAs(all);
    }

    @Test
    void nameKindAndResourceTellSeriesApart() {
        Attributes none = Attributes.empty();
        Set<SeriesKey> keys = Set.of(
                key(none, "m", SeriesKind.DOUBLE, none),
                key(none, "m2", SeriesKind.DOUBLE, none),
                key(none, "m", SeriesKind.LONG, none),
                key(attributes("service.instance.id", "a"), "m", SeriesKind.DOUBLE, none),
                key(attributes("service.instance.id", "b"), "m", SeriesKind.DOUBLE, none));

        assertThat(keys).hasSize(5);
    }

    @Test
    void theServersVersionAndTheOrderOfAttributesDoNot() {
        Attributes known = attributes("service.instance.id", "a", "service.version", "0.12.0");
        assertThat(key(known, "m", SeriesKind.DOUBLE, Attributes.empty()))
                .isEqualTo(key(attributes("service.instance.id", "a"), "m", SeriesKind.DOUBLE, Attributes.empty()));

        assertThat(key(attributes("a", "1", "b", "2"))).isEqualTo(key(attributes("b", "2", "a", "1")));
        assertThat(key(attributes("service.version", "1")))
                .as("of a point it is an attribute like others")
                .isNotEqualTo(key(Attributes.empty()));
    }
}
