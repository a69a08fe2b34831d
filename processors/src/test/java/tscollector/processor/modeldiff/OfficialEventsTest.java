package tscollector.processor.modeldiff;

import static org.assertj.core.api.Assertions.assertThat;
import static tscollector.processor.modeldiff.Snapshots.batch;
import static tscollector.processor.modeldiff.Snapshots.complete;
import static tscollector.processor.modeldiff.Snapshots.described;
import static tscollector.processor.modeldiff.Snapshots.incomplete;
import static tscollector.processor.modeldiff.Snapshots.listed;

import io.opentelemetry.sdk.resources.Resource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tscollector.component.ComponentId;
import tscollector.kit.inventory.Inventory;
import tscollector.processor.Built;
import tscollector.processor.Processor;
import tscollector.signal.LogBatch;
import tscollector.signal.LogRecord;
import tscollector.testkit.Batches;
import tscollector.testkit.CollectingConsumer;
import tscollector.testkit.MemoryStorage;
import tscollector.testkit.TestContext;

/** With {@code compat: strict}; the lists and texts are those of the recordings of the official check. */
class OfficialEventsTest {
    private static final ComponentId STORAGE = ComponentId.parse("file_storage");
    private static final ModelDiffConfig STRICT =
            new ModelDiffConfig(STORAGE, true, ModelDiffConfig.Compat.STRICT, ModelDiffConfig.Events.ALL);

    private final MemoryStorage storage = new MemoryStorage();
    private final TestContext test = new TestContext("model_diff");
    private final CollectingConsumer<LogBatch> next = CollectingConsumer.logs();
    private long now;

    @Test
    @DisplayName("M19 M20 M21 M22: removed and changed in the old order, then added (mg-events-order)")
    void tellsChangesInTheOfficialOrder() throws Exception {
        Processor<LogBatch> strict = start(STRICT);
        Inventory second =
                complete(listed("0new", "n.mar"), listed("b", "b2.mar"), listed("c", "c.mar"), listed("z", "z.mar"));

        assertThat(take(strict, complete(listed("a", "a.mar"), listed("b", "b.mar"), listed("c", "c.mar"))))
                .isEmpty();
        assertThat(take(strict, second))
                .containsExactly(
                        "The model [a] has been removed.",
                        "A new default version has been set for the model [b], from file [b.mar] to file [b2.mar].",
                        "The model [0new] has been added with the file [n.mar].",
                        "The model [z] has been added with the file [z.mar].");
        assertThat(take(strict, second)).isEmpty();
    }

    @Test
    @DisplayName("M20: a URL that is null is none, and is written as None (mg-own-url-null)")
    void writesAUrlThatIsNull() throws Exception {
        Processor<LogBatch> strict = start(STRICT);
        take(strict, complete());

        assertThat(take(strict, complete(listed("a", null))))
                .containsExactly("The model [a] has been added with the file [None].");
        assertThat(take(strict, complete(listed("a", "a.mar"))))
                .containsExactly(
                        "A new default version has been set for the model [a], from file [None] to file [a.mar].");
        assertThat(take(strict, complete(listed("a", null)))).containsExactly("The model [a] has been removed.");
    }

    @Test
    @DisplayName("M25: from no model to one and back (mg-list-zero)")
    void tellsOfTheFirstAndTheLastModel() throws Exception {
        Processor<LogBatch> strict = start(STRICT);
        Inventory one = complete(listed("a", "a.mar"));

        assertThat(take(strict, complete())).isEmpty();
        assertThat(take(strict, one)).containsExactly("The model [a] has been added with the file [a.mar].");
        assertThat(take(strict, complete())).containsExactly("The model [a] has been removed.");
        assertThat(take(strict, one)).containsExactly("The model [a] has been added with the file [a.mar].");
    }

    @Test
    @DisplayName("M23: what changed while nobody watched (mg-restart-zero)")
    void tellsAfterARestartWhatChangedMeanwhile() throws Exception {
        take(start(STRICT), complete());

        assertThat(take(start(STRICT), complete(listed("b", "b.mar"))))
                .containsExactly("The model [b] has been added with the file [b.mar].");
    }

