package tscollector.processor.naming;

import org.junit.jupiter.api.Nested;
import tscollector.component.BuildContext;
import tscollector.consumer.Consumer;
import tscollector.processor.Built;
import tscollector.processor.Processor;
import tscollector.processor.SuccessiveScrapes;
import tscollector.signal.MetricBatch;

/** The identity law, with each setting that changes a plan. */
class NamingIdentityTest {
    /** Successive scrapes under some settings. */
    interface Scrapes extends SuccessiveScrapes {
        String settings();

        @Override
        default Processor<MetricBatch> processor(BuildContext context, Consumer<MetricBatch> next) {
            return Built.metrics(new NamingFactory(), context, Written.yaml(settings()), next);
        }
    }

    @Nested
    class Names implements Scrapes {
        @Override
        public String settings() {
            return "{extra_metrics: [my_gauge, my_latency, my_summary], exclude_metrics: ['^GPU']}";
        }
    }

    @Nested
    class Strict implements Scrapes {
        @Override
        public String settings() {
            return "{compat: strict, raw_metric_prefix: my_, extra_metrics: [gauge, latency, summary]}";
        }
    }

    @Nested
    class Transformers implements Scrapes {
        @Override
        public String settings() {
            return """
                    metrics:
                      - my_gauge: {type: counter_gauge}
                      - my_untyped: {type: gauge}
                      - CPUUtilization: {type: service_check, status_map: {1: ok}}
                    """;
        }
    }

    @Nested
    class Labels implements Scrapes {
        @Override
        public String settings() {
            return """
                    exclude_labels: []
                    include_labels: [Level, Hostname, ModelName]
                    rename_labels: {Hostname: host}
                    exclude_metrics_by_labels: {DeviceId: true, Hostname: [b]}
                    """;
        }
    }

    @Nested
    class CachedSharing implements Scrapes {
        @Override
        public String settings() {
            return "{share_labels: {GPUUtilization: {labels: [DeviceId], match: [Level]}, HandlerTime: true}}";
        }
    }

    @Nested
    class FreshSharing implements Scrapes {
        @Override
        public String settings() {
            return """
                    cache_shared_labels: false
                    share_labels:
                      GPUUtilization: {labels: [DeviceId], match: [Level], values: [1, 2, 3]}
                      HandlerTime: {values: [7]}
                    """;
        }
    }

    @Nested
    class Limited implements Scrapes {
        @Override
        public String settings() {
            return "{max_returned_metrics: 4, extra_metrics: [my_gauge]}";
        }
    }

    @Nested
    class Patterns implements Scrapes {
        @Override
        public String settings() {
            return "{metric_patterns: {include: [openmetrics], exclude: [gpu]}, extra_metrics: [my_summary, my_latency]}";
        }
    }

    @Nested
    class RunTelemetry implements Scrapes {
        @Override
        public String settings() {
            return "{telemetry: true}";
        }
    }
}
