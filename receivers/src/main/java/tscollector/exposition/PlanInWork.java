package tscollector.exposition;

import io.opentelemetry.api.common.Attributes;
import org.jspecify.annotations.Nullable;

/** One metric while its samples are gathered from a body. */
interface PlanInWork {
    /**
     * Adds one sample.
     *
     * @param attributes those of the point: without {@code le} or {@code quantile} where the part has one
     * @param at the bound of a bucket, or the quantile; NaN for other parts
     */
    void add(FamilyNames.Part part, Attributes attributes, double at, int slot);

    /** The finished plan, or null if nothing of it can be used; what is left out is told to {@code builder}. */
    @Nullable
    MetricPlan make(LayoutBuilder builder);
}
