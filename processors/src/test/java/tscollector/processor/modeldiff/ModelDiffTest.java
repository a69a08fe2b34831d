package tscollector.processor.modeldiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tscollector.processor.modeldiff.Snapshots.batch;
import static tscollector.processor.modeldiff.Snapshots.complete;
import static tscollector.processor.modeldiff.Snapshots.described;
import static tscollector.processor.modeldiff.Snapshots.group;
import static tscollector.testkit.Batches.attributes;

import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.sdk.resources.Resource;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import tscollector.component.ComponentId;
import tscollector.component.StartException;
import tscollector.consumer.DeliveryException;
import tscollector.kit.inventory.Inventory;
import tscollector.processor.Built;
import tscollector.processor.Processor;
import tscollector.signal.LogBatch;
import tscollector.signal.LogGroup;
import tscollector.signal.LogRecord;
import tscollector.testkit.Batches;
import tscollector.testkit.CollectingConsumer;
import tscollector.testkit.MemoryStorage;
import tscollector.testkit.TestContext;

class ModelDiffTest {
    private static final ModelDiffConfig STORED = new ModelDiffConfig(
            ComponentId.parse("file_storage"), true, ModelDiffConfig.Compat.OFF, ModelDiffConfig.Events.ALL);

    private final MemoryStorage storage = new MemoryStorage();
    private final TestContext test = new TestContext("model_diff");
    private final CollectingConsumer<LogBatch> next = CollectingConsumer.logs();

    @Test
    void writesTheEventOfTheContract() throws Exception {
        Processor<LogBatch> processor = start(ModelDiffConfig.defaults());
        processor.consume(batch(1, complete(described("m", "1.0*"))));

        processor.consume(batch(7, complete(described("m", "1.0", "2.0*"))));

        LogRecord event = next.allRecords().get(0);
        assertThat(event.eventName()).isEqualTo("torchserve.model.default_version.changed");
        assertThat(event.severity()).isEqualTo(Severity.INFO);
        assertThat(event.timestampEpochNanos()).isEqualTo(7);
        assertThat(event.resource()).isSameAs(Snapshots.RESOURCE);
        assertThat(event.body().asString())
                .isEqualTo(
                        "The default version of model m changed from 1.0 to 2.0 (archive from m-1.0.mar to m-2.0.mar).");
        assertThat(event.attributes().toBuilder().remove(ChangeEvents.EVENT_ID).build())
                .isEqualTo(attributes(
                        "management_api_url", "http://host:8081",
                        "torchserve.model.name", "m",
                        "torchserve.model.url", "m-2.0.mar",
                        "torchserve.model.previous_url", "m-1.0.mar",
                        "torchserve.model.version", "2.0",
                        "torchserve.model.previous_version", "1.0"));
        assertThat(event.attributes().get(ChangeEvents.EVENT_ID)).matches("[0-9a-f]{32}");
        assertThat(next.allRecords().get(1).eventName()).isEqualTo("torchserve.model.version.added");
    }

    @Test
    void aRemovedModelTellsWhatItHad() throws Exception {
        Processor<LogBatch> processor = start(ModelDiffConfig.defaults());

        processor.consume(batch(1, complete(described("m", "1.0*")), complete()));

        assertThat(next.allRecords().get(0).attributes().toBuilder()
                        .remove(ChangeEvents.EVENT_ID)
                        .build())
                .isEqualTo(attributes(
                        "management_api_url", "http://host:8081",
                        "torchserve.model.name", "m",
                        "torchserve.model.url", "m-1.0.mar",
                        "torchserve.model.version", "1.0"));
    }

    @Test
    void takesSnapshotsOutAndPassesEveryOtherRecord() throws Exception {
        Processor<LogBatch> processor = start(ModelDiffConfig.defaults());
        LogBatch other = Batches.event("other", "x");
        LogBatch mixed = new LogBatch(List.of(
                group(Snapshots.RESOURCE, 1, complete(described("m", "1*"))),
                other.groups().get(0)));

        processor.consume(other);
        processor.consume(mixed);
        processor.consume(batch(2, complete(described("m", "1*"))));

        assertThat(next.batches()).hasSize(2);
        assertThat(next.batches().get(0)).isSameAs(other);
        assertThat(next.batches().get(1)).isEqualTo(other);
    }

    @Test
    void passesARecordOfThatNameThatIsNoSnapshot() throws Exception {
        LogBatch odd = Batches.event("torchserve.inventory.snapshot", "no map", "management_api_url", "x");

        start(ModelDiffConfig.defaults()).consume(odd);

        assertThat(next.last()).isEqualTo(odd);
    }

    @Test
    void putsEventsWhereTheSnapshotStood() throws Exception {
        Processor<LogBatch> processor = start(ModelDiffConfig.defaults());
        processor.consume(batch(1, complete()));
        LogGroup snapshots = group(Snapshots.RESOURCE, 2, complete(described("m", "1*")), complete());
        LogRecord before = record("before");
        LogRecord after = record("after");

        processor.consume(new LogBatch(List.of(new LogGroup(
                Snapshots.RESOURCE,
                Batches.SCOPE,
                List.of(
                        before,
                        snapshots.records().get(0),
                        after,
                        snapshots.records().get(1))))));

        assertThat(next.allRecords())
                .extracting(LogRecord::eventName)
                .containsExactly("before", "torchserve.model.added", "after", "torchserve.model.removed");
    }

