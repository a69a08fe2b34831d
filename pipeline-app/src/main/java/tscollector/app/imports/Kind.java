package tscollector.app.imports;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The three kinds of instances of the check, in the order in which it names them. */
enum Kind {
    OPENMETRICS("openmetrics_endpoint", "torchserve_openmetrics", 8082),
    INFERENCE("inference_api_url", "torchserve_inference", 8080),
    MANAGEMENT("management_api_url", "torchserve_management", 8081);

    private final String option;
    private final String receiver;
    private final int port;

    Kind(String option, String receiver, int port) {
        this.option = option;
        this.receiver = receiver;
        this.port = port;
    }

    /** The option whose presence says that an instance is of this kind. */
    String option() {
        return option;
    }

    /** The type of the receiver that does the same. */
    String receiver() {
        return receiver;
    }

    /** TorchServe's port for it. */
    int port() {
        return port;
    }

    /**
     * The kind of an instance.
     *
     * @throws Refused where the check refuses it: none, or several (ids C1, C2)
     */
    static Kind of(Map<String, @Nullable Object> instance, String path) {
        List<String> found = new ArrayList<>();
        Kind kind = INFERENCE;
        for (Kind candidate : values()) {
            if (instance.containsKey(candidate.option)) {
                found.add(candidate.option);
                kind = candidate;
            }
        }
        if (found.isEmpty()) {
            throw new Refused(
                    path,
                    "has none of openmetrics_endpoint, inference_api_url and management_api_url; the check wants one of them");
        }
        if (found.size() > 1) {
            throw new Refused(path, "has " + String.join(", ", found) + "; the check wants one of them");
        }
        return kind;
    }
}
