package tscollector.app.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static tscollector.app.it.Program.program;

import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tscollector.simulator.Api;
import tscollector.simulator.DemoScenario;
import tscollector.simulator.RecordedRequest;
import tscollector.simulator.TorchServeSimulator;

/** The real program with little memory, between one server that behaves and many that do not. */
class HostileIT {
    private static final int MOST_KIBIBYTES = 330 << 10;
    private static final Duration TIME = Duration.ofSeconds(20);
    /** Of the server that behaves; a scrape that is half an interval late is one that others held up. */
    private static final Duration LONGEST_GAP = Duration.ofMillis(1500);
    /** What they send is much but not wrong: they may be ok as long as there is room for it. */
    private static final Set<String> LAWFUL = Set.of(
            "most-samples",
            "random-labels",
            "more-random-labels",
            "growing",
            "long-labels",
            "families",
            "same-series",
            "newlines",
            "describe-bomb",
            "long-names");

    @TempDir
    private Path folder;

    private final TorchServeSimulator healthy = DemoScenario.server().start();
    private final HostileServer hostile = new HostileServer();
    private final OtlpSink sink = OtlpSink.keeping(name -> name.endsWith(".health"));

    @AfterEach
    void close() {
        hostile.close();
        healthy.close();
        sink.close();
    }

    @Test
    void staysSmallAndPunctualWhateverServersSend() throws Exception {
        Path config = folder.resolve("hostile.yaml");
        Files.writeString(config, config());
        try (Program program = program()
                .in(folder)
                .arguments("run", "--config", config.toString())
                .environment("TSCOLLECTOR_JAVA_OPTS", "-Xmx128m")
                .start()) {
            program.awaitReady();
            Instant from = Instant.now();
            await().pollDelay(TIME).atMost(TIME.plusSeconds(5)).until(() -> true);

            assertThat(program.isRunning()).as(program.errors()).isTrue();
            assertThat(peak(program)).isLessThan(MOST_KIBIBYTES);
            assertThat(gaps(from)).allMatch(gap -> gap.compareTo(LONGEST_GAP) <= 0);
            program.terminate();
            assertThat(program.exitCode()).as(program.errors()).isZero();
        }
        Map<String, List<String>> states = states();
        assertThat(states.remove(healthyUrl())).containsExactly("ok ");
        assertThat(states.keySet()).containsAll(hostile.metricsUrls()).containsAll(hostile.managementUrls());
        states.forEach((address, seen) -> assertThat(seen)
                .as(address)
                .allMatch(state -> state.equals("ok ")
                        ? LAWFUL.stream().anyMatch(name -> address.contains("/" + name))
                        : !state.endsWith(" ")));
    }

    private String config() {
        return """
                receivers:
                  torchserve_openmetrics/hostile:
                    endpoints: %s
                    collection_interval: 2s
                    timeout: 2s
                  torchserve_management/hostile:
                    endpoints: %s
                    collection_interval: 2s
                    timeout: 2s
                  torchserve_openmetrics/healthy:
                    endpoint: %s
                    collection_interval: 1s
                processors:
                  torchserve_naming: {}
                  model_diff: {}
                exporters:
                  otlp_http:
                    endpoint: http://%s
                  file:
                    path: /dev/null
                service:
                  pipelines:
                    metrics:
                      receivers: [torchserve_openmetrics/hostile, torchserve_management/hostile, torchserve_openmetrics/healthy]
                      processors: [torchserve_naming]
                      exporters: [otlp_http]
                    metrics/raw:
                      receivers: [torchserve_openmetrics/hostile]
                      exporters: [file]
                    logs:
                      receivers: [torchserve_management/hostile]
                      processors: [model_diff]
                      exporters: [otlp_http]
                """.formatted(hostile.metricsUrls(), hostile.managementUrls(), healthyUrl(), sink.address());
    }

    private String healthyUrl() {
        return "http://127.0.0.1:" + healthy.port(Api.METRICS) + "/metrics";
    }

    private static long peak(Program program) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + program.pid() + "/status"))) {
            if (line.startsWith("VmHWM:")) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        throw new AssertionError("no VmHWM");
    }

    private List<Duration> gaps(Instant from) {
        List<Instant> times = new ArrayList<>(healthy.requests(Api.METRICS).stream()
                .filter(request -> request.path().equals("/metrics"))
                .map(RecordedRequest::time)
                .filter(time -> time.isAfter(from))
                .toList());
        times.add(Instant.now());
        List<Duration> gaps = new ArrayList<>();
        for (int i = 1; i < times.size(); i++) {
            gaps.add(Duration.between(times.get(i - 1), times.get(i)));
        }
        return gaps;
    }

    /** By address, every state that was reported of it. */
    private Map<String, List<String>> states() {
        return sink.metrics()
                .filter(metric -> metric.getName().endsWith(".health"))
                .flatMap(metric -> metric.getGauge().getDataPointsList().stream())
                .collect(Collectors.groupingBy(
                        point -> attribute(point, "endpoint") + attribute(point, "management_api_url"),
                        TreeMap::new,
                        Collectors.collectingAndThen(
                                Collectors.mapping(
                                        point -> attribute(point, "torchserve.api.state") + " "
                                                + attribute(point, "error.type"),
                                        Collectors.toList()),
                                states -> states.stream().distinct().toList())));
    }

    private static String attribute(NumberDataPoint point, String key) {
        return point.getAttributesList().stream()
                .filter(attribute -> attribute.getKey().equals(key))
                .map(KeyValue::getValue)
                .map(value -> value.getStringValue())
                .findFirst()
                .orElse("");
    }
}
