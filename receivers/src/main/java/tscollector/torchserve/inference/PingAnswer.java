package tscollector.torchserve.inference;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tscollector.kit.http.HttpAnswer;
import tscollector.torchserve.ApiState;
import tscollector.torchserve.ErrorType;
import tscollector.torchserve.JsonReading;
import tscollector.torchserve.Outcome;

/**
 * Judges the answer to {@code GET /ping}. TorchServe 0.8 and later answer 200 with {@code {"status": "Healthy"}} or 500 with
 * {@code Unhealthy}; up to 0.7 always 200, with {@code Healthy}, {@code Partial Healthy} or {@code Unhealthy}.
 */
final class PingAnswer {
    private static final Outcome UNHEALTHY = new Outcome(
            ApiState.UNHEALTHY,
            ErrorType.PING_UNHEALTHY,
            "the server says Unhealthy: a model's default version has fewer healthy workers than its minWorkers");

    private PingAnswer() {}

    static Outcome judge(HttpAnswer answer) {
        Outcome byStatus = Outcome.ofStatus(answer);
        boolean ok = byStatus.isOk();
        if (!ok && answer.status() != 500) {
            return byStatus;
        }
        String status = status(answer.body());
        if ("unhealthy".equalsIgnoreCase(status)) {
            return UNHEALTHY;
        }
        if (!ok || "healthy".equalsIgnoreCase(status) || "partial healthy".equalsIgnoreCase(status)) {
            return byStatus;
        }
        return Outcome.invalid(
                ErrorType.MALFORMED_BODY,
                "the answer to /ping has no status that TorchServe gives; check that it is the inference API");
    }

    /** As the official check does: a body below status 400 is not looked at. */
    static Outcome judgeByStatus(HttpAnswer answer) {
        return answer.status() < 400 ? Outcome.ofStatus(answer) : judge(answer);
    }

    private static @Nullable String status(byte[] body) {
        try (JsonParser json = JsonReading.parser(body)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = json.currentName();
                if (json.nextToken() == JsonToken.VALUE_STRING && name.equals("status")) {
                    return json.getString();
                }
                json.skipChildren();
            }
            return null;
        } catch (JacksonException e) {
            return null;
        }
    }
}
