package tscollector.exporter.debug;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.HistogramData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.resources.Resource;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import tscollector.exporter.debug.DebugConfig.Verbosity;
import tscollector.signal.ExposedType;
import tscollector.signal.MetricBatch;
import tscollector.testkit.Batches;

class PrintersTest {
    private static final Resource SERVER =
            Resource.create(Batches.attributes("service.name", "torchserve", "service.instance.id", "127.0.0.1:8080"));

    private static String metrics(Verbosity verbosity, MetricBatch batch) {
        return new MetricPrinter(verbosity, Paint.NONE, ZoneOffset.UTC).print(batch);
    }

    private static Batches batches() {
        return new Batches(SERVER, Batches.SCOPE);
    }

    @Test
    void linesUpValuesNamesAndAttributes() {
        MetricBatch batch = batches()
                .gauge("torchserve.openmetrics.cpu.utilization", 33.3, "level", "Host")
                .counter("torchserve.openmetrics.requests.2xx.count", 1234, "level", "Host")
                .gauge("up", 1)
                .batch();

        assertThat(metrics(Verbosity.NORMAL, batch)).isEqualTo("""
                        00:00:00 torchserve 127.0.0.1:8080  3 metrics, 3 points
                          33.3  torchserve.openmetrics.cpu.utilization     level=Host
                          1234  torchserve.openmetrics.requests.2xx.count  level=Host
                             1  up
                        """);
    }

    @Test
    void saysOnceWhatAllPointsOfAGroupHaveInCommon() {
        MetricBatch batch = batches()
                .gauge("a", 1, "endpoint", "http://h", "model", "x")
                .gauge("b", 2, "endpoint", "http://h", "model", "y")
                .gauge("c", 3, "endpoint", "http://h")
                .batch();

        assertThat(metrics(Verbosity.NORMAL, batch)).isEqualTo("""
                        00:00:00 torchserve 127.0.0.1:8080  3 metrics, 3 points
                          each with endpoint=http://h
                          1  a  model=x
                          2  b  model=y
                          3  c
                        """);
    }

    @Test
    void saysOneLinePerServerWhenBasic() {
        MetricBatch batch = new MetricBatch(List.of(
                batches().gauge("a", 1).gauge("b", 1).group(),
                batches().gauge("c", 1).group()));

        assertThat(metrics(Verbosity.BASIC, batch))
                .isEqualTo("00:00:00 torchserve 127.0.0.1:8080  3 metrics, 3 points\n");
    }

    @Test
    void saysEverythingWhenDetailed() {
        assertThat(metrics(Verbosity.DETAILED, batches().gauge("a", 1).batch()))
                .contains("resource  service.instance.id=127.0.0.1:8080 service.name=torchserve")
                .contains("scope  test")
                .contains("DOUBLE_GAUGE, time 00:00:00, since 23:59:00");
    }

    @Test
    void showsWhichBucketsHaveSomething() {
        MetricBatch batch = batches()
                .add(
                        "h",
                        MetricDataType.HISTOGRAM,
                        HistogramData.create(
                                AggregationTemporality.CUMULATIVE,
                                List.of(HistogramPointData.create(
                                        0,
                                        Batches.TIME,
                                        Batches.attributes(),
                                        4.5,
                                        false,
                                        0,
                                        false,
                                        0,
                                        List.of(0.5, 1.0),
                                        List.of(1L, 0L, 2L)))),
                        ExposedType.HISTOGRAM)
                .batch();

        assertThat(metrics(Verbosity.NORMAL, batch)).contains("  count 3 sum 4.5 <=0.5:1 >1:2  h\n");
    }

    @Test
    void keepsControlCharactersOffTheTerminal() {
        MetricBatch batch = batches().gauge("a", 1, "model", "x\u001b[31m\ny").batch();

        assertThat(metrics(Verbosity.NORMAL, batch))
                .contains("model=x\\u001b[31m\\ny")
                .doesNotContain("\u001b");
    }

    @Test
    void coloursOnlyWhenAsked() {
        String coloured = new MetricPrinter(Verbosity.NORMAL, Paint.ANSI, ZoneOffset.UTC)
                .print(batches().gauge("a", 1).batch());

        assertThat(coloured).contains("\u001b[36ma\u001b[0m");
    }

    @Test
    void printsEventsWithNameBodyAndAttributes() {
        String text = new LogPrinter(Verbosity.NORMAL, Paint.NONE, ZoneOffset.UTC)
                .print(Batches.event("torchserve.model.added", "Model a was added.", "torchserve.model.name", "a"));

        assertThat(text).isEqualTo("""
                        00:00:00 unknown service host:8080  torchserve.model.added  Model a was added.
                                 torchserve.model.name=a
                        """);
    }

    @Test
    void shortensLongBodiesUnlessDetailed() {
        var batch = Batches.event("e", "x".repeat(1000));

        assertThat(new LogPrinter(Verbosity.NORMAL, Paint.NONE, ZoneOffset.UTC).print(batch))
                .contains("... (1000 characters)")
                .hasSizeLessThan(300);
        assertThat(new LogPrinter(Verbosity.DETAILED, Paint.NONE, ZoneOffset.UTC).print(batch))
                .contains("x".repeat(1000));
    }

    @Test
    void writesNumbersWithAllTheirDigitsAndNoMore() {
        assertThat(List.of(3.0, 0.25, 1e16, 1e-9, 123456789.125, -0.0, Double.NaN, 1.0E-5, 0.1 + 0.2).stream()
                        .map(Texts::number))
                .containsExactly("3", "0.25", "1.0E16", "1.0E-9", "123456789.125", "0", "NaN", "0.00001", "0.3");
    }
}
