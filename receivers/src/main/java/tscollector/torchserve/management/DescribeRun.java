package tscollector.torchserve.management;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import tscollector.torchserve.ApiState;
import tscollector.torchserve.Outcome;
import tscollector.torchserve.management.ModelDescriber.Result;

/**
 * The describes of one run: several at a time, until all are done, the run's time is over, or the server is plainly not there any
 * more. Answers come on any thread.
 */
final class DescribeRun {
    /** TorchServe has 2 event loops per core; more at a time only makes inference wait. */
    static final int WIDTH = 8;

    /** Nobody answers so many times in a row: asking on would cost a timeout for every eighth model. */
    private static final int MOST_SILENT = WIDTH;

    /** Points of one run; 5,000 models with two workers each have fewer. Beyond it models are left out and counted. */
    private static final int MOST_POINTS = 200_000;

    private final ModelDescriber describer;
    private final Supplier<Duration> timeLeft;
    private final Map<String, Result> results = new ConcurrentHashMap<>();
    private final AtomicInteger silent = new AtomicInteger();
    private final AtomicInteger points = new AtomicInteger();
    private final AtomicInteger tooManyPoints = new AtomicInteger();
    private final AtomicLong bodyBytes = new AtomicLong();
    private List<ListedModel> models = List.of();

    DescribeRun(ModelDescriber describer, Supplier<Duration> timeLeft) {
        this.describer = describer;
        this.timeLeft = timeLeft;
    }

    /** Describes these; never waits. */
    CompletionStage<?> over(List<ListedModel> toDescribe) {
        models = toDescribe;
        return Sweep.over(
                toDescribe,
                WIDTH,
                this::isWorthGoingOn,
                model -> describer.describe(model, timeLeft).thenAccept(result -> ended(model, result)));
    }

    /** What came, in the order of the models. */
    Map<String, Result> results() {
        Map<String, Result> ordered = new LinkedHashMap<>();
        for (ListedModel model : models) {
            Result result = results.get(model.name());
            if (result != null) {
                ordered.put(model.name(), result);
            }
        }
        return ordered;
    }

    long bodyBytes() {
        return bodyBytes.get();
    }

    /** Models whose describe is left out since the run has too many points already. */
    int tooManyPoints() {
        return tooManyPoints.get();
    }

    private boolean isWorthGoingOn() {
        return silent.get() < MOST_SILENT
                && !timeLeft.get().isNegative()
                && !timeLeft.get().isZero();
    }

    private void ended(ListedModel model, Result result) {
        bodyBytes.addAndGet(result.bodyBytes());
        if (result.outcome().state() == ApiState.UNREACHABLE) {
            silent.incrementAndGet();
        } else {
            silent.set(0);
        }
        boolean tooMany = result.described() != null
                && points.addAndGet(result.described().points()) > MOST_POINTS;
        if (tooMany) {
            tooManyPoints.incrementAndGet();
        }
        results.put(
                model.name(),
                tooMany
                        ? new Result(Outcome.OK, null, null, model.url(), result.bodyBytes(), result.atNanos())
                        : result);
    }
}
