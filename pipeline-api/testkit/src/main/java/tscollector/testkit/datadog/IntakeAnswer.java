package tscollector.testkit.datadog;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * What the double answers, or is told to.
 *
 * @param status 0: the connection is closed without an answer
 * @param delay before the answer
 * @param takes whether the request is kept all the same, as by an intake whose answer got lost
 */
public record IntakeAnswer(int status, Map<String, String> headers, String body, Duration delay, boolean takes) {
    public IntakeAnswer {
        headers = Map.copyOf(headers);
    }

    /** An answer of this status, with a body as Datadog's. */
    public static IntakeAnswer of(int status) {
        String body = status < 300 ? "{}" : "{\"errors\":[\"scripted " + status + "\"]}";
        return new IntakeAnswer(status, Map.of(), body, Duration.ZERO, false);
    }

    /** No answer at all: the connection ends. */
    public static IntakeAnswer none() {
        return new IntakeAnswer(0, Map.of(), "", Duration.ZERO, false);
    }

    public IntakeAnswer with(String header, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(header, value);
        return new IntakeAnswer(status, more, body, delay, takes);
    }

    public IntakeAnswer withBody(String text) {
        return new IntakeAnswer(status, headers, text, delay, takes);
    }

    /** Comes later; an answer in an hour is one that never comes. */
    public IntakeAnswer after(Duration time) {
        return new IntakeAnswer(status, headers, body, time, takes);
    }

    /** The request is taken and kept, whatever the answer says. */
    public IntakeAnswer thoughTaken() {
        return new IntakeAnswer(status, headers, body, delay, true);
    }
}
