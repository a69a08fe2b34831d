package tscollector.exporter.datadog;

import java.net.URI;
import tscollector.datadog.DatadogSite;

/** Where each route is. */
final class Addresses {
    private final String api;
    private final String logs;

    private Addresses(String api, String logs) {
        this.api = api;
        this.logs = logs;
    }

    /** Those of the site, unless the user named others. */
    static Addresses of(DatadogConfig config) {
        DatadogSite site = config.api().datadogSite();
        String api = config.metrics().endpoint();
        String logs = config.logs().endpoint();
        return new Addresses(
                base(api == null ? site.apiAddress() : api), base(logs == null ? site.logsAddress() : logs));
    }

    URI of(Route route) {
        return URI.create((route == Route.LOGS ? logs : api) + route.path());
    }

    private static String base(String address) {
        int end = address.length();
        while (end > 0 && address.charAt(end - 1) == '/') {
            end--;
        }
        return address.substring(0, end);
    }
}
