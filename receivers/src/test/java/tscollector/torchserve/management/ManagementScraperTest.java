package tscollector.torchserve.management;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.PointData;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tscollector.kit.http.HttpFailure;
import tscollector.signal.Metric;
import tscollector.testkit.ManualScheduler;
import tscollector.torchserve.Captures;
import tscollector.torchserve.FakeHttp.Reply;
import tscollector.torchserve.SeriesBudget;
import tscollector.torchserve.management.FakeModels.Version;

class ManagementScraperTest {
    private static final Duration INTERVAL = Duration.ofSeconds(15);

    private final ManagementFixture fixture = new ManagementFixture();
    private final FakeModels models = fixture.models;

    @Test
    void emitsTheOfficialMetricsAndTheOthers() {
        models.add(
                "lr",
                new Version("1.0", "lr_1.mar", List.of(FakeModels.worker(9000, 46))),
                new Version("2.0", "lr_2.mar", List.of()));
        models.setDefault("lr", "2.0");

        assertThat(fixture.run())
                .containsExactly(
                        "models{} 1.0",
                        "model.versions{model_name=\"lr\"} 2.0",
                        "model.workers.current{model_name=\"lr\", model_version=\"1.0\"} 1.0",
                        "model.workers.current{model_name=\"lr\", model_version=\"2.0\"} 0.0",
                        "model.is_loaded_at_startup{model_name=\"lr\", model_version=\"1.0\"} 1.0",
                        "model.is_loaded_at_startup{model_name=\"lr\", model_version=\"2.0\"} 1.0",
                        "model.version.is_default{model_name=\"lr\", model_version=\"1.0\"} 0.0",
                        "model.version.is_default{model_name=\"lr\", model_version=\"2.0\"} 1.0",
                        "model.workers.min{model_name=\"lr\", model_version=\"1.0\"} 1.0",
                        "model.workers.min{model_name=\"lr\", model_version=\"2.0\"} 1.0",
                        "model.workers.max{model_name=\"lr\", model_version=\"1.0\"} 4.0",
                        "model.workers.max{model_name=\"lr\", model_version=\"2.0\"} 4.0",
                        "model.batch_size{model_name=\"lr\", model_version=\"1.0\"} 1.0",
                        "model.batch_size{model_name=\"lr\", model_version=\"2.0\"} 1.0",
                        "model.max_batch_delay{model_name=\"lr\", model_version=\"1.0\"} 100.0",
                        "model.max_batch_delay{model_name=\"lr\", model_version=\"2.0\"} 100.0",
                        "model.queue.pending{model_name=\"lr\", model_version=\"1.0\"} 2.0",
                        "model.queue.pending{model_name=\"lr\", model_version=\"2.0\"} 2.0",
                        "model.queue.remaining{model_name=\"lr\", model_version=\"1.0\"} 98.0",
                        "model.queue.remaining{model_name=\"lr\", model_version=\"2.0\"} 98.0",
                        "model.worker.memory_usage{model_name=\"lr\", model_version=\"1.0\", worker_id=\"9000\", worker_pid=\"46\"} 1000.0",
                        "model.worker.is_gpu{model_name=\"lr\", model_version=\"1.0\", worker_id=\"9000\", worker_pid=\"46\"} 0.0",
                        "model.worker.status{model_name=\"lr\", model_version=\"1.0\", worker_id=\"9000\", worker_pid=\"46\"} 1.0",
                        "model.worker.restarts{model_name=\"lr\", model_version=\"1.0\", worker_id=\"9000\"} 0.0",
                        "up{} 1.0",
                        "scrape_duration_seconds{} 0.0",
                        "scrape_samples_scraped{} 24.0",
                        "scrape_body_size_bytes{} " + bodyBytes(),
                        "health{torchserve.api.state=\"ok\"} 0.0");
    }

    private double bodyBytes() {
        return fixture.http.asks().stream()
                .mapToDouble(ask -> models.apply(ask).body().length)
                .sum();
    }

    @Test
    void putsTheAddressOnEveryPointAsConfigured() {
        models.with(2);
        fixture.run();

        for (Metric metric : fixture.metrics.allMetrics()) {
            for (PointData point : metric.data().getPoints()) {
                assertThat(point.getAttributes().asMap().toString()).contains("management_api_url=http://h:8081/");
                assertThat(point.getEpochNanos()).isEqualTo(ManualScheduler.START.getEpochSecond() * 1_000_000_000L);
            }
        }
    }

