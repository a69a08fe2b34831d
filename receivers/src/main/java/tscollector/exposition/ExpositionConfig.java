package tscollector.exposition;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tscollector.config.Config;
import tscollector.config.Problems;
import tscollector.config.Setting;

/** How an exposition is asked for, what of it is read, and whose it is; flat in its component. */
public record ExpositionConfig(
        @Setting(
                doc =
                        "Regular expressions, searched in each line before anything else looks at it, TYPE and HELP lines included; a line that matches one is left out and counted in scrape_lines_filtered.",
                format = Setting.Format.REGEX,
                example = "['^debug_']")
        List<String> rawLineFilters,

        @Setting(
                doc =
                        "Asks for OpenMetrics text instead of text 0.0.4. TorchServe has only the latter. With compat: strict what lacks its # EOF line is then refused.")
        boolean useLatestSpec,

        @Setting(
                doc =
                        "With compat: strict, a connection that fails counts as a good scrape for the start times of series. Health says critical all the same.")
        boolean ignoreConnectionErrors,

        @Setting(doc = "Whether torchserve.openmetrics.health is sent.")
        boolean enableHealthServiceCheck,

        @Setting(doc = "Whether every point has the attribute endpoint.")
        boolean tagByEndpoint,

        @Setting(
                doc =
                        "Points with this label belong to the host that it names, as the resource attribute datadog.host.name; the others to the default host. The label stays a label.",
                format = Setting.Format.NOT_EMPTY,
                example = "node")
        @Nullable
        String hostnameLabel,

        @Setting(
                doc = "What the host is called; <HOSTNAME> stands for the value of hostname_label.",
                example = "gpu-<HOSTNAME>.example")
        @Nullable
        String hostnameFormat)
        implements Config {
    private static final String PLACEHOLDER = "<HOSTNAME>";

    public ExpositionConfig {
        rawLineFilters = List.copyOf(rawLineFilters);
    }

    public static ExpositionConfig defaults() {
        return new ExpositionConfig(List.of(), false, false, true, true, null, null);
    }

    @Override
    public void validate(Problems problems) {
        if (hostnameFormat == null) {
            return;
        }
        if (hostnameLabel == null) {
            problems.warn("hostname_format", "does nothing without hostname_label");
        } else {
            problems.check("hostname_format", hostnameFormat.contains(PLACEHOLDER), "must contain " + PLACEHOLDER);
        }
    }

    /** The host of a point whose label has this value; empty: the default one. */
    String host(String labelValue) {
        if (hostnameFormat == null) {
            return labelValue;
        }
        int at = hostnameFormat.indexOf(PLACEHOLDER); // a second one is text, as it is to the official check
        return hostnameFormat.substring(0, at) + labelValue + hostnameFormat.substring(at + PLACEHOLDER.length());
    }
}
