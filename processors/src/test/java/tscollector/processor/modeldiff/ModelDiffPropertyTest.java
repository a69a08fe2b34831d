package tscollector.processor.modeldiff;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tscollector.component.BuildContext;
import tscollector.component.ComponentId;
import tscollector.consumer.Consumer;
import tscollector.consumer.DeliveryException;
import tscollector.kit.inventory.Inventory;
import tscollector.kit.inventory.Inventory.Model;
import tscollector.signal.LogBatch;
import tscollector.signal.LogRecord;
import tscollector.signal.Signal;
import tscollector.telemetry.Telemetry;
import tscollector.testkit.FakeHost;
import tscollector.testkit.MemoryStorage;
import tscollector.testkit.TestContext;

/**
 * Random histories of a server whose pages fail, repeat and change, of a next consumer that refuses, of a store that fails and of
 * restarts, against a slow obvious model ({@link RandomServer} makes the snapshots, {@link SlowDiff} knows what follows).
 */
class ModelDiffPropertyTest {
    private static final int HISTORIES = 101_000;
    private static final ModelDiffConfig CONFIG = new ModelDiffConfig(
            ComponentId.parse("file_storage"), true, ModelDiffConfig.Compat.OFF, ModelDiffConfig.Events.ALL);

    /** Shared: what it would remember of all histories is of no use here. */
    private static final BuildContext CONTEXT = quiet(new TestContext("model_diff").build());

    @Test
    void eventsAreExactlyTheDifferencesOfSuccessiveCompleteLists() {
        long seed = Long.getLong("modeldiff.seed", new SplittableRandom().nextLong());
        SplittableRandom seeds = new SplittableRandom(seed);
        long events = 0;
        for (int i = 0; i < HISTORIES; i++) {
            long history = seeds.nextLong();
            try {
                events += new History(history).run();
            } catch (AssertionError | Exception e) {
                throw new AssertionError("history " + i + " of -Dmodeldiff.seed=" + seed + " (" + history + ")", e);
            }
        }
        assertThat(events).as("events in all histories").isGreaterThan(HISTORIES);
    }

    private static BuildContext quiet(BuildContext context) {
        Telemetry silence = new Telemetry() {
            @Override
            public Telemetry of(Signal<?> signal) {
                return this;
            }

            @Override
            public void sent(long items) {}

            @Override
            public void dropped(String reason, long items) {}

            @Override
            public void count(String what, long times) {}

            @Override
            public Level level(String what, Unit unit, LongSupplier now) {
                return () -> {};
            }

            @Override
            public void state(String what, String is) {}

            @Override
            public void warnOncePer(Duration period, String key, String message) {}
        };
        return context.with(silence);
    }

    /** One history: some snapshots, each taken, refused or half stored, with restarts between them. */
    private static final class History implements Consumer<LogBatch> {
        private final SplittableRandom random;
        private final RandomServer server;
        private final MemoryStorage storage = new MemoryStorage();
        private final List<LogRecord> taken = new ArrayList<>();
        private final Map<String, String> factById = new HashMap<>();
        private final Map<String, String> idByFact = new HashMap<>();
        private SlowDiff now = new SlowDiff();
        private SlowDiff stored = new SlowDiff();
        private Set<String> folded = new TreeSet<>();
        private boolean refusing;
        private boolean everLost;
        private ModelDiffProcessor processor;

        private History(long seed) throws Exception {
            this.random = new SplittableRandom(seed);
            this.server = new RandomServer(random);
            this.processor = start();
        }

        private int run() throws Exception {
            int steps = 3 + random.nextInt(4);
            for (int time = 1; time <= steps; time++) {
                if (random.nextInt(3) > 0) {
                    server.change();
                }
                step(time);
                if (random.nextInt(5) == 0) {
                    processor = start();
                    everLost |= !now.equals(stored);
                    now = stored.copy();
                }
            }
            return factById.size();
        }

        private void step(int time) throws Exception {
            Inventory snapshot = server.snapshot();
            refusing = random.nextInt(5) == 0;
            boolean storeFails = random.nextInt(6) == 0;
            storage.failWith(storeFails ? new IOException("disk full") : null);
            taken.clear();
            SlowDiff after = now.copy();
            List<String> expected = after.see(snapshot, time);
            try {
                processor.consume(Snapshots.batch(time, snapshot));
            } catch (DeliveryException e) {
                same(refusing, true);
                same(expected.isEmpty(), false); // nothing was sent that could be refused
                return; // the receiver will send another snapshot
            }
            same(facts(), expected);
            checkIds(now.since());
            now = after;
            stored = storeFails ? stored : now.copy();
            fold(snapshot);
        }

        /** An id means one fact found against one state, and such a fact has one id, however often it is told. */
        private void checkIds(int since) {
            for (LogRecord event : taken) {
                String id = Objects.requireNonNull(event.attributes().get(ChangeEvents.EVENT_ID));
                String fact = fact(event) + " since " + since;
                same(Objects.requireNonNullElse(factById.put(id, fact), fact), fact);
                same(Objects.requireNonNullElse(idByFact.put(fact, id), id), id);
            }
        }

        /** Whoever adds and removes what the events say has the names of the last complete list. */
        private void fold(Inventory snapshot) {
            for (LogRecord event : taken) {
                String name = event.attributes().get(ChangeEvents.MODEL);
                if (event.eventName().equals("torchserve.model.added")) {
                    same(folded.add(name) || everLost, true);
                } else if (event.eventName().equals("torchserve.model.removed")) {
                    same(folded.remove(name) || everLost, true);
                }
            }
            if (snapshot.complete()) {
                Set<String> names =
                        snapshot.models().stream().map(Model::name).collect(Collectors.toCollection(TreeSet::new));
                if (everLost || !now.hadBaselineBefore()) {
                    folded = names;
                }
                same(folded, names);
            }
        }

        private ModelDiffProcessor start() throws Exception {
            ModelDiffProcessor started = new ModelDiffProcessor(CONTEXT, CONFIG, this);
            started.start(new FakeHost().with("file_storage", storage));
            return started;
        }

        @Override
        public void consume(LogBatch batch) throws DeliveryException {
            if (refusing) {
                throw DeliveryException.retryable("refused");
            }
            batch.groups().forEach(group -> taken.addAll(group.records()));
        }

        private List<String> facts() {
            List<String> facts = new ArrayList<>();
            taken.forEach(event -> facts.add(fact(event)));
            return facts;
        }

        /** Fails with AssertJ's words; asks it only then, for there are millions of these. */
        private static void same(Object actual, Object expected) {
            if (!actual.equals(expected)) {
                assertThat(actual).isEqualTo(expected);
            }
        }

        private static String fact(LogRecord event) {
            String kind = event.eventName().substring("torchserve.model.".length());
            return kind + " " + event.attributes().get(ChangeEvents.MODEL) + " "
                    + event.attributes().get(ChangeEvents.PREVIOUS_VERSION) + "@"
                    + event.attributes().get(ChangeEvents.PREVIOUS_URL) + " -> "
                    + event.attributes().get(ChangeEvents.VERSION) + "@"
                    + event.attributes().get(ChangeEvents.URL);
        }
    }
}
