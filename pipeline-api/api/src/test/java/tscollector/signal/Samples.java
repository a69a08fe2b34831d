package tscollector.signal;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.Value;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.GaugeData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.resources.Resource;
import java.util.List;
import java.util.stream.IntStream;

/** Small pieces of data for the tests of this package. */
final class Samples {
    static final InstrumentationScopeInfo SCOPE = InstrumentationScopeInfo.create("test");
    static final Resource RESOURCE = resource("host:8080");

    private Samples() {}

    /** A new instance each time. */
    static Resource resource(String instance) {
        return Resource.create(Attributes.of(AttributeKey.stringKey("service.instance.id"), instance));
    }

    static GaugeData<DoublePointData> points(int count) {
        return GaugeData.createDoubleGaugeData(IntStream.range(0, count)
                .mapToObj(i ->
                        DoublePointData.create(1, 2, Attributes.of(AttributeKey.longKey("n"), (long) i), i, List.of()))
                .toList());
    }

    static Metric gauge(Resource resource, InstrumentationScopeInfo scope, String name, int points) {
        return new Metric(
                resource,
                scope,
                name,
                "Something.",
                "ms",
                MetricDataType.DOUBLE_GAUGE,
                points(points),
                "family",
                ExposedType.GAUGE);
    }

    static MetricGroup group(int... points) {
        return MetricGroup.of(
                RESOURCE,
                SCOPE,
                IntStream.range(0, points.length)
                        .mapToObj(i -> gauge(RESOURCE, SCOPE, "m" + i, points[i]))
                        .toList(),
                new Shape());
    }

    static LogRecord logRecord(Resource resource, InstrumentationScopeInfo scope, String eventName) {
        return new LogRecord(
                resource,
                scope,
                10,
                20,
                Severity.WARN,
                Value.of("It happened."),
                Attributes.of(AttributeKey.stringKey("model"), "m"),
                eventName);
    }
}
