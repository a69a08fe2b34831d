package tscollector.exporter.datadog;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;
import tscollector.component.BuildContext;
import tscollector.kit.http.HttpAnswer;

/**
 * Compares this machine's clock with the one in the intake's answers: points with times that it does not like it takes with a good
 * answer, and throws away. Thread-safe.
 */
final class ClockWatch {
    /** Checks and future points are thrown away from here on. */
    private static final Duration MOST = Duration.ofMinutes(10);

    private static final Duration WARNING_PERIOD = Duration.ofHours(1);

    private final BuildContext context;

    ClockWatch(BuildContext context) {
        this.context = context;
    }

    /** Warns if the clocks differ too much for the data. An answer without a time says nothing. */
    void look(HttpAnswer answer) {
        Instant theirs = time(answer.header("date"));
        if (theirs == null) {
            return;
        }
        Instant ours = Instant.ofEpochSecond(0, context.clock().now());
        Duration ahead = Duration.between(theirs, ours);
        if (ahead.abs().compareTo(MOST) > 0) {
            context.telemetry()
                    .warnOncePer(
                            WARNING_PERIOD,
                            "clock",
                            "This machine's clock is " + inWords(ahead.abs())
                                    + (ahead.isNegative() ? " behind" : " ahead of")
                                    + " the intake's: Datadog throws away points whose times are more than 1 h old or 10 min ahead,"
                                    + " also after a good answer. Set the clock.");
        }
    }

    private static @Nullable Instant time(@Nullable String header) {
        try {
            return header == null
                    ? null
                    : ZonedDateTime.parse(header.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static String inWords(Duration difference) {
        Duration time = difference.plusSeconds(30);
        return time.toHours() == 0 ? time.toMinutes() + " min" : time.toHours() + " h " + time.toMinutesPart() + " min";
    }
}
