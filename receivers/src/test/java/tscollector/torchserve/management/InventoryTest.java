package tscollector.torchserve.management;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import tscollector.consumer.DeliveryException;
import tscollector.kit.http.HttpFailure;
import tscollector.kit.inventory.Inventory;
import tscollector.signal.LogGroup;
import tscollector.torchserve.FakeHttp.Reply;
import tscollector.torchserve.management.FakeModels.Version;

/** The inventory as a log record: what it holds, and when it is sent. */
class InventoryTest {
    private static final Duration INTERVAL = Duration.ofSeconds(15);

    private final ManagementFixture fixture = new ManagementFixture();
    private final FakeModels models = fixture.models;

    @Test
    void holdsModelsVersionsAndDefaults() {
        models.add("b", new Version("2", "b2.mar", List.of()), new Version("1", "b1.mar", List.of()));
        models.add("a/slash");
        fixture.run();

        assertThat(fixture.inventories())
                .containsExactly(new Inventory(
                        "http://h:8081/",
                        true,
                        List.of(
                                new Inventory.Model("a/slash", "a/slash.mar", false, List.of()),
                                new Inventory.Model(
                                        "b",
                                        "b2.mar",
                                        true,
                                        List.of(
                                                new Inventory.Version("1", "b1.mar", false),
                                                new Inventory.Version("2", "b2.mar", true))))));
        LogGroup group = fixture.logs.last().groups().get(0);
        assertThat(group.resource())
                .isSameAs(fixture.metrics.last().groups().get(0).resource());
        assertThat(group.scope().getName()).isEqualTo("tscollector/torchserve_management");
        assertThat(group.records().get(0).eventName()).isEqualTo("torchserve.inventory.snapshot");
    }

    @Test
    void isSentWhenItDiffersAndAtLeastHourly() {
        models.with(3);
        for (int i = 0; i < 240; i++) { // an hour
            fixture.runAndWait(INTERVAL);
        }
        assertThat(fixture.inventories()).hasSize(1);
        fixture.runAndWait(INTERVAL);
        assertThat(fixture.inventories()).hasSize(2);
        models.add("m0001x");
        fixture.runAndWait(INTERVAL);
        fixture.runAndWait(INTERVAL);
        assertThat(fixture.inventories()).hasSize(3);
        models.add("m0001x", new Version("1.0", "m0001x.mar", List.of()), new Version("2.0", "z.mar", List.of()));
        fixture.runAndWait(INTERVAL);
        assertThat(fixture.inventories()).hasSize(4);
        models.setDefault("m0001x", "2.0");
        fixture.runAndWait(INTERVAL);
        assertThat(fixture.inventories()).hasSize(5);
    }

    @Test
    void isNotSentForChangesThatItDoesNotHold() {
        models.add("lr", new Version("1", "lr.mar", List.of(FakeModels.worker(9000, 1))));
        fixture.runAndWait(INTERVAL);
        models.add("lr", new Version("1", "lr.mar", List.of(FakeModels.worker(9000, 2), FakeModels.worker(9001, 3))));
        fixture.runAndWait(INTERVAL);

        assertThat(fixture.inventories()).hasSize(1);
    }

    @Test
    void isSentAgainWhenItWasRefused() {
        models.with(3);
        fixture.logs.refuseNext(DeliveryException.retryable("disk full"));
        fixture.logs.refuseNext(DeliveryException.permanent("no"));
        fixture.runAndWait(INTERVAL);
        fixture.runAndWait(INTERVAL);
        assertThat(fixture.inventories()).isEmpty();
        fixture.runAndWait(INTERVAL);
        fixture.runAndWait(INTERVAL);

        assertThat(fixture.inventories()).hasSize(1);
        assertThat(fixture.test.telemetry().dropped()).isEmpty();
    }

    @Test
    void isSentAgainWhenItIsWhatWasTakenBeforeTheRefusedOne() {
        models.with(1);
        fixture.runAndWait(INTERVAL);
        models.add("x");
        fixture.logs.refuseNext(DeliveryException.retryable("busy"));
        fixture.runAndWait(INTERVAL);
        models.remove("x");
        fixture.runAndWait(INTERVAL);

        assertThat(fixture.inventories()).hasSize(1); // downstream still knows what is true
    }

    @Test
    void isNotSentWhenNothingOfTheListWasSeen() {
        models.with(3);
        models.before(ask -> Reply.failure(HttpFailure.Type.TIMEOUT));
        fixture.run();
        models.before(ask -> Reply.of(500, ""));
        fixture.run();

        assertThat(fixture.inventories()).isEmpty();
    }

    @Test
    void isIncompleteWhenALaterPageFailedAndNamesEverythingKnown() {
        models.with(150);
        models.before(ask ->
                ask.uri().getQuery() != null && ask.uri().getQuery().contains("token=99") ? Reply.of(500, "") : null);
        fixture.run();
        assertThat(fixture.lastInventory().complete()).isFalse();
        assertThat(fixture.lastInventory().models()).hasSize(100);

        models.before(ask -> null);
        fixture.run();
        assertThat(fixture.lastInventory().complete()).isTrue();
        assertThat(fixture.lastInventory().models()).hasSize(150);
    }

    @Test
    void runEndsOnlyWhenTheLogsAreHandedOn() {
        models.with(1);
        var run = fixture.begin();
        fixture.test.scheduler().runPending();

        assertThat(run).isCompleted();
        assertThat(fixture.inventories()).hasSize(1);
    }
}
