package tscollector.processor.cumulativetodelta;

import io.opentelemetry.sdk.metrics.data.MetricDataType;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tscollector.processor.cumulativetodelta.CumulativeToDeltaConfig.MetricRule;
import tscollector.processor.cumulativetodelta.CumulativeToDeltaConfig.MetricType;
import tscollector.signal.Metric;

/**
 * Which metrics are converted, as the Collector decides it: of {@code include}, both the names and the kinds must match where they
 * are given; of {@code exclude}, one of them is enough.
 */
final class MetricSelection implements Predicate<Metric> {
    private final @Nullable MetricRule include;
    private final @Nullable MetricRule exclude;
    private final List<Predicate<String>> included;
    private final List<Predicate<String>> excluded;

    MetricSelection(@Nullable MetricRule include, @Nullable MetricRule exclude) {
        this.include = include;
        this.exclude = exclude;
        this.included = names(include);
        this.excluded = names(exclude);
    }

    @Override
    public boolean test(Metric metric) {
        return isIncluded(metric) && !isExcluded(metric);
    }

    private boolean isIncluded(Metric metric) {
        if (include == null) {
            return true;
        }
        boolean nameFits = included.isEmpty() || anyFits(included, metric);
        return nameFits && (include.metricTypes().isEmpty() || hasType(include, metric));
    }

    private boolean isExcluded(Metric metric) {
        return exclude != null && (anyFits(excluded, metric) || hasType(exclude, metric));
    }

    private static boolean anyFits(List<Predicate<String>> names, Metric metric) {
        return names.stream().anyMatch(name -> name.test(metric.name()));
    }

    private static boolean hasType(MetricRule rule, Metric metric) {
        return rule.metricTypes().stream().anyMatch(type -> isOf(type, metric.type()));
    }

    private static boolean isOf(MetricType type, MetricDataType data) {
        return switch (type) {
            case SUM -> data == MetricDataType.LONG_SUM || data == MetricDataType.DOUBLE_SUM;
            case HISTOGRAM -> data == MetricDataType.HISTOGRAM;
            case EXPONENTIALHISTOGRAM -> data == MetricDataType.EXPONENTIAL_HISTOGRAM;
        };
    }

    private static List<Predicate<String>> names(@Nullable MetricRule rule) {
        return rule == null ? List.of() : rule.matchType().predicates(rule.metrics());
    }
}
