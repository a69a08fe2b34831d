package tscollector.torchserve;

import io.opentelemetry.api.common.AttributeKey;
import java.util.Locale;

/** What an API is like after a run, as the attribute {@code torchserve.api.state} says it, and the health metric's value. */
public enum ApiState {
    OK(0),
    /** It answers and takes no key, or not this one. */
    AUTH_FAILED(1),
    /** It answers that something is wrong: a status of 400 or above. */
    UNHEALTHY(2),
    /** No answer. */
    UNREACHABLE(2),
    /** An answer came that broke a limit, was cut, or could not be read. */
    INVALID(2);

    public static final AttributeKey<String> KEY = AttributeKey.stringKey("torchserve.api.state");

    private final int value;

    ApiState(int value) {
        this.value = value;
    }

    /** The value of the health metric: 0 ok, 1 warning, 2 critical. */
    public int value() {
        return value;
    }

    /** The word for {@code torchserve.api.state}: lower snake case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
