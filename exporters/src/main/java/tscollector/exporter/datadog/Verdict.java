package tscollector.exporter.datadog;

import java.time.Duration;
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

    static Verdict of(int status) {
        if (status >= 200 && status < 300) {
            return TAKEN;
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

    /** The wait the intake asked for: {@code Retry-After}, else the seconds of {@code X-RateLimit-Reset}; null if neither. */
    static @Nullable Duration retryAfter(HttpAnswer answer, long nowEpochNanos) {
        Duration asked = RetryAfter.parse(answer.header("retry-after"), nowEpochNanos);
        return asked != null ? asked : seconds(answer.header("x-ratelimit-reset"));
    }

    private static @Nullable Duration seconds(@Nullable String header) {
        String text = header == null ? "" : header.strip();
        return text.matches("[0-9]+") ? RetryAfter.parse(text, 0) : null;
    }
}
