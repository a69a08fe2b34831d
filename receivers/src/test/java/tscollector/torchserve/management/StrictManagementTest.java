package tscollector.torchserve.management;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tscollector.kit.http.HttpFailure;
import tscollector.torchserve.FakeHttp.Reply;
import tscollector.torchserve.OfficialConfig;
import tscollector.torchserve.OfficialConfig.Compat;
import tscollector.torchserve.OfficialConfig.Numbers;

class StrictManagementTest {
    private static final Duration RUN = Duration.ofSeconds(15);
    private static final OfficialConfig STRICT =
            new OfficialConfig(Compat.STRICT, Numbers.OFFICIAL, List.of("a:b"), null, false);

    private final ManagementFixture fixture = new ManagementFixture(STRICT, ModelsConfig.defaults());
    private final FakeModels models = fixture.models;

    @Test
    @DisplayName("M18: between refreshes no count, the old health, and describes of the old list")
    void keepsAListForTheWholeInterval() {
        ManagementFixture slow = new ManagementFixture(STRICT, ManagementFixture.refreshed(Duration.ofSeconds(40)));
        slow.models.with(1);
        slow.runAndWait(RUN);
        slow.models.add("new");
        slow.models.before(ask -> ask.uri().getPath().equals("/models") ? Reply.of(500, "") : null);

        slow.runAndWait(RUN);

        assertThat(slow.points("models")).isEmpty();
        assertThat(slow.points("model.versions")).hasSize(1);
        assertThat(slow.health()).endsWith(" 0.0");

        slow.runAndWait(RUN);
        slow.run(); // 45 s: the list is asked for, and fails
        assertThat(slow.health()).endsWith(" 2.0").doesNotContain("error.message");
        assertThat(slow.points("model.versions")).isEmpty();

        slow.models.before(ask -> null);
        slow.runAndWait(RUN);
        slow.run(); // 60 s: the failure is kept as well
        assertThat(slow.health()).endsWith(" 2.0");
        assertThat(slow.points("model.versions")).isEmpty();
        assertThat(FakeModels.count(slow.http)).containsEntry("/models?limit=100", 2L);
        assertThat(slow.inventories()).hasSize(1);
    }

    @Test
    @DisplayName("M14: by URL, two versions of one archive are both the default (Q6)")
    void judgesTheDefaultByUrl() {
        models.add(
                "m",
                new FakeModels.Version("1", "same.mar", List.of()),
                new FakeModels.Version("2", "same.mar", List.of()),
                new FakeModels.Version("3", "other.mar", List.of()));
        models.setDefault("m", "1");

        fixture.run();

        assertThat(fixture.points("model.version.is_default"))
                .containsExactly(
                        "model.version.is_default{model_name=\"m\", model_version=\"1\"} 1.0",
                        "model.version.is_default{model_name=\"m\", model_version=\"2\"} 1.0",
                        "model.version.is_default{model_name=\"m\", model_version=\"3\"} 0.0");
        assertThat(fixture.http.asked()).containsExactly("GET /models?limit=100", "GET /models/m/all");
    }

    @Test
    void describesWorkersOnGpusInEveryRun() {
        models.add("m", new FakeModels.Version("1", "m.mar", List.of(FakeModels.gpuWorker(9000, 1, 50))));

        for (int i = 0; i < 4; i++) {
            fixture.runAndWait(RUN);
        }

        assertThat(FakeModels.count(fixture.http)).containsEntry("/models/m/all", 4L);
    }

    @Test
    @DisplayName("M1: official numbers are the twelve of the check, and the inventory is there all the same")
    void sendsTheTwelveNumbersOfTheCheck() {
        models.add("m", new FakeModels.Version("1", "m.mar", List.of(FakeModels.gpuWorker(9000, 1, 50))));
        fixture.run();

        assertThat(ManagementMetrics.OFFICIAL).hasSize(12);
        assertThat(fixture.metrics.last().groups()).hasSize(2); // data and health, no scrape numbers
        assertThat(fixture.data().metrics())
                .extracting(metric -> metric.name().replace(ManagementFixture.PREFIX, ""))
                .isSubsetOf(ManagementMetrics.OFFICIAL.stream()
                        .map(spec -> spec.name().replace(ManagementFixture.PREFIX, ""))
                        .toList())
                .contains("model.worker.is_gpu", "models");
        assertThat(fixture.lastInventory().models()).hasSize(1);
        assertThat(fixture.data().resource().getAttribute(OfficialConfig.TAGS)).isNull(); // the fixture's own resource
    }

    @Test
    @DisplayName("M7: an empty object is an empty list, an array, null and no JSON are none")
    void takesAnEmptyObjectAsAnEmptyList() {
        assertThat(healthOf("{}")).endsWith(" 0.0");
        assertThat(fixture.points("models")).containsExactly("models{} 0.0");
        for (String none : List.of("[]", "{\"models\": null}", "{\"models\": 7}", "x", "")) {
            assertThat(healthOf(none)).as(none).endsWith(" 2.0");
            assertThat(fixture.points("models")).as(none).isEmpty();
        }
    }