    @Test
    void aModelWithoutAUrlIsRemovedWithEveryListUntilItHasOneAgain() throws Exception {
        Processor<LogBatch> strict = start(STRICT);
        take(strict, complete(listed("a", "a.mar")));
        Inventory without = complete(listed("a", ""));

        assertThat(take(strict, without)).containsExactly("The model [a] has been removed.");
        assertThat(take(strict, without)).containsExactly("The model [a] has been removed.");
        assertThat(take(strict, complete(listed("a", "b.mar"))))
                .containsExactly("A new default version has been set for the model [a], from file [] to file [b.mar].");
        assertThat(next.allRecords())
                .extracting(event -> event.attributes().get(ChangeEvents.EVENT_ID))
                .doesNotHaveDuplicates();
    }

    @Test
    void looksAtUrlsAloneAndNotAtVersions() throws Exception {
        Processor<LogBatch> strict = start(STRICT);
        take(strict, complete(described("m", "1*", "2")));

        Inventory sameUrl = complete(
                new Inventory.Model("m", "m-1.mar", true, List.of(new Inventory.Version("2", "m-1.mar", true))));
        assertThat(take(strict, sameUrl)).isEmpty();
    }

    @Test
    @DisplayName("M24: a list that failed says nothing; the next one is compared with the last good one")
    void aListThatIsNotCompleteSaysNothing() throws Exception {
        Processor<LogBatch> strict = start(STRICT);
        take(strict, complete(listed("a", "a.mar")));

        assertThat(take(strict, incomplete(listed("z", "z.mar")))).isEmpty();
        assertThat(take(strict, complete(listed("b", "b.mar")))).hasSize(2);
    }

    @Test
    void knowsAServerByItsAddressWhateverItIsCalled() throws Exception {
        Processor<LogBatch> strict = start(STRICT);
        take(strict, complete(listed("a", "a.mar")));
        Resource renamed = Resource.create(Batches.attributes("service.instance.id", "other"));

        strict.consume(new LogBatch(List.of(Snapshots.group(renamed, ++now, complete()))));

        assertThat(next.itemCount()).isEqualTo(1);
    }

    @Test
    @DisplayName("M26: submit_events false")
    void saysNothingWithoutEvents() throws Exception {
        Processor<LogBatch> silent = start(
                new ModelDiffConfig(STORAGE, false, ModelDiffConfig.Compat.STRICT, ModelDiffConfig.Events.OFFICIAL));

        assertThat(take(silent, complete(listed("a", "a.mar")))).isEmpty();
        assertThat(take(silent, complete())).isEmpty();
    }

    @Test
    void officialEventsAreThoseThatTheCheckHas() throws Exception {
        Processor<LogBatch> official =
                start(new ModelDiffConfig(STORAGE, true, ModelDiffConfig.Compat.OFF, ModelDiffConfig.Events.OFFICIAL));
        official.consume(batch(1, complete(described("m", "1*"), described("n", "1*"))));

        official.consume(batch(2, complete(described("m", "1", "2*"), described("o", "1*"))));

        assertThat(next.allRecords())
                .extracting(LogRecord::eventName)
                .containsExactly(
                        "torchserve.model.default_version.changed",
                        "torchserve.model.removed",
                        "torchserve.model.added");
    }

    /** The new events as the official check words them. */
    private List<String> take(Processor<LogBatch> processor, Inventory inventory) throws Exception {
        int before = next.allRecords().size();
        processor.consume(batch(++now, inventory));
        List<String> texts = new ArrayList<>();
        for (LogRecord event :
                next.allRecords().subList(before, next.allRecords().size())) {
            String model = event.attributes().get(ChangeEvents.MODEL);
            String url = event.attributes().get(ChangeEvents.URL);
            texts.add(
                    switch (event.eventName()) {
                        case "torchserve.model.removed" -> "The model [" + model + "] has been removed.";
                        case "torchserve.model.added" ->
                            "The model [" + model + "] has been added with the file [" + url + "].";
                        default ->
                            "A new default version has been set for the model [" + model + "], from file ["
                                    + event.attributes().get(ChangeEvents.PREVIOUS_URL) + "] to file [" + url + "].";
                    });
        }
        return texts;
    }

    private Processor<LogBatch> start(ModelDiffConfig config) throws Exception {
        Processor<LogBatch> processor = Built.logs(new ModelDiffFactory(), test.build(), config, next);
        processor.start(test.host().with("file_storage", storage));
        return processor;
    }
}
