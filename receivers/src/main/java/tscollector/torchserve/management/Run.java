package tscollector.torchserve.management;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tscollector.torchserve.Outcome;
import tscollector.torchserve.management.ModelDescriber.Result;
import tscollector.torchserve.management.ModelLister.Listing;

/** One run on its way: when it began, what it asks, what came. Its steps follow each other. */
final class Run {
    private final long epochNanos;
    private final long beginNanos;
    private final Map<KnownModel, @Nullable Result> chosen = new LinkedHashMap<>(); // with what the run shows of each
    private @Nullable Listing listing;
    private @Nullable DescribeRun describes;
    private long pacedBytes;
    private int unaffordable;

    Run(long epochNanos, long beginNanos) {
        this.epochNanos = epochNanos;
        this.beginNanos = beginNanos;
    }

    /** The time of all its points. */
    long epochNanos() {
        return epochNanos;
    }

    long beginNanos() {
        return beginNanos;
    }

    /** What became of the list; null if the run did not ask for it. */
    @Nullable
    Listing listing() {
        return listing;
    }

    void listed(Listing result) {
        listing = result;
    }

    /** The describes; null if the run made none. */
    @Nullable
    DescribeRun describes() {
        return describes;
    }

    void describes(DescribeRun run) {
        describes = run;
    }

    /** The models that include, exclude and limit leave, in the order of the list, and what the run shows of them. */
    Map<KnownModel, @Nullable Result> chosen() {
        return chosen;
    }

    void addPacedBytes(long bytes) {
        pacedBytes += bytes;
    }

    void countUnaffordable() {
        unaffordable++;
    }

    /** Models whose describe is left out since there is no memory for it. */
    int unaffordable() {
        return unaffordable;
    }

    /** Bytes of all bodies. */
    long bodyBytes() {
        return pacedBytes
                + (listing == null ? 0 : listing.bodyBytes())
                + (describes == null ? 0 : describes.bodyBytes());
    }

    /** What is left for one exchange. */
    static Duration timeLeft(Duration timeout, @Nullable Duration runTimeout, long sinceBeginNanos) {
        if (runTimeout == null) {
            return timeout;
        }
        Duration left = runTimeout.minusNanos(sinceBeginNanos);
        return left.compareTo(timeout) < 0 ? left : timeout;
    }

    /** The list's outcome; in a run without one ok if any model could be asked, else why the first could not. */
    Outcome outcome(Iterable<Result> results) {
        if (listing != null) {
            return listing.outcome();
        }
        Outcome first = null;
        for (Result result : results) {
            if (result.outcome().isOk()) {
                return Outcome.OK;
            }
            first = first == null ? result.outcome() : first;
        }
        return first == null ? ModelLister.OUT_OF_TIME : first;
    }

    /** Whether it ended because this process is stopping: then nothing is to be said about the server. */
    boolean isOurEnd(Iterable<Result> results) {
        if (listing != null && listing.outcome().isOurEnd()) {
            return true;
        }
        for (Result result : results) {
            if (result.outcome().isOurEnd()) {
                return true;
            }
        }
        return false;
    }
}
