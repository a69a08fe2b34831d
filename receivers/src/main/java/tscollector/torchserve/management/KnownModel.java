package tscollector.torchserve.management;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tscollector.kit.inventory.Inventory;
import tscollector.torchserve.management.ModelDescriber.Result;

/** A model that the list has, from run to run. One run at a time. */
final class KnownModel {
    private final ModelSeries series;
    private ListedModel listed;
    private final boolean mayBePaced;
    private boolean isPaced;
    private @Nullable Result last;

    /** @param mayBePaced whether it is described apart from others when that costs the server much */
    KnownModel(ListedModel listed, String address, boolean mayBePaced) {
        this.mayBePaced = mayBePaced;
        this.listed = listed;
        this.series = new ModelSeries(address, listed.name());
    }

    KnownModel listedAs(ListedModel now) {
        listed = now;
        return this;
    }

    ListedModel listed() {
        return listed;
    }

    String name() {
        return listed.name();
    }

    boolean canBeDescribed() {
        return listed.canBeDescribed();
    }

    ModelSeries series() {
        return series;
    }

    /**
     * Whether it is described seldom and apart from the others: it has a worker on a GPU, or its describe did not end in time,
     * which is what one with many such workers looks like.
     */
    boolean isPaced() {
        return isPaced;
    }

    /**
     * To be told once per run what its describe brought.
     *
     * @param result null if there was none in this run
     * @param newSeriesStart when counters of series that are new now began
     */
    void take(@Nullable Result result, long newSeriesStart) {
        if (result == null) {
            last = isPaced ? last : null;
        } else if (result.described() != null) {
            series.update(result.described(), newSeriesStart);
            last = result;
            isPaced = mayBePaced && result.described().hasGpu();
        } else if (!isPaced || last == null) {
            last = null;
            isPaced = mayBePaced && result.timedOut();
        } else if (result.outcome().isOk()) {
            last = null; // it is gone
        }
    }

    /** Points that come of its last describe at most; 0 if nothing of it is kept. */
    int points() {
        return last == null || last.described() == null ? 0 : last.described().points();
    }

    /** The describe that this run shows: its own, or a paced one's that is at most twice its interval old; else null. */
    @Nullable
    Result current(long nanoTime, Duration interval) {
        boolean tooOld = isPaced && last != null && nanoTime - last.atNanos() > 2 * interval.toNanos();
        return tooOld ? null : last;
    }

    /** The inventory's entry; without versions unless {@code shown} and its default version can be told. */
    Inventory.Model inventory(@Nullable Result shown) {
        String defaultVersion = shown == null ? null : shown.defaultVersion(listed.url());
        if (shown == null || shown.described() == null || defaultVersion == null) {
            return new Inventory.Model(listed.name(), listed.url(), false, List.of());
        }
        List<Inventory.Version> versions = shown.described().versions().stream()
                .map(version -> new Inventory.Version(
                        version.version(), version.url(), version.version().equals(defaultVersion)))
                .toList();
        return new Inventory.Model(listed.name(), listed.url(), true, versions);
    }
}
