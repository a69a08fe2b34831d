package tscollector.simulator;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Finds who answers a request, after the token check, in the order of the real server's chain: description, inference,
 * management, metrics, 404. Thread-safe.
 */
final class Router {
    private final boolean oneAddress;
    private final @Nullable TokenKeys tokens;
    private final InferenceApi inference;
    private final ManagementApi management;
    private final MetricsApi metrics;
    private final String serverVersion;
    private final Random random;

    Router(
            ServerConfig config,
            @Nullable TokenKeys tokens,
            InferenceApi inference,
            ManagementApi management,
            MetricsApi metrics) {
        this.oneAddress = config.oneAddress;
        this.tokens = tokens;
        this.inference = inference;
        this.management = management;
        this.metrics = metrics;
        this.serverVersion = config.version;
        this.random = new Random(config.seed);
    }

    Answer answer(Api api, Request request) {
        if (request.tooLarge()) {
            return Answer.tooLarge();
        }
        String requestId = requestId();
        try {
            if (request.malformed()) {
                throw ApiFailure.badRequest("Invalid HTTP message.");
            }
            return route(api, request, requestId);
        } catch (ApiFailure failure) {
            return Answer.json(failure.status(), requestId, error(failure));
        }
    }

    /** A random UUID of version 4 that follows from the seed. */
    private String requestId() {
        long high = (random.nextLong() & ~0xF000L) | 0x4000L;
        long low = (random.nextLong() >>> 2) | Long.MIN_VALUE;
        return new UUID(high, low).toString();
    }

    private Answer route(Api api, Request request, String requestId) {
        List<String> segments = request.segments();
        boolean root = segments.isEmpty();
        if ((root && request.method().equals("OPTIONS"))
                || (segments.size() == 2 && segments.get(1).equals("api-description"))) {
            return Answer.json(200, requestId, OpenApi.server(serverVersion));
        }
        Answer answer = null;
        if (oneAddress || api == Api.INFERENCE) {
            check(TokenKeys.Owner.INFERENCE, request);
            answer = inference.answer(request, segments, requestId);
        }
        if (answer == null && (oneAddress || api == Api.MANAGEMENT)) {
            answer = management(request, segments, requestId);
        }
        if (answer == null && (oneAddress || api == Api.METRICS)) {
            answer = metrics.answer(request, segments, requestId);
        }
        if (answer != null) {
            return answer;
        }
        throw root ? ApiFailure.methodNotAllowed() : ApiFailure.resourceNotFound();
    }

    private @Nullable Answer management(Request request, List<String> segments, String requestId) {
        // The token API is found by its name anywhere in the request, headers included.
        if (tokens != null && request.mentions("/token")) {
            return rotate(tokens, request, requestId);
        }
        check(TokenKeys.Owner.MANAGEMENT, request);
        return management.answer(request, segments, requestId);
    }

    private static Answer rotate(TokenKeys tokens, Request request, String requestId) {
        String type = String.valueOf(request.parameter("type"));
        boolean known = type.equals("management") || type.equals("inference");
        if (!known || !tokens.opens(TokenKeys.Owner.TOKEN, request.header("authorization"))) {
            throw invalidKey("Authentication");
        }
        tokens.rotate(type.equals("inference") ? TokenKeys.Owner.INFERENCE : TokenKeys.Owner.MANAGEMENT);
        return Answer.of(200, "OK", "application/json", requestId, Answer.utf8("\n"));
    }

    private void check(TokenKeys.Owner owner, Request request) {
        if (tokens != null && !tokens.opens(owner, request.header("authorization"))) {
            throw invalidKey("Authorization");
        }
    }

    private static ApiFailure invalidKey(String what) {
        return new ApiFailure(
                400,
                "InvalidKeyException",
                "Token " + what + " failed. Token either incorrect, expired, or not provided correctly");
    }

    private static Map<String, Object> error(ApiFailure failure) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("code", failure.status());
        json.put("type", failure.type());
        json.put("message", failure.message());
        return json;
    }
}
