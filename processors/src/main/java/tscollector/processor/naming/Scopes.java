package tscollector.processor.naming;

import io.opentelemetry.sdk.common.InstrumentationScopeInfo;

/** The scopes by which everybody recognises groups that are no samples; names are the receivers'. */
final class Scopes {
    private static final String SERVICE_CHECK = "tscollector.service_check";
    private static final String SCRAPE = "tscollector/scrape";

    private Scopes() {}

    /** The scope of service checks that naming makes: one instance a processor. */
    static InstrumentationScopeInfo serviceCheck(String version) {
        return InstrumentationScopeInfo.builder(SERVICE_CHECK)
                .setVersion(version)
                .build();
    }

    /** Whether these are numbers about a run, among them its size. */
    static boolean isScrape(InstrumentationScopeInfo scope) {
        return scope.getName().equals(SCRAPE);
    }

    /** Whether these are service checks. */
    static boolean isCheck(InstrumentationScopeInfo scope) {
        return scope.getName().equals(SERVICE_CHECK);
    }

    /** Whether these are health or numbers about a run, which no setting takes away. */
    static boolean isUntouchable(InstrumentationScopeInfo scope) {
        return isScrape(scope) || isCheck(scope);
    }
}
