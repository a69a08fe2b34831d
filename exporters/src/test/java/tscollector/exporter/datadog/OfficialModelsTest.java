package tscollector.exporter.datadog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datadog.api.client.JSON;
import com.datadog.api.client.v1.model.EventCreateRequest;
import com.datadog.api.client.v1.model.ServiceCheck;
import com.datadog.api.client.v2.model.HTTPLogItem;
import com.datadog.api.client.v2.model.MetricPayload;
import com.datadog.api.client.v2.model.MetricSeries;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tscollector.testkit.Batches;

/** What we send as the model classes of Datadog's official client see it. */
class OfficialModelsTest {
    private final Destination destination =
            Destination.started("api_key_check: off\ncompression: none\nmetrics: {encoding: json}\ntags: env:prod");

    @Test
    @DisplayName("R8: series are what the official model knows")
    void series() throws Exception {
        destination.send(new Batches(Records.resource("h", "a:b"), Batches.SCOPE)
                .gauge("torchserve.openmetrics.cpu.utilization", 12.5, "level", "Host")
                .counter("torchserve.openmetrics.requests.2xx.count", 7, "level", "Host")
                .batch());
        destination.flush();

        assertThat(OfficialModels.complaints(only("/api/v2/series"), MetricPayload.class))
                .isEmpty();
    }

    @Test
    @DisplayName("R8 R10 R19: counts with intervals, rates, buckets and odd tags are what the official model knows")
    void seriesOfAllKinds() throws Exception {
        Destination all = Destination.started("metrics: {encoding: json, infer_interval: true, count_as_rate: [r],"
                + " histograms: {mode: counters, send_aggregation_metrics: true}}\ncompression: none\n"
                + "api_key_check: off");
        long time = SeriesFixture.SECOND * 1_000_000_000L;
        DoublePointData point =
                DoublePointData.create(time - 15_000_000_000L, time, Batches.attributes("k", "\"\n"), 30, List.of());
        all.send(StrictIntakeTest.everything());
        all.send(SeriesFixture.batch(SeriesFixture.counts("r", point), SeriesFixture.counts("c", point)));
        all.flush();

        byte[] body = only(all, "/api/v2/series");
        assertThat(OfficialModels.complaints(body, MetricPayload.class)).isEmpty();
        MetricPayload payload = JSON.getDefault().getMapper().readValue(body, MetricPayload.class);
        assertThat(payload.getSeries())
                .filteredOn(series -> series.getInterval() != null)
                .extracting(series -> series.getMetric() + " " + series.getType() + " " + series.getInterval())
                .contains("r 2 15", "c 1 15", "h.bucket 1 15", "h.count 1 15");
        assertThat(payload.getSeries()).extracting(MetricSeries::getMetric).contains("c.count", "g_g");
        assertThat(new String(body, StandardCharsets.UTF_8)).doesNotContain("NaN", "Infinity");
    }

    @Test
    @DisplayName("R23: check runs are what the official model knows")
    void checkRuns() throws Exception {
        destination.send(
                new Batches(Records.resource("h", "a:b"), InstrumentationScopeInfo.create("tscollector.service_check"))
                        .gauge("torchserve.openmetrics.health", 2, "endpoint", "http://u", "error.message", "refused")
                        .batch());
        destination.flush();

        String array = new String(only("/api/v1/check_run"), StandardCharsets.UTF_8);
        assertThat(OfficialModels.complaints(
                        array.substring(1, array.length() - 1).getBytes(StandardCharsets.UTF_8), ServiceCheck.class))
                .isEmpty();
    }

    @Test
    @DisplayName("R22: events are what the official model knows")
    void events() throws Exception {
        destination.send(new Records()
                .event("torchserve.model.added", "torchserve.model.name", "m", "torchserve.model.url", "m.mar")
                .batch());
        destination.flush();

        assertThat(OfficialModels.complaints(only(Destination.EVENTS), EventCreateRequest.class))
                .isEmpty();
    }

    @Test
    @DisplayName("R24: logs are what the official model knows; keys of their own are allowed")
    void logs() throws Exception {
        destination.send(new Records().log("a message", "k", "v").batch());
        destination.flush();

        String array = new String(only(Destination.LOGS), StandardCharsets.UTF_8);
        assertThat(OfficialModels.complaints(
                        array.substring(1, array.length() - 1).getBytes(StandardCharsets.UTF_8), HTTPLogItem.class))
                .allMatch(complaint -> complaint.startsWith("HTTPLogItem has unknown keys"));
    }

    @Test
    void theOracleSeesWhatIsWrong() throws Exception {
        byte[] odd = "{\"title\":\"t\",\"text\":\"x\",\"alert_type\":\"loud\",\"colour\":\"red\"}"
                .getBytes(StandardCharsets.UTF_8);
        byte[] lacking = "{\"title\":\"t\"}".getBytes(StandardCharsets.UTF_8);

        assertThat(OfficialModels.complaints(odd, EventCreateRequest.class))
                .anyMatch(complaint -> complaint.contains("loud"))
                .anyMatch(complaint -> complaint.contains("colour"));
        assertThatThrownBy(() -> OfficialModels.complaints(lacking, EventCreateRequest.class))
                .isInstanceOf(JsonProcessingException.class);
    }

    private byte[] only(String path) {
        return only(destination, path);
    }

    private static byte[] only(Destination destination, String path) {
        assertThat(destination.intake.refusals()).isEmpty();
        assertThat(destination.intake.statuses(path)).containsExactly(202);
        return destination.intake.exchanges().stream()
                .filter(exchange -> exchange.request().path().equals(path))
                .findFirst()
                .orElseThrow()
                .request()
                .body();
    }
}
