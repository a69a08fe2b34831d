package tscollector.kit.delivery;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** The header {@code Retry-After}: seconds or an HTTP date. */
public final class RetryAfter {
    /** A backend can ask for no more than this. */
    private static final long MAX_SECONDS = Duration.ofDays(1).toSeconds();

    private RetryAfter() {}

    /** The wait it asks for, zero for a time that has passed; null if there is no such header or it cannot be read. */
    public static @Nullable Duration parse(@Nullable String header, long nowEpochNanos) {
        if (header == null) {
            return null;
        }
        String text = header.strip();
        if (!text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return text.length() > 9 ? Duration.ofSeconds(MAX_SECONDS) : bounded(Long.parseLong(text), 0);
        }
        try {
            Instant until = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            Instant now = Instant.ofEpochSecond(0, nowEpochNanos);
            Duration left = Duration.between(now, until);
            return bounded(left.getSeconds(), left.getNano());
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    /** Not negative and at most a day. */
    public static Duration bounded(long seconds, long nanos) {
        if (seconds < 0) {
            return Duration.ZERO;
        }
        return seconds >= MAX_SECONDS ? Duration.ofSeconds(MAX_SECONDS) : Duration.ofSeconds(seconds, nanos);
    }
}
