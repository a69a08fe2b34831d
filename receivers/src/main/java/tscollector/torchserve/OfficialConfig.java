package tscollector.torchserve;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tscollector.config.Config;
import tscollector.config.Setting;

/**
 * What a receiver takes over from an instance of the official Datadog check, and how closely it follows it; flat in all four
 * receivers.
 */
public record OfficialConfig(
        @Setting(
                doc =
                        "Strict: what a dashboard, a monitor or a reader of events can notice is as the official Datadog check has it, its faults included; off: its faults are mended.")
        Compat compat,

        @Setting(
                doc =
                        "Official: only what the official Datadog check sends, and the inventory, which model_diff needs; all: everything this receiver knows.")
        Numbers metrics,

        @Setting(
                doc =
                        "Datadog tags of every point and event, as the resource attribute datadog.tags: sent verbatim, duplicates once.",
                example = "['env:prod', 'team:ml']")
        List<String> tags,

        @Setting(
                doc = "Adds service:VALUE to the Datadog tags. service.name is another thing; see resource_attributes.",
                format = Setting.Format.NOT_EMPTY,
                example = "recommender")
        @Nullable
        String service,

        @Setting(
                doc =
                        "Whether Datadog gets metrics and service checks without a host, as for a whole cluster: the resource attribute datadog.host.name is then empty.")
        boolean emptyDefaultHostname)
        implements Config {
    /** Tags for Datadog beside those that attributes become. */
    public static final AttributeKey<List<String>> TAGS = AttributeKey.stringArrayKey("datadog.tags");

    /** The host for Datadog; empty: none. Absent: the exporter's. */
    public static final AttributeKey<String> HOST_NAME = AttributeKey.stringKey("datadog.host.name");

    public OfficialConfig {
        tags = List.copyOf(tags);
    }

    /** How closely the official check is followed. */
    public enum Compat {
        OFF,
        STRICT
    }

    /** Which metrics are sent. */
    public enum Numbers {
        ALL,
        OFFICIAL
    }

    public static OfficialConfig defaults() {
        return new OfficialConfig(Compat.OFF, Numbers.ALL, List.of(), null, false);
    }

    public boolean isStrict() {
        return compat == Compat.STRICT;
    }

    /** Whether nothing is sent that the official check does not send. */
    public boolean isOfficialOnly() {
        return metrics == Numbers.OFFICIAL;
    }

    /** What tags, service and host are as resource attributes; empty for the defaults. */
    public Attributes resourceAttributes() {
        Set<String> all = new LinkedHashSet<>(tags);
        if (service != null) {
            all.add("service:" + service);
        }
        AttributesBuilder attributes = Attributes.builder();
        if (!all.isEmpty()) {
            attributes.put(TAGS, List.copyOf(all));
        }
        if (emptyDefaultHostname) {
            attributes.put(HOST_NAME, "");
        }
        return attributes.build();
    }
}