    @Test
    @DisplayName("M17: what a broken second page makes of the list (Q2)")
    void aRefusedPageEndsTheListAndABrokenConnectionFailsIt() {
        models.with(150);
        fixture.runAndWait(RUN);
        assertThat(fixture.points("models")).containsExactly("models{} 150.0");

        models.before(ask -> isSecondPage(ask.uri().getRawQuery()) ? Reply.of(500, "x") : null);
        fixture.runAndWait(RUN);
        assertThat(fixture.points("models")).containsExactly("models{} 100.0");
        assertThat(fixture.points("model.versions")).hasSize(100);
        assertThat(fixture.health()).endsWith(" 0.0");
        assertThat(fixture.lastInventory().complete()).isTrue();
        assertThat(fixture.lastInventory().models()).hasSize(100);

        int before = fixture.inventories().size();
        models.before(
                ask -> isSecondPage(ask.uri().getRawQuery()) ? Reply.failure(HttpFailure.Type.CONNECTION_RESET) : null);
        fixture.run();
        assertThat(fixture.points("models")).isEmpty();
        assertThat(fixture.points("model.versions")).hasSize(100);
        assertThat(fixture.health()).endsWith(" 2.0");
        assertThat(fixture.inventories()).hasSize(before);
    }

    @Test
    @DisplayName("M16: pages are read to their end, and the reading comes to an end at 100, 101 and 200")
    void readsAllPages() {
        for (int count : new int[] {99, 100, 101, 200}) {
            ManagementFixture many = new ManagementFixture(STRICT, ModelsConfig.defaults());
            many.models.with(count);
            many.run();

            assertThat(many.points("models")).containsExactly("models{} " + (double) count);
        }
    }

    @Test
    @DisplayName("M15: a worker without a pid has the tag that Python makes of it")
    void aMissingPidIsNone() {
        models.before(ask -> ask.uri().getPath().endsWith("/all")
                ? Reply.of(
                        200,
                        "[{\"modelVersion\":\"1\",\"loadedAtStartup\":\"\",\"workers\":["
                                + "{\"id\":\"1\",\"gpu\":0},{\"id\":\"2\",\"pid\":null,\"gpu\":\"false\"},{\"id\":3,\"pid\":7,\"gpu\":[]}]}]")
                : null);
        models.add("m");
        fixture.run();

        assertThat(fixture.points("model.worker.is_gpu"))
                .containsExactly(
                        "model.worker.is_gpu{model_name=\"m\", model_version=\"1\", worker_id=\"1\", worker_pid=\"None\"} 0.0",
                        "model.worker.is_gpu{model_name=\"m\", model_version=\"1\", worker_id=\"2\", worker_pid=\"None\"} 1.0",
                        "model.worker.is_gpu{model_name=\"m\", model_version=\"1\", worker_id=\"3\", worker_pid=\"7\"} 0.0");
        assertThat(fixture.points("model.is_loaded_at_startup"))
                .singleElement()
                .asString()
                .endsWith(" 0.0");
    }

    @Test
    @DisplayName("M20: a list with an empty URL is handed on every time, others only when they differ")
    void repeatsTheInventoryWhileAUrlIsEmpty() {
        String list = "{\"models\":[{\"modelName\":\"m\",\"modelUrl\":\"URL\"}]}";
        models.before(ask -> ask.uri().getPath().equals("/models") ? Reply.of(200, list.replace("URL", "")) : null);
        fixture.runAndWait(RUN);
        fixture.runAndWait(RUN);
        assertThat(fixture.inventories()).hasSize(2);

        models.before(ask -> ask.uri().getPath().equals("/models") ? Reply.of(200, list) : null);
        fixture.runAndWait(RUN);
        fixture.runAndWait(RUN);
        assertThat(fixture.inventories()).hasSize(3);
    }

    @Test
    @DisplayName("M27: the inventory has what is excluded from describes")
    void theInventoryHasExcludedModels() {
        ManagementFixture filtered = new ManagementFixture(
                STRICT, new ModelsConfig(null, List.of("m0000"), null, Duration.ZERO, Duration.ofSeconds(60)));
        filtered.models.with(2);
        filtered.run();

        assertThat(filtered.points("model.versions")).hasSize(1);
        assertThat(filtered.lastInventory().models()).hasSize(2);
    }

    private static boolean isSecondPage(String query) {
        return query != null && query.contains("next_page_token=100");
    }

    private String healthOf(String list) {
        models.before(ask -> ask.uri().getPath().equals("/models") ? Reply.of(200, list) : null);
        fixture.runAndWait(RUN);
        return fixture.health();
    }
}
