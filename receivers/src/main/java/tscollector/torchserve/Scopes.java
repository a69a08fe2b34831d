package tscollector.torchserve;

import io.opentelemetry.sdk.common.InstrumentationScopeInfo;

/**
 * The scope instances of one receiver, made once: groups share them, which keeps OTLP requests small.
 *
 * @param data of what a server says
 * @param scrape of the numbers about the run itself
 * @param serviceCheck of the health metrics; exporters recognise service checks by this scope and not by names
 */
public record Scopes(
        InstrumentationScopeInfo data, InstrumentationScopeInfo scrape, InstrumentationScopeInfo serviceCheck) {
    public static final String SERVICE_CHECK = "tscollector.service_check";
    public static final String SCRAPE = "tscollector/scrape";

    /** The scopes of a receiver of this type, whose data has the scope {@code tscollector/TYPE}. */
    public static Scopes of(String receiverType, String version) {
        return new Scopes(
                scope("tscollector/" + receiverType, version), scope(SCRAPE, version), scope(SERVICE_CHECK, version));
    }

    private static InstrumentationScopeInfo scope(String name, String version) {
        return InstrumentationScopeInfo.builder(name).setVersion(version).build();
    }
}
