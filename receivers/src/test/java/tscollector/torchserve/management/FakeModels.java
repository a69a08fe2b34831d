package tscollector.torchserve.management;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tscollector.kit.http.HttpAsk;
import tscollector.torchserve.FakeHttp;
import tscollector.torchserve.FakeHttp.Reply;

/** A management API that pages and describes as TorchServe 0.12.0 does; tests change its models and step in between. */
final class FakeModels implements Function<HttpAsk, Reply> {
    /** A version as describe shows it. */
    record Version(String version, String url, List<String> workers) {}

    private final TreeMap<String, List<Version>> models = new TreeMap<>();
    private final TreeMap<String, String> defaults = new TreeMap<>();
    private Function<HttpAsk, @Nullable Reply> before = ask -> null;
    private Runnable afterPage = () -> {};

    static String worker(int id, int pid) {
        return "{\"id\":\"" + id + "\",\"status\":\"READY\",\"memoryUsage\":1000,\"pid\":" + pid
                + ",\"gpu\":false,\"gpuUsage\":\"N/A\"}";
    }

    static String gpuWorker(int id, int pid, int utilization) {
        return "{\"id\":\"" + id + "\",\"status\":\"READY\",\"memoryUsage\":1000,\"pid\":" + pid
                + ",\"gpu\":true,\"gpuUsage\":\"gpuId::0 utilization.gpu [%]::" + utilization
                + " % utilization.memory [%]::12 % memory.used [MiB]::2310 MiB\"}";
    }

    FakeModels with(int count) {
        for (int i = 0; i < count; i++) {
            add(String.format("m%04d", i));
        }
        return this;
    }

    FakeModels add(String name) {
        return add(name, new Version("1.0", name + ".mar", List.of(worker(9000, 50))));
    }

    FakeModels add(String name, Version... versions) {
        models.put(name, new ArrayList<>(List.of(versions)));
        defaults.put(name, versions[0].version());
        return this;
    }

    void remove(String name) {
        models.remove(name);
    }

    void setDefault(String name, String version) {
        defaults.put(name, version);
    }

    List<String> names() {
        return List.copyOf(models.keySet());
    }

    /** Answers first; null leaves it to the server. */
    void before(Function<HttpAsk, @Nullable Reply> answer) {
        before = answer;
    }

    /** Runs after each page of the list. */
    void afterPage(Runnable change) {
        afterPage = change;
    }

    @Override
    public Reply apply(HttpAsk ask) {
        Reply own = before.apply(ask);
        if (own != null) {
            return own;
        }
        String path = ask.uri().getRawPath();
        if (ask.method().equals("OPTIONS")) {
            return Reply.of(200, "{\"info\":{\"version\":\"0.12.0\"}}");
        }
        if (path.equals("/models")) {
            Reply page = Reply.of(200, page(ask.uri().getRawQuery()));
            afterPage.run();
            return page;
        }
        boolean all = path.endsWith("/all");
        String name = URLDecoder.decode(
                path.substring("/models/".length(), path.length() - (all ? 4 : 0)), StandardCharsets.UTF_8);
        List<Version> versions = models.get(name);
        if (versions == null) {
            return Reply.of(404, "{\"code\": 404, \"type\": \"ModelNotFoundException\"}");
        }
        return Reply.of(200, describe(name, versions, all));
    }

    private String page(@Nullable String query) {
        int limit = 100;
        int token = 0;
        for (String pair : (query == null ? "" : query).split("&", -1)) {
            if (pair.startsWith("limit=")) {
                limit = Math.min(100, Integer.parseInt(pair.substring(6)));
            } else if (pair.startsWith("next_page_token=")) {
                token = Integer.parseInt(pair.substring(16));
            }
        }
        List<String> names = new ArrayList<>(models.keySet());
        int end = token + limit;
        StringBuilder json = new StringBuilder("{");
        if (end <= names.size()) {
            json.append("\"nextPageToken\":\"").append(end).append("\",");
        } else {
            end = names.size();
        }
        json.append("\"models\":[");
        for (int i = token; i < end; i++) {
            String name = names.get(i);
            json.append(i == token ? "" : ",")
                    .append("{\"modelName\":")
                    .append(quote(name))
                    .append(",\"modelUrl\":")
                    .append(quote(urlOfDefault(name)))
                    .append('}');
        }
        return json.append("]}").toString();
    }

    private String urlOfDefault(String name) {
        return models.get(name).stream()
                .filter(version -> version.version().equals(defaults.get(name)))
                .findFirst()
                .orElseThrow()
                .url();
    }

    private String describe(String name, List<Version> versions, boolean all) {
        List<String> entries = new ArrayList<>();
        for (Version version : versions) {
            if (all || version.version().equals(defaults.get(name))) {
                entries.add("{\"modelName\":" + quote(name) + ",\"modelVersion\":" + quote(version.version())
                        + ",\"modelUrl\":" + quote(version.url())
                        + ",\"minWorkers\":1,\"maxWorkers\":4,\"batchSize\":1,\"maxBatchDelay\":100,\"loadedAtStartup\":true,"
                        + "\"workers\":[" + String.join(",", version.workers()) + "],"
                        + "\"jobQueueStatus\":{\"remainingCapacity\":98,\"pendingRequests\":2}}");
            }
        }
        return "[" + String.join(",", entries) + "]";
    }

    private static String quote(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            json.append(c == '"' || c == '\\' || c < ' ' ? String.format("\\u%04x", (int) c) : String.valueOf(c));
        }
        return json.append('"').toString();
    }

    /** The models of a list page and nothing else, for servers that a test makes up. */
    static Reply listOf(@Nullable String token, String... names) {
        StringBuilder json = new StringBuilder("{");
        if (token != null) {
            json.append("\"nextPageToken\":").append(quote(token)).append(',');
        }
        json.append("\"models\":[");
        for (int i = 0; i < names.length; i++) {
            json.append(i == 0 ? "" : ",")
                    .append("{\"modelName\":")
                    .append(quote(names[i]))
                    .append('}');
        }
        return Reply.of(200, json.append("]}").toString());
    }

    /** Requests that were made, without those for the version. */
    static Map<String, Long> count(FakeHttp http) {
        TreeMap<String, Long> counts = new TreeMap<>();
        http.asked().stream()
                .filter(ask -> ask.startsWith("GET"))
                .forEach(ask -> counts.merge(ask.substring(4), 1L, Long::sum));
        return counts;
    }
}
