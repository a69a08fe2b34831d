package tscollector.torchserve.management;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tscollector.kit.http.HttpAsk;
import tscollector.kit.http.HttpFailure;
import tscollector.torchserve.FakeHttp.Reply;
import tscollector.torchserve.management.FakeModels.Version;

/** Describes of models with workers on GPUs, which cost the server an nvidia-smi each. */
class GpuPacingTest {
    private static final Duration INTERVAL = Duration.ofSeconds(15);

    private final ManagementFixture fixture = new ManagementFixture();
    private final FakeModels models = fixture.models;
    private final List<Long> gpuAsks = new ArrayList<>(); // seconds
    private Duration cost = Duration.ofSeconds(2);
    private boolean failing;
    private int value;

    GpuPacingTest() {
        models.add("cpu");
        gpu("gpu");
        models.before(this::slowly);
    }

    @Test
    void describesOncePerIntervalAndRepeatsTheLastValues() {
        for (int i = 0; i < 16; i++) { // 0 s to 240 s
            fixture.run();
            assertThat(fixture.points("model.worker.gpu.utilization")).hasSize(1);
            assertThat(fixture.points("model.versions")).hasSize(2);
            fixture.test.scheduler().advance(INTERVAL);
        }

        assertThat(gpuAsks.size()).isBetween(3, 5);
        for (int i = 1; i < gpuAsks.size(); i++) {
            assertThat(gpuAsks.get(i) - gpuAsks.get(i - 1)).isGreaterThanOrEqualTo(60);
        }
        assertThat(FakeModels.count(fixture.http)).containsEntry("/models/cpu/all", 16L);
    }

    @Test
    void showsTheNewValuesOnceTheyAreThere() {
        fixture.runAndWait(INTERVAL);
        String first = fixture.points("model.worker.gpu.utilization").get(0);
        gpu("gpu");
        for (int i = 0; i < 6; i++) {
            fixture.runAndWait(INTERVAL);
        }

        assertThat(fixture.points("model.worker.gpu.utilization").get(0)).isNotEqualTo(first);
    }

    @Test
    void doesNotMakeRunsWaitForASlowGpu() {
        fixture.runAndWait(Duration.ofSeconds(70));
        cost = Duration.ofSeconds(20);
        fixture.run();

        assertThat(fixture.points("scrape_duration_seconds")).containsExactly("scrape_duration_seconds{} 0.0");
        assertThat(fixture.http.inFlight()).isEqualTo(1);
    }

    @Test
    void givesAPacedDescribeThirtySecondsOfItsOwn() {
        fixture.runAndWait(Duration.ofSeconds(70));
        fixture.http.forget();
        fixture.run();

        assertThat(fixture.http.asks().stream()
                        .filter(ask -> ask.uri().getPath().contains("gpu")))
                .extracting(HttpAsk::timeout)
                .containsExactly(Duration.ofSeconds(30));
    }

    @Test
    void describesOneAtATime() {
        for (int i = 0; i < 6; i++) {
            gpu("gpu" + i);
        }
        fixture.runAndWait(Duration.ofSeconds(70)); // the first sight: nobody knows yet
        fixture.http.forget();
        cost = Duration.ofSeconds(20); // longer than from run to run
        int most = 0;
        for (int i = 0; i < 200; i++) {
            if (i % 15 == 0) {
                var unused = fixture.begin();
                fixture.test.scheduler().runPending();
            }
            most = Math.max(most, fixture.http.inFlight());
            fixture.test.scheduler().advance(Duration.ofSeconds(1));
        }

        assertThat(most).isEqualTo(1);
        assertThat(FakeModels.count(fixture.http)).containsKeys("/models/gpu/all", "/models/gpu5/all");
    }

