package tscollector.torchserve.management;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import tscollector.kit.http.HttpFailure;
import tscollector.torchserve.Captures;
import tscollector.torchserve.FakeHttp.Reply;

/** Runs between two reads of the list. */
class RefreshTest {
    private static final Duration INTERVAL = Duration.ofSeconds(15);

    private final ManagementFixture fixture =
            new ManagementFixture(ManagementFixture.refreshed(Duration.ofSeconds(60)), null);
    private final FakeModels models = fixture.models.with(3);

    @Test
    void readsTheListOncePerIntervalAndDescribesInEveryRun() {
        for (int i = 0; i < 9; i++) {
            fixture.runAndWait(INTERVAL);
            assertThat(fixture.points("models")).containsExactly("models{} 3.0");
        }

        assertThat(FakeModels.count(fixture.http))
                .containsEntry("/models?limit=100", 3L)
                .containsEntry("/models/m0001/all", 9L);
    }

    @Test
    void readsItInEveryRunByDefault() {
        ManagementFixture every = new ManagementFixture();
        every.run();
        every.run();

        assertThat(FakeModels.count(every.http)).containsEntry("/models?limit=100", 2L);
    }

    @Test
    void repeatsTheCountUntilTheListIsReadAgain() {
        fixture.runAndWait(INTERVAL);
        models.add("new");
        models.remove("m0000");
        models.remove("m0001");
        fixture.runAndWait(INTERVAL);

        assertThat(fixture.points("models")).containsExactly("models{} 3.0");
        assertThat(fixture.points("model.versions")).hasSize(1); // two are gone, and 404 is no error
        assertThat(fixture.health()).contains("\"ok\"");
        assertThat(fixture.lastInventory().complete()).isTrue();
        assertThat(fixture.lastInventory().models())
                .extracting(model -> model.name())
                .containsExactly("m0000", "m0001", "m0002");
        assertThat(fixture.lastInventory().models())
                .extracting(model -> model.described())
                .containsExactly(false, false, true);

        fixture.runAndWait(Duration.ofSeconds(30));
        fixture.run();
        assertThat(fixture.points("models")).containsExactly("models{} 2.0");
    }

    @Test
    void triesAFailedListAgainInTheNextRun() {
        fixture.runAndWait(Duration.ofSeconds(60));
        models.before(ask -> ask.uri().getPath().equals("/models") ? Reply.of(503, "") : null);
        fixture.runAndWait(INTERVAL);
        assertThat(fixture.health()).contains("\"unhealthy\"");
        assertThat(fixture.points("models")).isEmpty();
        fixture.runAndWait(INTERVAL);
        models.before(ask -> null);
        fixture.runAndWait(INTERVAL);
        assertThat(fixture.points("models")).hasSize(1);
        fixture.runAndWait(INTERVAL);

        assertThat(FakeModels.count(fixture.http)).containsEntry("/models?limit=100", 4L);
    }

    @Test
    void followsTheDescribesWithItsHealth() {
        fixture.runAndWait(INTERVAL);
        models.before(ask -> Reply.failure(HttpFailure.Type.CONNECTION_REFUSED));
        fixture.runAndWait(INTERVAL);
        assertThat(fixture.health()).contains("\"unreachable\"", "\"connection_refused\"");

        models.before(ask -> Captures.reply("token/t17-tokenizer-all"));
        fixture.runAndWait(INTERVAL);
        assertThat(fixture.health()).contains("\"auth_failed\"");

        models.before(ask -> ask.uri().getPath().contains("m0001") ? null : Reply.of(500, ""));
        fixture.runAndWait(INTERVAL);
        assertThat(fixture.health()).contains("\"ok\"");
        assertThat(FakeModels.count(fixture.http)).containsEntry("/models?limit=100", 1L);
    }

    @Test
    void asksTheListWhenThereIsNothingElseToAsk() {
        ModelsConfig none = new ModelsConfig(null, List.of(".*"), null, Duration.ofHours(1), Duration.ofSeconds(60));
        ManagementFixture quiet = new ManagementFixture(none, null);
        quiet.models.with(3);
        quiet.runAndWait(INTERVAL);
        quiet.models.before(ask -> Reply.failure(HttpFailure.Type.CONNECTION_REFUSED));
        quiet.runAndWait(INTERVAL);

        assertThat(quiet.health()).contains("\"unreachable\"");
    }
}
