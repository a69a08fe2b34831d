package tscollector.exposition;

import org.jspecify.annotations.Nullable;

/** One metric while its samples are gathered from a body. */
interface PlanInWork {
    /** The finished plan, or null if nothing of it can be used; what is left out is told to {@code builder}. */
    @Nullable
    MetricPlan make(LayoutBuilder builder);
}