    @Test
    void aRefusalGoesBackAndTheSameEventsComeAgain() throws Exception {
        Processor<LogBatch> processor = start(STORED);
        processor.consume(batch(1, complete()));
        LogBatch change = batch(2, complete(described("m", "1*")));
        next.refuseNext(DeliveryException.retryable("queue full"));

        assertThatThrownBy(() -> processor.consume(change)).hasMessage("queue full");
        processor.consume(change);
        processor.consume(change);

        assertThat(next.allRecords()).extracting(LogRecord::eventName).containsExactly("torchserve.model.added");
    }

    @Test
    void tellsAfterARestartWhatChangedMeanwhile() throws Exception {
        start(STORED).consume(batch(1, complete(described("a", "1*"))));

        start(STORED).consume(batch(2, complete(described("b", "1*"))));

        assertThat(next.allRecords())
                .extracting(LogRecord::eventName)
                .containsExactly("torchserve.model.removed", "torchserve.model.added");
    }

    @Test
    void withoutStorageTheFirstListAfterARestartIsTheBaseline() throws Exception {
        start(ModelDiffConfig.defaults()).consume(batch(1, complete(described("a", "1*"))));

        start(ModelDiffConfig.defaults()).consume(batch(2, complete(described("b", "1*"))));

        assertThat(next.batches()).isEmpty();
    }

    @Test
    void aRepeatAfterACrashBeforeTheStoreHasTheSameIds() throws Exception {
        Processor<LogBatch> processor = start(STORED);
        processor.consume(batch(1, complete()));
        storage.failWith(new IOException("power loss"));
        processor.consume(batch(2, complete(described("m", "1*"))));
        storage.failWith(null);

        start(STORED).consume(batch(3, complete(described("m", "1*"))));

        assertThat(ids()).hasSize(2).containsOnly(ids().get(0));
    }

    @Test
    void theSameChangeAtAnotherTimeHasAnotherId() throws Exception {
        Processor<LogBatch> processor = start(ModelDiffConfig.defaults());
        for (int i = 0; i < 5; i++) {
            processor.consume(batch(i, i % 2 == 0 ? complete() : complete(described("m", "1*"))));
        }

        assertThat(ids()).hasSize(4).doesNotHaveDuplicates();
    }

    @Test
    void aStoreThatFailsStopsNoEventsAndIsWrittenLater() throws Exception {
        Processor<LogBatch> processor = start(STORED);
        processor.consume(batch(1, complete()));
        storage.failWith(new IOException("disk full"));
        processor.consume(batch(2, complete(described("m", "1*"))));
        storage.failWith(null);
        processor.consume(batch(3, complete(described("m", "1*"))));

        start(STORED).consume(batch(4, complete(described("m", "1*"))));

        assertThat(next.itemCount()).isEqualTo(1);
        assertThat(test.telemetry().count("state not stored")).isEqualTo(1);
        assertThat(test.telemetry().warnings()).singleElement().asString().contains("disk full");
    }

    @Test
    void anUnchangedListWritesNothing() throws Exception {
        Processor<LogBatch> processor = start(STORED);
        processor.consume(batch(1, complete(described("m", "1*"))));
        storage.failWith(new IOException("must not be asked"));

        processor.consume(batch(2, complete(described("m", "1*"))));

        assertThat(test.telemetry().counts()).isEmpty();
    }

    @Test
    void keepsServersApartByAddressAndInstance() throws Exception {
        Processor<LogBatch> processor = start(STORED);
        Resource other = Resource.create(attributes("service.instance.id", "other:8080"));
        Inventory elsewhere = new Inventory("http://elsewhere:8081", true, List.of());

        processor.consume(batch(1, complete(described("m", "1*"))));
        processor.consume(new LogBatch(List.of(group(other, 1, complete()))));
        processor.consume(batch(1, elsewhere));
        processor.consume(batch(2, complete(described("m", "1*"))));

        assertThat(next.batches()).isEmpty();
    }

    @Test
    void withoutEventsSnapshotsEndHereAndTheStoreStaysAsItWas() throws Exception {
        start(STORED).consume(batch(1, complete()));
        Processor<LogBatch> silent = start(new ModelDiffConfig(
                ComponentId.parse("file_storage"), false, ModelDiffConfig.Compat.OFF, ModelDiffConfig.Events.ALL));
        silent.consume(batch(2, complete(described("m", "1*"))));
        assertThat(next.batches()).isEmpty();

        start(STORED).consume(batch(3, complete(described("m", "1*"))));

        assertThat(next.itemCount()).isEqualTo(1);
    }

    @Test
    void namesTheStorageThatIsNotThere() {
        Processor<LogBatch> processor = Built.logs(
                new ModelDiffFactory(),
                test.build(),
                new ModelDiffConfig(
                        ComponentId.parse("nowhere"), true, ModelDiffConfig.Compat.OFF, ModelDiffConfig.Events.ALL),
                next);

        assertThatThrownBy(() -> processor.start(test.host()))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("nowhere");
    }

    private Processor<LogBatch> start(ModelDiffConfig config) throws Exception {
        Processor<LogBatch> processor = Built.logs(new ModelDiffFactory(), test.build(), config, next);
        processor.start(test.host().with("file_storage", storage));
        return processor;
    }

    private List<String> ids() {
        return next.allRecords().stream()
                .map(event -> event.attributes().get(ChangeEvents.EVENT_ID))
                .toList();
    }

    private static LogRecord record(String eventName) {
        LogRecord event =
                Batches.event(eventName, "x").groups().get(0).records().get(0);
        return event.withResource(Snapshots.RESOURCE);
    }
}
