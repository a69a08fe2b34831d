package tscollector.simulator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the management address answers, the token API apart. */
final class ManagementApi {
    private static final int MAX_LIMIT = 100;
    private static final String PROCESSING = "Processing worker updates...";

    private final ModelStore models;
    private final Traffic traffic;
    private final DescribeJson describe;
    private final SlowGpus gpus;
    private final Map<String, ModelSettings> archives;
    private final boolean modelApi;
    private final String serverVersion;

    ManagementApi(ModelStore models, Traffic traffic, SlowGpus gpus, ServerConfig config) {
        this.models = models;
        this.traffic = traffic;
        this.describe = new DescribeJson(config.zone());
        this.gpus = gpus;
        this.archives = config.archives();
        this.modelApi = config.modelApi();
        this.serverVersion = config.version();
    }

    /** The answer, or null when the path is none of this address. */
    @Nullable
    Answer answer(Request request, List<String> segments, String requestId) {
        int size = segments.size();
        if (size == 2 && segments.get(1).equals("models")) {
            return models(request, requestId);
        }
        if (size == 2 && segments.get(1).equals("workflows")) {
            return Answer.json(200, requestId, Map.of("workflows", List.of()));
        }
        if ((size == 3 || size == 4) && segments.get(1).equals("models")) {
            return model(request, segments.get(2), size == 4 ? segments.get(3) : null, requestId);
        }
        if (size == 4 && segments.get(1).equals("v1") && segments.get(2).equals("models")) {
            return ready(segments.get(3), requestId);
        }
        if (size == 5 && segments.get(1).equals("models") && segments.get(4).equals("set-default")) {
            return setDefault(request, segments.get(2), segments.get(3), requestId);
        }
        return null;
    }

    private Answer models(Request request, String requestId) {
        return switch (request.method()) {
            case "GET" -> list(request, requestId);
            case "POST" -> register(request, requestId);
            default -> throw ApiFailure.methodNotAllowed();
        };
    }

    private Answer model(Request request, String name, @Nullable String version, String requestId) {
        return switch (request.method()) {
            case "GET" -> describe(request, name, version, requestId);
            case "PUT" -> scale(request, name, version, requestId);
            case "DELETE" -> unregister(name, version, requestId);
            case "OPTIONS" ->
                Answer.json(
                        200,
                        requestId,
                        OpenApi.document(
                                "RESTful Management API for: "
                                        + models.describe(name, version)
                                                .settings()
                                                .name(),
                                null,
                                serverVersion));
            default -> throw ApiFailure.methodNotAllowed();
        };
    }

    private Answer list(Request request, String requestId) {
        int limit = request.parameter("limit", MAX_LIMIT);
        if (limit > MAX_LIMIT || limit < 0) {
            limit = MAX_LIMIT;
        }
        int offset = Math.max(request.parameter("next_page_token", 0), 0);
        List<ModelStore.Listed> all = models.list();
        Map<String, Object> json = new LinkedHashMap<>();
        // Near 2^31 this overflows, as on the real server: a negative token and an empty list.
        int end = offset + limit;
        if (end > all.size()) {
            end = all.size();
        } else {
            json.put("nextPageToken", Integer.toString(end));
        }
        List<Object> page = new ArrayList<>();
        for (int i = offset; i < end; i++) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("modelName", all.get(i).name());
            entry.put("modelUrl", all.get(i).url());
            page.add(entry);
        }
        json.put("models", page);
        return Answer.json(200, requestId, json);
    }

    private Answer describe(Request request, String name, @Nullable String version, String requestId) {
        if ("all".equals(version)) {
            List<Model.Version> versions = models.describeAll(name);
            versions.forEach(gpus::ask);
            return Answer.json(
                    200, requestId, versions.stream().map(describe::of).toList());
        }
        Model.Version one = models.describe(name, version);
        boolean customized = request.flag("customized", false);
        if (customized && one.workers().isEmpty()) {
            throw new ApiFailure(
                    503,
                    "ServiceUnavailableException",
                    "Model \"" + name
                            + "\" has no worker to serve describe request. Please use scale workers API to add workers.");
        }
        gpus.ask(one);
        Map<String, Object> json = describe.of(one);
        if (!customized) {
            return Answer.json(200, requestId, List.of(json));
        }
        json.put("customizedMetadata", one.settings().metadata());
        traffic.predicted(name, 100);
        return Answer.of(200, "", "application/json", requestId, Answer.utf8(Json.pretty(List.of(json)) + "\n"));
    }

    private Answer register(Request request, String requestId) {
        if (!modelApi) {
            throw ApiFailure.methodNotAllowed();
        }
        String url = request.parameter("url");
        if (url == null) {
            throw ApiFailure.badRequest("Parameter url is required.");
        }
        ModelSettings archive = archives.get(url);
        if (archive == null) {
            throw new ApiFailure(404, "ModelNotFoundException", "Model not found at: " + url);
        }
        String name = request.parameter("model_name");
        int workers = request.parameter("initial_workers", archive.minWorkers());
        ModelSettings settings = archive.named(name == null ? archive.name() : name)
                .withWorkers(workers, workers == archive.minWorkers() ? archive.maxWorkers() : workers);
        models.register(settings, false);
        if (workers > 0 && !request.flag("synchronous", false)) {
            return status(202, PROCESSING, requestId);
        }
        String done = "Model \"" + settings.name() + "\" Version: " + settings.version() + " registered with " + workers
                + " initial workers";
        return status(
                200, workers > 0 ? done : done + ". Use scale workers API to add workers for the model.", requestId);
    }

    private Answer scale(Request request, String name, @Nullable String version, String requestId) {
        int min = request.parameter("min_worker", 1);
        int max = request.parameter("max_worker", min);
        if (max < min) {
            throw ApiFailure.badRequest("max_worker cannot be less than min_worker.");
        }
        models.scale(name, version, min, max);
        if (!request.flag("synchronous", false)) {
            return status(202, PROCESSING, requestId);
        }
        String which = version == null ? name : name + ", version: " + version;
        return status(200, "Workers scaled to " + min + " for model: " + which, requestId);
    }

    private Answer unregister(String name, @Nullable String version, String requestId) {
        if (!modelApi) {
            throw ApiFailure.methodNotAllowed();
        }
        models.unregister(name, version);
        return status(200, "Model \"" + name + "\" unregistered", requestId);
    }

    private Answer setDefault(Request request, String name, String version, String requestId) {
        if (!request.method().equals("PUT")) {
            throw ApiFailure.methodNotAllowed();
        }
        models.setDefault(name, version);
        return status(
                200,
                "Default version successfully updated for model \"" + name + "\" to \"" + version + "\"",
                requestId);
    }

    private Answer ready(String name, String requestId) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", name);
        // Any worker at all is enough for the real server, even one that was given up.
        json.put("ready", !models.describe(name, null).workers().isEmpty());
        return Answer.json(200, requestId, json);
    }

    private static Answer status(int status, String text, String requestId) {
        return Answer.json(status, requestId, Map.of("status", text));
    }
}
