package tscollector.torchserve.management;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tscollector.torchserve.ApiState;
import tscollector.torchserve.Outcome;
import tscollector.torchserve.management.ModelDescriber.Result;
import tscollector.torchserve.management.ModelLister.Listing;

/** Our own rules: a list that could not be read completely never counts as shorter, and is tried again in the next run. */
final class OwnKnownModels implements KnownModels {
    private final long refreshNanos;
    private final String address;
    private Map<String, KnownModel> known = new LinkedHashMap<>();
    private @Nullable Map<String, KnownModel> lastComplete;
    private boolean isLastListComplete;
    private long lastCompleteNanos;

    OwnKnownModels(ModelsConfig config, String address) {
        this.refreshNanos = config.refreshInterval().toNanos();
        this.address = address;
    }

    @Override
    public boolean isListDue(long beginNanos) {
        return lastComplete == null || !isLastListComplete || beginNanos - lastCompleteNanos >= refreshNanos;
    }

    @Override
    public boolean take(Listing listing, long beginNanos) {
        isLastListComplete = listing.complete();
        known = merge(listing);
        if (listing.complete()) {
            lastComplete = known;
            lastCompleteNanos = beginNanos;
        }
        ApiState state = listing.outcome().state();
        return !listing.outcome().isOurEnd()
                && state != ApiState.AUTH_FAILED
                && (state != ApiState.UNREACHABLE || listing.pages() > 0);
    }

    /** What was listed now; if that is not all, also what the last complete list had, since it may still be there. */
    private Map<String, KnownModel> merge(Listing listing) {
        Map<String, KnownModel> merged = new LinkedHashMap<>();
        for (ListedModel model : listing.models()) {
            KnownModel same = known.get(model.name());
            merged.put(model.name(), same == null ? new KnownModel(model, address, true) : same.listedAs(model));
        }
        if (!listing.complete() && lastComplete != null) {
            lastComplete.forEach(merged::putIfAbsent);
        }
        return merged;
    }

    @Override
    public Map<String, KnownModel> byName() {
        return known;
    }

    @Override
    public @Nullable Integer count(@Nullable Listing ofRun) {
        return lastComplete != null && isLastListComplete ? lastComplete.size() : null;
    }

    @Override
    public Outcome outcome(Run run, Iterable<Result> results) {
        return run.outcome(results);
    }

    @Override
    public boolean isTold(@Nullable Listing ofRun) {
        return ofRun == null || ofRun.pages() > 0; // else nothing was seen
    }

    @Override
    public boolean isToldAgain(@Nullable Listing ofRun) {
        return false;
    }
}
