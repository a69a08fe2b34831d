package tscollector.exporter.sdk;

import io.opentelemetry.sdk.autoconfigure.spi.ConfigProperties;
import io.opentelemetry.sdk.autoconfigure.spi.logs.ConfigurableLogRecordExporterProvider;
import io.opentelemetry.sdk.autoconfigure.spi.metrics.ConfigurableMetricExporterProvider;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.AggregationTemporalitySelector;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;

/** Exporters of the SDK as a user would drop them into lib/: one that records, one that prefers deltas, one that is broken. */
public final class RecordingProvider implements ConfigurableMetricExporterProvider {
    static final List<MetricData> METRICS = new ArrayList<>();
    static final List<LogRecordData> LOGS = new ArrayList<>();
    static final List<String> CALLS = new ArrayList<>();
    static String endpoint;
    private static final Deque<CompletableResultCode> ANSWERS = new ArrayDeque<>();

    static void reset() {
        METRICS.clear();
        LOGS.clear();
        CALLS.clear();
        ANSWERS.clear();
    }

    static void answer(CompletableResultCode answer) {
        ANSWERS.add(answer);
    }

    private static CompletableResultCode call(String name) {
        CALLS.add(name);
        return CompletableResultCode.ofSuccess();
    }

    private static CompletableResultCode answered() {
        return ANSWERS.isEmpty() ? CompletableResultCode.ofSuccess() : ANSWERS.remove();
    }

    @Override
    public MetricExporter createExporter(ConfigProperties config) {
        String broken = config.getString("recording.broken");
        if (broken != null) {
            throw new IllegalArgumentException("bad value " + broken);
        }
        endpoint = config.getString("recording.endpoint");
        return new Metrics(AggregationTemporalitySelector.alwaysCumulative());
    }

    @Override
    public String getName() {
        return "recording";
    }

    private static final class Metrics implements MetricExporter {
        private final AggregationTemporalitySelector temporality;

        Metrics(AggregationTemporalitySelector temporality) {
            this.temporality = temporality;
        }

        @Override
        public CompletableResultCode export(Collection<MetricData> metrics) {
            METRICS.addAll(metrics);
            return answered();
        }

        @Override
        public CompletableResultCode flush() {
            return call("flush");
        }

        @Override
        public CompletableResultCode shutdown() {
            return call("shutdown");
        }

        @Override
        public AggregationTemporality getAggregationTemporality(InstrumentType type) {
            return temporality.getAggregationTemporality(type);
        }
    }

    /** The same for logs. */
    public static final class ForLogs implements ConfigurableLogRecordExporterProvider {
        @Override
        public LogRecordExporter createExporter(ConfigProperties config) {
            return new LogRecordExporter() {
                @Override
                public CompletableResultCode export(Collection<LogRecordData> logs) {
                    LOGS.addAll(logs);
                    return answered();
                }

                @Override
                public CompletableResultCode flush() {
                    return call("flush");
                }

                @Override
                public CompletableResultCode shutdown() {
                    return call("shutdown");
                }
            };
        }

        @Override
        public String getName() {
            return "recording";
        }
    }

    /** Prefers deltas, as some backends do. */
    public static final class Delta implements ConfigurableMetricExporterProvider {
        @Override
        public MetricExporter createExporter(ConfigProperties config) {
            return new Metrics(AggregationTemporalitySelector.deltaPreferred());
        }

        @Override
        public String getName() {
            return "delta";
        }
    }

    /** Cannot even be made. */
    public static final class Broken implements ConfigurableMetricExporterProvider {
        public Broken() {
            throw new IllegalStateException("planted");
        }

        @Override
        public MetricExporter createExporter(ConfigProperties config) {
            throw new IllegalStateException("planted");
        }

        @Override
        public String getName() {
            return "broken";
        }
    }
}
