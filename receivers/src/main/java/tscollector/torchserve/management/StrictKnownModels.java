package tscollector.torchserve.management;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tscollector.torchserve.Outcome;
import tscollector.torchserve.management.ModelDescriber.Result;
import tscollector.torchserve.management.ModelLister.Listing;

/**
 * The official check's rules: what the last try brought is the list, whatever became of it, until the interval is over; the number
 * of models and the inventory are told when a list was read, and health is that of the last list.
 */
final class StrictKnownModels implements KnownModels {
    private final long refreshNanos;
    private final String address;
    private Map<String, KnownModel> known = new LinkedHashMap<>();
    private @Nullable Listing last;
    private long lastNanos;

    StrictKnownModels(ModelsConfig config, String address) {
        this.refreshNanos = config.refreshInterval().toNanos();
        this.address = address;
    }

    @Override
    public boolean isListDue(long beginNanos) {
        return last == null || refreshNanos == 0 || beginNanos - lastNanos > refreshNanos;
    }

    @Override
    public boolean take(Listing listing, long beginNanos) {
        last = listing;
        lastNanos = beginNanos;
        Map<String, KnownModel> now = new LinkedHashMap<>();
        for (ListedModel model : listing.models()) {
            KnownModel same = known.get(model.name());
            now.put(model.name(), same == null ? new KnownModel(model, address, false) : same.listedAs(model));
        }
        known = now;
        return !listing.outcome().isOurEnd();
    }

    @Override
    public Map<String, KnownModel> byName() {
        return known;
    }

    @Override
    public @Nullable Integer count(@Nullable Listing ofRun) {
        return ofRun != null && ofRun.outcome().isOk() ? ofRun.entries() : null;
    }

    @Override
    public Outcome outcome(Run run, Iterable<Result> results) {
        return last == null ? run.outcome(results) : last.outcome();
    }

    @Override
    public boolean isTold(@Nullable Listing ofRun) {
        return ofRun != null && ofRun.outcome().isOk();
    }

    /** A model without a URL is told to be removed with every list that has it. */
    @Override
    public boolean isToldAgain(@Nullable Listing ofRun) {
        return known.values().stream().map(model -> model.listed().url()).anyMatch(url -> url == null || url.isEmpty());
    }
}
