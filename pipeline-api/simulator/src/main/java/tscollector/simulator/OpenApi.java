package tscollector.simulator;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The beginning of TorchServe's OpenAPI text, with the server's version and no paths. */
final class OpenApi {
    private OpenApi() {}

    static Map<String, Object> server(String version) {
        return document(
                "TorchServe APIs",
                "TorchServe is a flexible and easy to use tool for serving deep learning models",
                version);
    }

    static Map<String, Object> document(String title, @Nullable String description, String version) {
        Map<String, Object> info = new LinkedHashMap<>();
        info.put("title", title);
        if (description != null) {
            info.put("description", description);
        }
        info.put("version", version);
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("openapi", "3.0.1");
        document.put("info", info);
        document.put("paths", Map.of());
        return document;
    }
}
