package tscollector.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tscollector.component.BuildContext;
import tscollector.component.Component;
import tscollector.consumer.Consumers;
import tscollector.receiver.Receiver;
import tscollector.signal.MetricBatch;
import tscollector.testkit.TestContext;

/**
 * What a receiver promises: what nobody takes is counted or handed over again, the same series come with the same shapes from
 * run to run, and after shutdown nothing comes any more.
 *
 * <pre>{@code
 * class InferenceContractTest implements FactoryContract<InferenceConfig>, ReceiverContract {
 *     private final TorchServeSimulator torchServe = ...;
 *
 *     @Override
 *     public Receiver create(BuildContext context, Consumers next) {
 *         return new InferenceReceiver(context, configFor(torchServe.url()), next);
 *     }
 *
 *     @Override
 *     public void run(TestContext test) {
 *         ... // lets one run begin and waits for its end
 *     }
 * }
 * }</pre>
 */
public interface ReceiverContract extends ComponentContract {
    /** A new receiver of a source that is there and whose series do not change. */
    Receiver create(BuildContext context, Consumers next) throws Exception;

    /** Lets a started receiver make one run: when this returns, its batches were handed over or refused. */
    void run(TestContext test) throws Exception;

    @Override
    default Component create(TestContext test) throws Exception {
        return create(context(test), new Outputs().consumers());
    }

    /** Metrics that the next one refuses are counted as dropped; records as well, or they come again. */
    @Test
    default void losesNothingInSilence() throws Exception {
        TestContext test = new TestContext("contract");
        Outputs outputs = new Outputs();
        outputs.refuse(true);
        Receiver receiver = create(context(test), outputs.consumers());
        receiver.start(test.host());

        run(test);
        long dropped = dropped(test);

        assertThat(outputs.refusedPoints() + outputs.refusedRecords())
                .as("items of a run")
                .isPositive();
        assertThat(dropped)
                .as("dropped of %d points and %d records", outputs.refusedPoints(), outputs.refusedRecords())
                .isBetween(outputs.refusedPoints(), outputs.refusedPoints() + outputs.refusedRecords());
        if (dropped < outputs.refusedPoints() + outputs.refusedRecords()) {
            outputs.refuse(false);
            run(test);
            assertThat(outputs.logs().itemCount())
                    .as("records that were neither dropped nor handed over again")
                    .isPositive();
        }
        receiver.shutdown(ComponentContract.soon(context(test).clock()));
    }

    /** From the second run on; the first one may differ, as it has no earlier one to count from. */
    @Test
    default void keepsTheIdentityLawFromRunToRun() throws Exception {
        TestContext test = new TestContext("contract");
        Outputs outputs = new Outputs();
        Receiver receiver = create(context(test), outputs.consumers());
        receiver.start(test.host());
        run(test);
        List<List<MetricBatch>> runs = new ArrayList<>();

        for (int i = 0; i < 2; i++) {
            outputs.metrics().clear();
            run(test);
            runs.add(outputs.metrics().batches());
        }

        assertThat(runs.get(0)).as("metric batches of a run").isNotEmpty();
        IdentityLaw.check(runs.get(0), runs.get(1));
        receiver.shutdown(ComponentContract.soon(context(test).clock()));
    }

    /** Whatever time passes. */
    @Test
    default void handsNothingOverAfterShutdown() throws Exception {
        TestContext test = new TestContext("contract");
        Outputs outputs = new Outputs();
        Receiver receiver = create(context(test), outputs.consumers());
        receiver.start(test.host());
        run(test);
        receiver.shutdown(ComponentContract.soon(context(test).clock()));
        outputs.metrics().clear();
        outputs.logs().clear();

        test.scheduler().advance(Duration.ofHours(2));

        assertThat(outputs.metrics().batches()).isEmpty();
        assertThat(outputs.logs().batches()).isEmpty();
        assertThat(test.scheduler().timerCount()).as("timers that wait").isZero();
    }

    private static long dropped(TestContext test) {
        return test.telemetry().dropped().values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }
}
