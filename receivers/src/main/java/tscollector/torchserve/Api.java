package tscollector.torchserve;

import io.opentelemetry.api.common.AttributeKey;
import java.util.List;
import tscollector.kit.http.HttpAsk;
import tscollector.signal.MetricSpec;

/** TorchServe's three HTTP APIs: what each one's address is called, its health metric, and the key it wants. */
@SuppressWarnings("ImmutableEnumChecker") // keys and specs do not change, they only do not say so
public enum Api {
    OPENMETRICS(
            "endpoint",
            "torchserve.openmetrics.health",
            "metrics API",
            "GET of the configured URL",
            HttpAsk.KeyRole.NONE), // TorchServe asks for no key here, ever
    INFERENCE(
            "inference_api_url",
            "torchserve.inference_api.health",
            "inference API",
            "GET /ping",
            HttpAsk.KeyRole.INFERENCE),
    MANAGEMENT(
            "management_api_url",
            "torchserve.management_api.health",
            "management API",
            "GET /models, between refreshes GET /models/X/all",
            HttpAsk.KeyRole.MANAGEMENT);

    private final AttributeKey<String> address;
    private final MetricSpec health;
    private final String words;
    private final HttpAsk.KeyRole keyRole;

    Api(String address, String health, String words, String source, HttpAsk.KeyRole keyRole) {
        this.address = AttributeKey.stringKey(address);
        this.words = words;
        this.keyRole = keyRole;
        this.health = new MetricSpec(
                health,
                "",
                MetricSpec.Kind.GAUGE,
                "How the " + words + " answers: 0 ok, 1 authorisation failed, 2 unhealthy, unreachable or invalid.",
                List.of(address, ApiState.KEY.getKey(), ErrorType.KEY.getKey(), Outcome.MESSAGE.getKey()),
                source);
    }

    /** The attribute that every point from this API carries: its address as configured, without credentials and query. */
    public AttributeKey<String> address() {
        return address;
    }

    public MetricSpec health() {
        return health;
    }

    /** How people call it, for messages. */
    public String words() {
        return words;
    }

    public HttpAsk.KeyRole keyRole() {
        return keyRole;
    }
}
