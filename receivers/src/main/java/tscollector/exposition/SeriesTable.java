package tscollector.exposition;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tscollector.signal.MetricGroup;
import tscollector.torchserve.SeriesBudget;

/**
 * What is known about one target's series, and the way from a body to its group of metrics that keeps the identity law.
 *
 * <p>While a body has the text of the last one around its values, only the values are read. Otherwise it is parsed; samples that are
 * known are recognised by their text, others are made; and only if the samples, their order or their declarations differ there is
 * a new layout with a new shape, in which known series keep their Attributes instance and their start. A body that is not good
 * changes nothing.
 *
 * <p>Holds the text around the values and, per series, its sample and its place in a point; never a body. What all tables hold
 * together is bounded; a body for which there is no room is not read. Not thread-safe: the scrapes of one target follow each other.
 */
final class SeriesTable {
    static final String NO_MEMORY = "no memory for series";

    private static final long[] NO_TIMES = {};
    /** A sample with its Attributes, and what layout and processors keep of it: an estimate for three short labels. */
    private static final long BYTES_PER_SAMPLE = 300;

    private static final long BYTES_PER_FAMILY = 400;
    private static final long TEXT_STEP = 16 << 10;
    /** Of the text: for comparison, and as texts of labels, whose characters are bytes unless they are not Latin-1. */
    private static final long TIMES_TEXT = 3;

    private final ExpositionOptions options;
    private final List<Pattern> filters;
    private final LayoutPlanner planner;
    private final InstrumentationScopeInfo scope;
    private final SampleReader reader;
    private final SeriesBudget.Share memory;
    private KnownText known = KnownText.NOTHING;
    private @Nullable Layout layout;
    private @Nullable Long previousGoodNanos;

    SeriesTable(
            ExpositionOptions options,
            InstrumentationScopeInfo scope,
            @Nullable String endpoint,
            LabelPool pool,
            SeriesBudget budget) {
        this.options = options;
        this.filters = options.exposition().rawLineFilters().stream()
                .map(Pattern::compile)
                .toList();
        this.planner = new LayoutPlanner(options);
        this.scope = scope;
        this.reader = new SampleReader(endpoint, options.limits().labelLimit(), pool);
        this.memory = budget.open();
    }

    /**
     * Reads the body of one scrape.
     *
     * @param contentType as the server said it, or null
     * @param resource of the target; another instance makes another shape
     * @param nowNanos when it was scraped, since the epoch
     */
    Reading read(byte[] answer, @Nullable String contentType, Resource resource, long nowNanos) {
        byte[] body = BodyText.utf8(answer, contentType);
        Layout current = layout;
        double[] values = current != null && current.resource() == resource ? known.valuesOf(body) : null;
        if (current != null && values != null) {
            return reading(current, values, NO_TIMES, new LineErrors(), 0, nowNanos);
        }
        boolean isStrict = options.official().isStrict();
        ScannedExposition scan = new ExpositionParser(options.limits(), filters, isStrict)
                .parse(body, ExpositionParser.isOpenMetrics(contentType, body));
        if (scan.isOverLimit()) {
            return Reading.nothing(Reading.Outcome.OVER_LIMIT, scan);
        }
        if (isStrict && wantsEof(contentType) && !ExpositionParser.endsWithEof(body)) {
            return Reading.nothing(Reading.Outcome.UNREADABLE, scan);
        }
        if (!scan.hasReadableLine()) {
            boolean isUnreadable = scan.errors().total() > 0;
            if (isStrict && !isUnreadable) {
                previousGoodNanos = nowNanos; // for the official check an empty answer is as good as any
            }
            return Reading.nothing(isUnreadable ? Reading.Outcome.UNREADABLE : Reading.Outcome.EMPTY, scan);
        }
        Sample[] samples = recognise(scan);
        long after = bytes(scan);
        if (!memory.resize(Math.max(after, memory.bytes() + bytesOfUnknown(scan, samples)))) {
            return new Reading(
                    Reading.Outcome.NO_MEMORY,
                    0,
                    List.of(),
                    scan.errors(),
                    Map.of(NO_MEMORY, scan.size()),
                    0,
                    scan.filteredLines());
        }
        Layout next = learn(scan, samples, resource, nowNanos);
        memory.resize(after);
        long[] times = isStrict ? NO_TIMES : scan.times(); // the official check does not look at them
        return reading(next, scan.values(), times, scan.errors(), scan.filteredLines(), nowNanos);
    }

