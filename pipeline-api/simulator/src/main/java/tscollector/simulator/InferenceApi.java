package tscollector.simulator;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the inference address answers: ping and predictions. */
final class InferenceApi {
    private static final double LATENCY_MICROS = 5_000;
    private static final double QUEUE_MICROS = 150;

    private final ModelStore models;
    private final Traffic traffic;

    InferenceApi(ModelStore models, Traffic traffic) {
        this.models = models;
        this.traffic = traffic;
    }

    /** The answer, or null when the path is none of this address. */
    @Nullable
    Answer answer(Request request, List<String> segments, String requestId) {
        if (segments.size() < 2) {
            return null;
        }
        return switch (segments.get(1)) {
            // The method is not looked at.
            case "ping" -> ping(requestId);
            case "predictions" -> predict(segments, requestId);
            default -> null;
        };
    }

    private Answer ping(String requestId) {
        boolean healthy = models.healthy();
        return Answer.json(healthy ? 200 : 500, requestId, Map.of("status", healthy ? "Healthy" : "Unhealthy"));
    }

    private Answer predict(List<String> segments, String requestId) {
        if (segments.size() < 3) {
            throw ApiFailure.resourceNotFound();
        }
        String name = segments.get(2);
        String version = segments.size() > 3 ? segments.get(3) : null;
        ModelSettings settings = models.describe(name, version).settings();
        if (!models.canServe(name, version)) {
            traffic.inference(settings, version, 503, 0, 0);
            throw new ApiFailure(
                    503,
                    "ServiceUnavailableException",
                    "Model \"" + name
                            + "\" has no worker to serve inference request. Please use scale workers API to add workers."
                            + " If this is a sequence inference, please check if it is closed, or expired; or exceeds"
                            + " maxSequenceJobQueueSize");
        }
        traffic.inference(settings, version, 200, LATENCY_MICROS, QUEUE_MICROS);
        String body = "{\n  \"y\": 1.0,\n  \"version\": \"" + settings.version() + "\"\n}";
        return Answer.of(200, "", "", requestId, Answer.utf8(body));
    }
}