    @Test
    void dropsValuesThatAreOlderThanTwiceTheInterval() {
        fixture.runAndWait(INTERVAL); // described at 2 s
        failing = true;
        List<Integer> shown = new ArrayList<>();
        for (int seconds = 15; seconds <= 180; seconds += 15) {
            fixture.run();
            if (!fixture.points("model.worker.gpu.utilization").isEmpty()) {
                shown.add(seconds);
            }
            fixture.test.scheduler().advance(INTERVAL);
        }

        assertThat(shown).startsWith(15, 30, 45).endsWith(120); // its answer came after 2 s
        assertThat(fixture.lastInventory().models().get(1).described()).isFalse();
        assertThat(fixture.health()).contains("\"ok\"");
    }

    @Test
    void goesBackToEveryRunOnceNoWorkerIsOnAGpu() {
        fixture.runAndWait(Duration.ofSeconds(70));
        models.add("gpu", new Version("1", "gpu.mar", List.of(FakeModels.worker(9000, 5))));
        fixture.runAndWait(INTERVAL);
        fixture.http.forget();
        for (int i = 0; i < 4; i++) {
            fixture.runAndWait(INTERVAL);
        }

        assertThat(FakeModels.count(fixture.http).get("/models/gpu/all")).isBetween(3L, 4L);
        assertThat(fixture.points("model.worker.gpu.utilization")).isEmpty();
        assertThat(fixture.points("model.versions")).hasSize(2);
    }

    @Test
    void asksAModelWhoseDescribeTakesTooLongApartFromTheOthers() {
        cost = Duration.ofSeconds(25); // longer than a run's timeout, shorter than a paced one's
        fixture.runAndWait(INTERVAL);
        assertThat(fixture.points("model.versions")).hasSize(1);
        fixture.runAndWait(INTERVAL);
        fixture.runAndWait(INTERVAL);
        fixture.run();

        assertThat(fixture.points("model.worker.gpu.utilization")).hasSize(1);
        assertThat(gpuAsks).hasSize(2);
    }

    @Test
    void keepsNothingOfAModelThatIsGone() {
        fixture.runAndWait(INTERVAL);
        models.remove("gpu");
        fixture.runAndWait(INTERVAL);

        assertThat(fixture.points("model.versions")).hasSize(1);
        assertThat(fixture.lastInventory().models()).hasSize(1);
    }

    @Test
    void knowsANewDefaultFromTheListBeforeTheNextDescribe() {
        models.add(
                "gpu",
                new Version("1", "a.mar", List.of(FakeModels.gpuWorker(9000, 5, 1))),
                new Version("2", "b.mar", List.of()));
        fixture.runAndWait(INTERVAL);
        models.setDefault("gpu", "2");
        fixture.run();

        assertThat(gpuAsks).hasSize(1);
        assertThat(fixture.points("model.version.is_default"))
                .contains(
                        "model.version.is_default{model_name=\"gpu\", model_version=\"1\"} 0.0",
                        "model.version.is_default{model_name=\"gpu\", model_version=\"2\"} 1.0");
    }

    @Test
    void endsWithTheProcess() {
        cost = Duration.ofMillis(100);
        for (int i = 0; i < 500; i++) {
            gpu("gpu" + i);
        }
        fixture.runAndWait(Duration.ofSeconds(70));
        fixture.run();
        fixture.http.close();
        fixture.test.scheduler().runPending();

        assertThat(fixture.http.inFlight()).isZero();
    }

    private void gpu(String name) {
        models.add(name, new Version("1", name + ".mar", List.of(FakeModels.gpuWorker(9000, 5, value++))));
    }

    private Reply slowly(HttpAsk ask) {
        if (!ask.uri().getPath().contains("/gpu")) {
            return null;
        }
        String name = ask.uri().getPath().replace("/models/", "").replace("/all", "");
        if (name.equals("gpu")) {
            gpuAsks.add(fixture.test.scheduler().clock().nanoTime() / 1_000_000_000L);
        }
        if (failing) {
            return Reply.failure(HttpFailure.Type.CONNECTION_RESET);
        }
        models.before(other -> null);
        Reply reply = models.apply(ask);
        models.before(this::slowly);
        return reply.after(cost);
    }
}
