package tscollector.torchserve.management;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tscollector.torchserve.Outcome;
import tscollector.torchserve.management.ModelDescriber.Result;
import tscollector.torchserve.management.ModelLister.Listing;

/**
 * What lists have told of a server's models from run to run, and what follows from it: our own rules, or the official check's. One
 * run at a time.
 */
interface KnownModels {
    /** Whether a run that begins now has to read the list. */
    boolean isListDue(long beginNanos);

    /** Takes a list that was read in a run that began then; answers whether describes are worth while after it. */
    boolean take(Listing listing, long beginNanos);

    /** By name, in the order of the list. */
    Map<String, KnownModel> byName();

    /** How many models there are, as this run says it; null if it says nothing. */
    @Nullable
    Integer count(@Nullable Listing ofRun);

    /** What a run came to. */
    Outcome outcome(Run run, Iterable<Result> results);

    /** Whether the run's inventory is to be offered. */
    boolean isTold(@Nullable Listing ofRun);

    /** Whether the inventory is to be handed on even if it is the same as before. */
    boolean isToldAgain(@Nullable Listing ofRun);
}
