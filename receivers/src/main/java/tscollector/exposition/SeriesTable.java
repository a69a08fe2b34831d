package tscollector.exposition;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known about one target's series, and the way from a body to its group of metrics that keeps the identity law.
 *
 * <p>While a body has the text of the last one around its values, only the values are read. Otherwise it is parsed; samples that are
 * known are recognised by their text, others are made; and only if the samples, their order or their declarations differ there is
 * a new layout with a new shape, in which known series keep their Attributes instance and their start. A body that is not good
 * changes nothing.
 *
 * <p>Holds the text around the values and, per series, its sample and its place in a point; never a body. Not thread-safe: the
 * scrapes of one target follow each other.
 */
final class SeriesTable {
    private static final long[] NO_TIMES = {};

    private final ExpositionLimits limits;
    private final InstrumentationScopeInfo scope;
    private final SampleReader reader;
    private KnownText known = KnownText.NOTHING;
    private @Nullable Layout layout;
    private @Nullable Long previousGoodNanos;

    SeriesTable(ExpositionLimits limits, InstrumentationScopeInfo scope, String endpoint, LabelPool pool) {
        this.limits = limits;
        this.scope = scope;
        this.reader = new SampleReader(endpoint, limits.labelLimit(), pool);
    }

    /**
     * Reads the body of one scrape.
     *
     * @param contentType as the server said it, or null
     * @param resource of the target; another instance makes another shape
     * @param nowNanos when it was scraped, since the epoch
     */
    Reading read(byte[] body, @Nullable String contentType, Resource resource, long nowNanos) {
        Layout current = layout;
        double[] values = current != null && current.resource() == resource ? known.valuesOf(body) : null;
        if (current != null && values != null) {
            return reading(current, values, NO_TIMES, new LineErrors(), nowNanos);
        }
        ScannedExposition scan =
                new ExpositionParser(limits).parse(body, ExpositionParser.isOpenMetrics(contentType, body));
        if (scan.isOverLimit()) {
            return Reading.nothing(Reading.Outcome.OVER_LIMIT, scan.errors());
        }
        if (!scan.hasReadableLine()) {
            return Reading.nothing(
                    scan.errors().total() > 0 ? Reading.Outcome.UNREADABLE : Reading.Outcome.EMPTY, scan.errors());
        }
        Layout next = learn(scan, resource, nowNanos);
        return reading(next, scan.values(), scan.times(), scan.errors(), nowNanos);
    }

    /** Bytes of text kept for comparison. */
    int textLength() {
        return known.textLength();
    }

    private Reading reading(Layout in, double[] values, long[] times, LineErrors errors, long nowNanos) {
        long previous = previousGoodNanos == null ? nowNanos : previousGoodNanos;
        ScrapedValues scraped = new ScrapedValues(values, times, nowNanos, previous);
        var group = in.group(scope, scraped);
        previousGoodNanos = nowNanos;
        return new Reading(Reading.Outcome.READ, values.length, group, errors, in.left(), scraped.repairs());
    }

    private Layout learn(ScannedExposition scan, Resource resource, long nowNanos) {
        Sample[] samples = identify(scan);
        Layout current = layout;
        if (current == null || !current.isFor(resource, samples, scan.declarations())) {
            long newSeriesStart = previousGoodNanos == null ? nowNanos : previousGoodNanos;
            current = new LayoutBuilder(layout, newSeriesStart).build(resource, samples, scan.declarations());
            layout = current;
        }
        known = KnownText.learn(
                scan, current.samples(), limits.lineLengthLimit().bytes());
        return current;
    }

    private Sample[] identify(ScannedExposition scan) {
        KnownText.Search search = known.new Search();
        Map<Attributes, Attributes> instances = new HashMap<>();
        Sample[] samples = new Sample[scan.size()];
        for (int slot = 0; slot < samples.length; slot++) {
            int from = scan.seriesFrom(slot);
            int to = scan.valueFrom(slot);
            int before = search.find(scan.body(), from, to);
            samples[slot] = before >= 0 ? known.samples()[before] : make(scan.body(), from, to, instances);
        }
        return samples;
    }

    /** A sample that was not there before; its label set may have been, at another one. */
    private Sample make(byte[] body, int from, int to, Map<Attributes, Attributes> instances) {
        if (instances.isEmpty()) {
            for (Sample sample : known.samples()) {
                instances.putIfAbsent(sample.attributes(), sample.attributes());
            }
        }
        Sample made = reader.read(body, from, to);
        Attributes instance = instances.putIfAbsent(made.attributes(), made.attributes());
        return instance == null ? made : new Sample(made.name(), instance);
    }
}
