package tscollector.official;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tscollector.kit.http.HttpAsk;
import tscollector.kit.http.HttpFailure;
import tscollector.torchserve.Captures;
import tscollector.torchserve.FakeHttp;
import tscollector.torchserve.FakeHttp.Reply;

/** Answers as the server of a vector did, run by run. */
final class VectorServer implements Function<HttpAsk, Reply> {
    private final Vector vector;
    private int run;

    VectorServer(Vector vector) {
        this.vector = vector;
    }

    void begin(int newRun) {
        run = newRun;
    }

    @Override
    public Reply apply(HttpAsk ask) {
        JsonNode serve = vector.serve(run);
        String path = ask.uri().getRawPath();
        String query = ask.uri().getRawQuery();
        if (serve.has("paged")) {
            return paged(serve.path("paged").asInt(), serve.path("page").asInt(100), path, query);
        }
        if (!serve.has("routes")) {
            return reply(serve);
        }
        JsonNode routes = serve.path("routes");
        // The check asks for pages by a name that no server knows; what it got for it is what the right name gets.
        String target = path + (query == null ? "" : "?" + query.replace("next_page_token", "nextPageToken"));
        JsonNode route = routes.has(target) ? routes.path(target) : routes.path(path);
        return route.isMissingNode() ? Reply.of(404, "{}") : reply(route);
    }

    private static Reply reply(JsonNode serve) {
        if (serve.path("reset").asBoolean()) {
            return Reply.failure(HttpFailure.Type.CONNECTION_RESET);
        }
        if (serve.has("cut")) {
            return Reply.failure(HttpFailure.Type.CUT_OFF);
        }
        int status = serve.path("status").asInt(200);
        Duration delay = Duration.ofMillis((long) (1000 * serve.path("delay").asDouble(0)));
        Reply reply;
        if (serve.has("capture")) {
            reply = Captures.reply(serve.path("capture").asString().replace(".http", ""));
        } else if (serve.has("file")) {
            reply = Reply.of(status, Vector.file("bodies/" + serve.path("file").asString()));
        } else if (serve.has("json")) {
            reply = Reply.of(status, serve.path("json").toString());
        } else {
            reply = Reply.of(status, serve.path("body").asString("").getBytes(StandardCharsets.UTF_8));
        }
        String type = serve.path("content_type").asString("text/plain; version=0.0.4; charset=utf-8");
        return reply.after(delay).with("content-type", type);
    }

    /** As the real server: sorted names, a token where there may be more. */
    private static Reply paged(int models, int mostPerPage, String path, String query) {
        if (!path.equals("/models")) {
            String name = path.split("/", -1)[2];
            return FakeHttp.Reply.of(
                    200,
                    "[{\"modelName\":\"" + name + "\",\"modelVersion\":\"1.0\",\"modelUrl\":\"" + name
                            + ".mar\",\"workers\":[]}]");
        }
        int from = Arrays.stream(query.split("&", -1))
                .filter(one -> one.startsWith("next_page_token="))
                .mapToInt(one -> Integer.parseInt(one.substring(one.indexOf('=') + 1)))
                .findFirst()
                .orElse(0);
        int to = Math.min(models, from + mostPerPage);
        StringBuilder page = new StringBuilder("{\"models\":[");
        for (int i = from; i < to; i++) {
            String name = String.format("m%03d", i);
            page.append(i == from ? "" : ",")
                    .append("{\"modelName\":\"" + name + "\",\"modelUrl\":\"" + name + ".mar\"}");
        }
        boolean mayBeMore = to - from == mostPerPage;
        return Reply.of(200, page + "]" + (mayBeMore ? ",\"nextPageToken\":\"" + to + "\"" : "") + "}");
    }
}
