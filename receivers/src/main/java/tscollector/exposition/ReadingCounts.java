package tscollector.exposition;

import java.time.Duration;
import java.util.Set;
import tscollector.telemetry.Telemetry;

/** Tells what of a target's bodies was lost or changed on the way in. */
final class ReadingCounts {
    /** Lines that could not be read, whatever they were meant to be. */
    static final String MALFORMED = "malformed lines";

    static final String OVER_LIMIT = "over sample_limit";
    /** Lines that raw_line_filters left out. */
    static final String FILTERED = "filtered lines";

    static final String MENDED = "mended histograms and summaries";

    private static final Duration QUIET = Duration.ofMinutes(10);

    /** What was lost with these lines is no sample. */
    private static final Set<LineError> OF_DECLARATIONS =
            Set.of(LineError.BAD_DECLARATION, LineError.UNKNOWN_TYPE, LineError.REPEATED_DECLARATION);

    /** Duplicates are merged, and samples of too many hosts have the default one. */
    private static final Set<String> NOT_LOST = Set.of(LayoutBuilder.DUPLICATE, LayoutPlanner.TOO_MANY_HOSTS);

    private final Telemetry telemetry;
    private final String address;
    private final ExpositionLimits limits;

    ReadingCounts(Telemetry telemetry, String address, ExpositionLimits limits) {
        this.telemetry = telemetry;
        this.address = address;
        this.limits = limits;
    }

    void count(Reading reading) {
        if (reading.outcome() == Reading.Outcome.OVER_LIMIT) {
            telemetry.dropped(OVER_LIMIT, limits.sampleLimit()); // at least so many: nobody counted on
        }
        if (reading.errors().total() > 0) {
            countErrors(reading);
        }
        reading.left().forEach((reason, samples) -> {
            if (NOT_LOST.contains(reason)) {
                telemetry.count(reason, samples);
            } else {
                telemetry.dropped(reason, samples);
            }
        });
        if (reading.filteredLines() > 0) {
            telemetry.count(FILTERED, reading.filteredLines());
        }
        if (reading.repairs() > 0) {
            telemetry.count(MENDED, reading.repairs());
        }
    }

    private void countErrors(Reading reading) {
        LineErrors errors = reading.errors();
        telemetry.count(MALFORMED, errors.total());
        errors.counts().forEach((error, lines) -> {
            if (!OF_DECLARATIONS.contains(error)) {
                telemetry.dropped(error.reason(), lines);
            }
        });
        if (reading.outcome() == Reading.Outcome.READ) { // else the health says it
            telemetry.warnOncePer(
                    QUIET,
                    "malformed " + address,
                    "Lines of the answer cannot be read and are left out. target=" + address + " lines="
                            + errors.total() + " first=\"" + errors.describeFirst() + "\"");
        }
    }
}