    @Test
    void emitsOnlyWhatItDeclares() {
        models.add("g", new Version("1", "g.mar", List.of(FakeModels.gpuWorker(9000, 1, 5))));
        fixture.run();

        List<String> declared = new ArrayList<>();
        ManagementMetrics.all().forEach(spec -> declared.add(spec.name()));
        assertThat(declared).doesNotHaveDuplicates();
        assertThat(fixture.metrics.allMetrics()).extracting(Metric::name).isSubsetOf(declared);
        ManagementMetrics.all()
                .forEach(spec -> assertThat(spec.description()).isNotEmpty().endsWith("."));
    }

    @Test
    void describesARealServer() {
        fixture.http.server(ask -> switch (ask.uri().getRawPath()) {
            case "/models" -> Captures.reply("prometheus/f01-models-weird");
            case "/models/linear_regression/all" -> Captures.reply("prometheus/a08-describe-all");
            case "/models/we%22ird%5Cname%0Anew/all" -> Captures.reply("prometheus/f04-describe-weird");
            default -> Captures.reply("prometheus/c06-404-all");
        });
        fixture.run();

        assertThat(fixture.points("models")).containsExactly("models{} 9.0");
        assertThat(fixture.points("model.version.is_default"))
                .containsExactly(
                        "model.version.is_default{model_name=\"linear_regression\", model_version=\"1.0\"} 0.0",
                        "model.version.is_default{model_name=\"linear_regression\", model_version=\"2.0\"} 0.0",
                        "model.version.is_default{model_name=\"linear_regression\", model_version=\"3.1\"} 1.0",
                        "model.version.is_default{model_name=\"we\"ird\\name\nnew\", model_version=\"1.0\"} 1.0");
        assertThat(fixture.health()).contains("\"ok\"");
        assertThat(fixture.http.asked()).noneMatch(ask -> ask.contains("sla"));
        assertThat(fixture.test.telemetry().counts())
                .isEqualTo(java.util.Map.of("models that cannot be described", 1L));
        assertThat(fixture.test.telemetry().warnings()).isEmpty();
    }

    @Test
    void asksForTheDefaultVersionOnlyWhereTheListDoesNotTell() {
        models.add("one");
        models.add("told", new Version("1", "a.mar", List.of()), new Version("2", "b.mar", List.of()));
        models.add("same", new Version("1", "x.mar", List.of()), new Version("2", "x.mar", List.of()));
        models.setDefault("same", "2");
        fixture.run();

        assertThat(FakeModels.count(fixture.http))
                .containsOnlyKeys(
                        "/models?limit=100", "/models/one/all", "/models/told/all", "/models/same/all", "/models/same");
        assertThat(fixture.points("model.version.is_default"))
                .contains("model.version.is_default{model_name=\"same\", model_version=\"2\"} 1.0");
    }

    @Test
    void saysNobodyIsTheDefaultWhenItCannotBeTold() {
        models.add("same", new Version("1", "x.mar", List.of()), new Version("2", "x.mar", List.of()));
        models.before(ask -> ask.uri().getPath().equals("/models/same") ? Reply.of(500, "") : null);
        fixture.run();

        assertThat(fixture.points("model.version.is_default")).isEmpty();
        assertThat(fixture.points("model.versions")).hasSize(1);
        assertThat(fixture.lastInventory().models().get(0).described()).isFalse();
    }

    @Test
    void losesOnlyTheModelThatCannotBeDescribed() {
        models.with(5);
        for (Reply bad : List.of(
                Reply.of(500, "{}"),
                Reply.of(404, "{}"),
                Reply.of(200, "garbage"),
                Reply.failure(HttpFailure.Type.CUT_OFF),
                Reply.failure(HttpFailure.Type.CONNECTION_RESET),
                Captures.reply("token/t17-tokenizer-all"))) {
            models.before(ask -> ask.uri().getPath().contains("m0002") ? bad : null);
            fixture.run();

            assertThat(fixture.points("model.versions")).hasSize(4).noneMatch(line -> line.contains("m0002"));
            assertThat(fixture.points("models")).containsExactly("models{} 5.0");
            assertThat(fixture.health()).contains("\"ok\"");
        }
        assertThat(fixture.test.telemetry().count("failed describes")).isEqualTo(5); // a model that is gone is none
        assertThat(fixture.test.telemetry().warnings())
                .allMatch(line ->
                        line.startsWith("Cannot describe every model. target=http://h:8081/ failed=1 first=\"m0002: "));
    }