    /**
     * To be told when there is no body to read, or none that counts: with {@code compat: strict} series that are new or reset in the
     * next scrape then have no earlier one, and a failure that is to be ignored counts as a good scrape.
     */
    void failed(boolean isIgnored, long nowNanos) {
        if (options.official().isStrict()) {
            previousGoodNanos = isIgnored ? Long.valueOf(nowNanos) : null;
        }
    }

    private boolean wantsEof(@Nullable String contentType) {
        return options.exposition().useLatestSpec()
                || (contentType != null && contentType.startsWith(ExpositionParser.OPEN_METRICS));
    }

    /** Bytes of text kept for comparison. */
    int textLength() {
        return known.textLength();
    }

    /** What is remembered of a body once it is read; in steps, so that a value with one digit more changes nothing. */
    private static long bytes(ScannedExposition scan) {
        long text = (long) scan.body().length / TEXT_STEP + 1;
        return TIMES_TEXT * TEXT_STEP * text
                + BYTES_PER_SAMPLE * scan.size()
                + BYTES_PER_FAMILY * scan.declarations().size();
    }

    /** What is there besides until the new layout has taken the place of the old one. */
    private static long bytesOfUnknown(ScannedExposition scan, @Nullable Sample[] samples) {
        long bytes = 0;
        for (int slot = 0; slot < samples.length; slot++) {
            if (samples[slot] == null) {
                bytes += BYTES_PER_SAMPLE + TIMES_TEXT * (scan.valueFrom(slot) - scan.seriesFrom(slot));
            }
        }
        return bytes;
    }

    private Reading reading(
            Layout in, double[] values, long[] times, LineErrors errors, int filteredLines, long nowNanos) {
        long previous = previousGoodNanos == null ? nowNanos : previousGoodNanos;
        ScrapedValues scraped = new ScrapedValues(values, times, nowNanos, previous);
        List<MetricGroup> groups = in.groups(scope, scraped);
        previousGoodNanos = nowNanos;
        return new Reading(
                Reading.Outcome.READ, values.length, groups, errors, in.left(), scraped.repairs(), filteredLines);
    }

    private Layout learn(ScannedExposition scan, @Nullable Sample[] recognised, Resource resource, long nowNanos) {
        Sample[] samples = identify(scan, recognised);
        Layout current = layout;
        Families families = scan.families();
        if (current == null || !current.isFor(resource, samples, families)) {
            long newSeriesStart = previousGoodNanos == null ? nowNanos : previousGoodNanos;
            current = planner.plan(layout, resource, samples, families, newSeriesStart);
            layout = current;
        }
        known = KnownText.learn(
                scan, current.samples(), options.limits().lineLengthLimit().bytes());
        return current;
    }

    /** The samples that were there before, null for all others. */
    private @Nullable Sample[] recognise(ScannedExposition scan) {
        KnownText.Search search = known.new Search();
        @Nullable Sample[] samples = new Sample[scan.size()];
        for (int slot = 0; slot < samples.length; slot++) {
            int before = search.find(scan.body(), scan.seriesFrom(slot), scan.valueFrom(slot));
            samples[slot] = before >= 0 ? known.samples()[before] : null;
        }
        return samples;
    }

    private Sample[] identify(ScannedExposition scan, @Nullable Sample[] recognised) {
        Map<Attributes, Attributes> instances = new HashMap<>();
        Sample[] samples = new Sample[recognised.length];
        for (int slot = 0; slot < samples.length; slot++) {
            Sample same = recognised[slot];
            samples[slot] =
                    same != null ? same : make(scan.body(), scan.seriesFrom(slot), scan.valueFrom(slot), instances);
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
