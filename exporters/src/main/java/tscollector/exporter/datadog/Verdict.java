package tscollector.exporter.datadog;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tscollector.kit.delivery.RetryAfter;
import tscollector.kit.http.HttpAnswer;

/** What an answer of the intake means for the request. */
enum Verdict {
    TAKEN,
    /** The same request will never be taken. */
    REFUSED,
    /** The request is good, the key is not: another key may come. */
    KEY_REFUSED,
    /** Less at once may be taken. */
    TOO_LARGE,
    /** Busy or broken for now. */
    TRY_AGAIN,
    /** The intake always has these paths: whoever answered is not it, or a proxy is in the way. */
    WRONG_PLACE;

    /**
     * Half the time after which points are too old: one odd answer, such as a proxy's that tells a date in seconds where a wait
     * is meant, must not cost all that comes after it.
     */
    static final Duration LONGEST_WAIT = Duration.ofMinutes(30);

    static Verdict of(HttpAnswer answer) {
        return of(answer.status(), answer.header("content-type"));
    }

    /** The intake speaks JSON or nothing: a page with a good status is some gateway's, for people to log in. */
    private static boolean isPage(@Nullable String contentType) {
        return contentType != null
                && contentType.strip().toLowerCase(Locale.ROOT).startsWith("text/html");
    }

    private static Verdict of(int status, @Nullable String contentType) {
        if (status >= 200 && status < 300) {
            return isPage(contentType) ? WRONG_PLACE : TAKEN;
        }
        if (status < 400) {
            return WRONG_PLACE;
        }
        return switch (status) {
            case 401, 403 -> KEY_REFUSED;
            case 404 -> WRONG_PLACE;
            case 407, 408, 429 -> TRY_AGAIN; // 407: the proxy's refusal says nothing about the request
            case 413 -> TOO_LARGE;
            default -> status >= 500 ? TRY_AGAIN : REFUSED;
        };
    }

    /**
     * The wait the intake asked for: {@code Retry-After}, else the seconds of {@code X-RateLimit-Reset}; null if neither. No more than
     * {@link #LONGEST_WAIT}.
     */
    static @Nullable Duration retryAfter(HttpAnswer answer, long nowEpochNanos) {
        Duration after = RetryAfter.parse(answer.header("retry-after"), nowEpochNanos);
        Duration asked = after != null ? after : seconds(answer.header("x-ratelimit-reset"));
        return asked != null && asked.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : asked;
    }

    private static @Nullable Duration seconds(@Nullable String header) {
        String text = header == null ? "" : header.strip();
        return text.matches("[0-9]+") ? RetryAfter.parse(text, 0) : null;
    }
}