    @Test
    void tellsAFailingListAndNothingElseTheFirstTime() {
        models.before(ask -> Reply.of(500, "{}"));

        assertThat(fixture.run()).hasSize(5).contains("up{} 0.0", "scrape_samples_scraped{} 0.0");
        assertThat(fixture.health()).contains("\"unhealthy\"").endsWith(" 2.0");
        assertThat(fixture.logs.batches()).isEmpty();
        assertThat(fixture.http.asked()).hasSize(1);
    }

    @Test
    void goesOnDescribingTheLastCompleteListWhileItsPagesFail() {
        models.with(150);
        fixture.run();
        models.before(
                ask -> "limit=100&next_page_token=99".equals(ask.uri().getRawQuery()) ? Reply.of(500, "{}") : null);
        fixture.run();

        assertThat(fixture.points("models")).isEmpty();
        assertThat(fixture.points("model.versions")).hasSize(150);
        assertThat(fixture.health()).contains("\"unhealthy\"");
        assertThat(fixture.lastInventory().complete()).isFalse();
        assertThat(fixture.lastInventory().models()).hasSize(150).allMatch(model -> model.described());

        models.before(ask -> ask.uri().getPath().equals("/models") ? Reply.of(500, "{}") : null);
        fixture.run();

        assertThat(fixture.points("model.versions")).hasSize(150);
    }

    @Test
    void describesNothingWhileNobodyAnswersOrTheKeyIsWrong() {
        models.with(20);
        fixture.run();
        fixture.http.forget();
        for (Reply bad : List.of(
                Reply.failure(HttpFailure.Type.CONNECTION_REFUSED), Captures.reply("token/t05-models-notoken"))) {
            models.before(ask -> bad);
            assertThat(fixture.run()).hasSize(5);
        }

        assertThat(fixture.http.asked()).hasSize(2);
        assertThat(fixture.health())
                .contains("\"auth_failed\"", "\"invalid_key\"")
                .endsWith(" 1.0");
        assertThat(fixture.inventories()).hasSize(1);
    }

    @Test
    void leavesTheRestOutWhenTheServerGoesAwayInTheMiddle() {
        models.with(500);
        int[] asked = {0};
        models.before(ask -> ask.uri().getPath().endsWith("/all") && asked[0]++ >= 100
                ? Reply.failure(HttpFailure.Type.TIMEOUT).after(Duration.ofSeconds(10))
                : null);
        fixture.run();

        assertThat(fixture.points("model.versions")).hasSize(100);
        assertThat(asked[0]).isLessThan(120);
        assertThat(fixture.health()).contains("\"ok\""); // the list was read
    }

    @Test
    void asksEightModelsAtATime() {
        models.with(50);
        models.before(ask -> null);
        fixture.run();

        assertThat(fixture.http.mostInFlight()).isEqualTo(8);
    }

    @Test
    void endsWithWhatItHasWhenTheRunsTimeIsOver() {
        ManagementFixture slow = new ManagementFixture(ModelsConfig.defaults(), Duration.ofSeconds(3));
        slow.models.with(80);
        slow.models.before(ask -> ask.uri().getPath().endsWith("/all")
                ? slowly(ask.uri().getPath().replace("/models/", "").replace("/all", ""))
                : null);
        slow.run();

        assertThat(slow.points("model.versions")).hasSizeBetween(8, 40);
        assertThat(slow.points("scrape_duration_seconds")).containsExactly("scrape_duration_seconds{} 3.0");
        assertThat(slow.health()).contains("\"ok\"");
    }

    private static Reply slowly(String name) {
        return Reply.of(200, "[{\"modelVersion\":\"1\",\"modelUrl\":\"" + name + ".mar\"}]")
                .after(Duration.ofMillis(900));
    }

    @Test
    void countsARestartWhenTheProcessBehindAnIdChanges() {
        for (int pid : new int[] {46, 46, -1, 77, 77, -1, 77, 80}) {
            models.add("lr", new Version("1", "lr.mar", List.of(FakeModels.worker(9000, pid))));
            fixture.runAndWait(INTERVAL);
        }

        assertThat(fixture.points("model.worker.restarts"))
                .containsExactly(
                        "model.worker.restarts{model_name=\"lr\", model_version=\"1\", worker_id=\"9000\"} 2.0");
    }

