package tscollector.app.check;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.PointData;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import tscollector.app.load.LoadedConfiguration;
import tscollector.component.ComponentId;
import tscollector.component.Kind;
import tscollector.signal.Metric;
import tscollector.signal.MetricBatch;
import tscollector.signal.MetricGroup;

/**
 * Counts the runs of each target by the health that receivers report with every run. A receiver that reports none is judged by its data.
 * Thread-safe.
 */
final class Targets {
    private static final List<String> ADDRESSES = List.of("endpoint", "inference_api_url", "management_api_url");
    private static final List<String> APIS = List.of("inference", "management", "metrics");
    private static final Duration LEAST = Duration.ofSeconds(5);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final int runs;
    private final Duration longest;
    private final Map<ComponentId, Integer> expected;
    private final Map<ComponentId, Map<String, Runs>> health = new LinkedHashMap<>(); // guarded by this
    private final Map<ComponentId, Integer> batches = new LinkedHashMap<>(); // guarded by this
    private final CountDownLatch done = new CountDownLatch(1);

    private Targets(int runs, Map<ComponentId, Integer> expected, Duration longest) {
        this.runs = runs;
        this.expected = expected;
        this.longest = longest;
    }

    /** The targets of all receivers that pipelines name. */
    static Targets of(LoadedConfiguration config, int runs) {
        Set<ComponentId> used = new LinkedHashSet<>();
        config.pipelines().forEach(pipeline -> used.addAll(pipeline.receivers()));
        Map<ComponentId, Integer> expected = new LinkedHashMap<>();
        Duration timeout = TIMEOUT;
        for (ComponentId id : used) {
            var configured = config.components(Kind.RECEIVER).get(id);
            if (configured == null) {
                continue; // a connector
            }
            Map<String, ?> settings = Hurry.plain(configured);
            int servers = Math.max(1, size(settings.get("endpoints")) + size(settings.get("hosts")));
            expected.put(id, settings.containsKey("ports") ? servers * APIS.size() : servers);
            Duration own = duration(settings.get("timeout"));
            timeout = own.compareTo(timeout) > 0 ? own : timeout;
        }
        return new Targets(runs, expected, LEAST.plus(timeout.multipliedBy(runs)));
    }

    private static int size(@Nullable Object list) {
        return list instanceof Collection<?> items ? items.size() : 0;
    }

    private static Duration duration(@Nullable Object text) {
        try {
            return text == null ? TIMEOUT : Duration.parse("PT" + text);
        } catch (DateTimeParseException e) {
            return TIMEOUT; // a part that ISO 8601 writes otherwise, such as ms: short in any case
        }
    }

    /** How many there are. */
    synchronized int count() {
        int count = 0;
        for (Map.Entry<ComponentId, Integer> receiver : expected.entrySet()) {
            count += Math.max(
                    receiver.getValue(),
                    health.getOrDefault(receiver.getKey(), Map.of()).size());
        }
        return count;
    }

    /** Opens when all were asked. */
    CountDownLatch done() {
        return done;
    }

    /** How long to wait for that. */
    Duration longest() {
        return longest;
    }

    /** One run's data of one receiver. */
    synchronized void ran(ComponentId receiver, MetricBatch batch) {
        batches.merge(receiver, 1, Integer::sum);
        for (MetricGroup group : batch.groups()) {
            for (Metric metric : group.metrics()) {
                if (group.scope().getName().equals(Scope.SERVICE_CHECK)
                        && metric.name().endsWith(".health")) {
                    metric.getData().getPoints().forEach(point -> note(receiver, metric.name(), point));
                }
            }
        }
        if (expected.keySet().stream().allMatch(this::isComplete)) {
            done.countDown();
        }
    }

    private void note(ComponentId receiver, String name, PointData point) {
        String address = ADDRESSES.stream()
                .map(key -> point.getAttributes().get(AttributeKey.stringKey(key)))
                .filter(value -> value != null)
                .findFirst()
                .orElse("");
        double value = point instanceof LongPointData number
                ? number.getValue()
                : point instanceof DoublePointData number ? number.getValue() : 0;
        health.computeIfAbsent(receiver, any -> new LinkedHashMap<>())
                .computeIfAbsent(name + " " + address, any -> new Runs())
                .add(value == 0);
    }

    private boolean isComplete(ComponentId receiver) {
        int targets = expected.getOrDefault(receiver, 1);
        Map<String, Runs> seen = health.getOrDefault(receiver, Map.of());
        if (seen.isEmpty()) {
            return batches.getOrDefault(receiver, 0) >= targets * runs;
        }
        return seen.size() >= targets && seen.values().stream().allMatch(target -> target.count >= runs);
    }

    /** Those that did not answer at all, or not well in their last run. */
    synchronized List<String> unanswered() {
        List<String> silent = new ArrayList<>();
        expected.forEach((receiver, targets) -> {
            Map<String, Runs> seen = health.getOrDefault(receiver, Map.of());
            seen.forEach((target, runs) -> {
                if (!runs.lastWasGood) {
                    String address = target.substring(target.indexOf(' ') + 1);
                    silent.add(address.isEmpty() ? receiver.toString() : address + " (" + receiver + ")");
                }
            });
            int missing = seen.isEmpty() ? (batches.containsKey(receiver) ? 0 : targets) : targets - seen.size();
            if (missing > 0) {
                silent.add(receiver + (missing > 1 ? " (" + missing + " of its targets)" : ""));
            }
        });
        return silent;
    }

    private static final class Runs {
        private int count;
        private boolean lastWasGood;

        void add(boolean good) {
            count++;
            lastWasGood = good;
        }
    }
}