    @Test
    void startsRestartsAtTheGoodRunBeforeTheWorkerWasSeen() {
        models.add("lr", new Version("1", "lr.mar", List.of(FakeModels.worker(9000, 46))));
        fixture.runAndWait(INTERVAL);
        models.before(ask -> Reply.failure(HttpFailure.Type.TIMEOUT));
        fixture.runAndWait(INTERVAL);
        models.before(ask -> null);
        models.add("lr", new Version("1", "lr.mar", List.of(FakeModels.worker(9000, 46), FakeModels.worker(9001, 47))));
        fixture.run();

        List<Long> starts = fixture.metrics.last().groups().get(0).metrics().stream()
                .filter(metric -> metric.name().endsWith("restarts"))
                .flatMap(metric -> metric.data().getPoints().stream())
                .map(PointData::getStartEpochNanos)
                .toList();
        long first = ManualScheduler.START.getEpochSecond() * 1_000_000_000L;
        assertThat(starts).containsExactly(first, first);
        assertThat(fixture.metrics
                        .last()
                        .groups()
                        .get(0)
                        .metrics()
                        .get(0)
                        .data()
                        .getPoints())
                .extracting(point -> ((DoublePointData) point).getEpochNanos())
                .containsOnly(first + 2 * INTERVAL.toNanos());
    }

    @Test
    void saysNothingWhenTheProcessStops() {
        models.with(5);
        var run = fixture.begin();
        fixture.http.close();
        fixture.test.scheduler().runPending();

        assertThat(run).isCompleted();
        assertThat(fixture.metrics.batches()).isEmpty();
        assertThat(fixture.logs.batches()).isEmpty();
    }

    @Test
    void saysNothingWhenTheProcessStopsDuringDescribes() {
        models.with(30);
        models.before(ask ->
                ask.uri().getPath().contains("m0003") ? Reply.of(200, "[]").after(Duration.ofSeconds(5)) : null);
        var run = fixture.begin();
        fixture.test.scheduler().runPending();
        fixture.http.close();
        fixture.test.scheduler().runPending();

        assertThat(run).isCompleted();
        assertThat(fixture.metrics.batches()).isEmpty();
    }

    @Test
    void boundsThePointsOfARun() {
        models.with(100);
        String workers = String.join(
                ",",
                java.util.stream.IntStream.range(0, 2_000)
                        .mapToObj(i -> "{\"id\":\"" + i + "\"}")
                        .toList());
        models.before(ask -> ask.uri().getPath().endsWith("/all")
                ? Reply.of(200, "[{\"modelVersion\":\"1\",\"workers\":[" + workers + "]}]")
                : null);
        fixture.run();

        assertThat(fixture.metrics.itemCount()).isBetween(50_000, 200_000);
        assertThat(fixture.test.telemetry().count("models over the limit of points"))
                .isBetween(80L, 95L);
    }

    @Test
    void leavesOutModelsForWhichThereIsNoMemoryAndSaysSo() {
        SeriesBudget budget = new SeriesBudget(0);
        ManagementFixture crowded = new ManagementFixture(ModelsConfig.defaults(), null, budget);
        List<String> workers = new ArrayList<>();
        for (int id = 0; id < 400; id++) {
            workers.add(FakeModels.worker(9000 + id, 50));
        }
        crowded.models.add("a").add("big", new Version("1", "big.mar", workers)).add("z");
        crowded.run();

        assertThat(crowded.points("model.versions")).hasSize(2).noneMatch(point -> point.contains("big"));
        assertThat(crowded.points("models")).containsExactly("models{} 3.0");
        assertThat(crowded.health()).contains("\"ok\"");
        assertThat(crowded.test.telemetry().counts()).containsEntry("models without memory", 1L);
        assertThat(crowded.test.telemetry().warnings()).hasSize(1);
        assertThat(budget.used()).isZero();
    }

    @Test
    void givesTheMemoryOfModelsBackThatAreGone() {
        SeriesBudget budget = new SeriesBudget(100 << 20);
        ManagementFixture fleet = new ManagementFixture(ModelsConfig.defaults(), null, budget);
        fleet.models.with(500);
        fleet.run();
        assertThat(budget.used()).isPositive();
        for (int i = 1; i < 500; i++) {
            fleet.models.remove(String.format("m%04d", i));
        }
        fleet.run();

        assertThat(budget.used()).isZero();
    }

    @Test
    void keepsTheStartOfRestartsBeforeTheirTimeWhenTheClockIsSetBack() {
        models.add("a");
        fixture.run();
        fixture.test.scheduler().shiftWallClock(Duration.ofHours(-1));
        fixture.run();

        for (Metric metric : fixture.metrics.allMetrics()) {
            for (PointData point : metric.data().getPoints()) {
                assertThat(point.getStartEpochNanos()).as(metric.name()).isLessThanOrEqualTo(point.getEpochNanos());
            }
        }
    }
}
