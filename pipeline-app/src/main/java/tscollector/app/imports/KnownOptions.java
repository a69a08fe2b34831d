package tscollector.app.imports;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tscollector.kit.config.Nearest;

/** Which options the check knows, and what is to be said about those that nothing here reads (id C10). */
final class KnownOptions {
    private static final Set<String> SHARED = Set.of(
            "proxy",
            "skip_proxy",
            "use_agent_proxy",
            "auth_type",
            "use_legacy_auth_encoding",
            "username",
            "password",
            "ntlm_domain",
            "kerberos_auth",
            "auth_token",
            "tls_verify",
            "tls_use_host_header",
            "tls_cert",
            "tls_private_key",
            "tls_ca_cert",
            "tls_protocols_allowed",
            "tls_ciphers",
            "tls_validate_hostname",
            "tls_private_key_password",
            "tls_intermediate_ca_certs",
            "kerberos",
            "no_proxy",
            "headers",
            "extra_headers",
            "timeout",
            "connect_timeout",
            "read_timeout",
            "log_requests",
            "persist_connections",
            "allow_redirects",
            "tags",
            "service",
            "min_collection_interval",
            "empty_default_hostname",
            "metric_patterns",
            "max_returned_metrics",
            "disable_generic_tags");
    private static final Set<String> OPENMETRICS = Set.of(
            "raw_metric_prefix",
            "metrics",
            "extra_metrics",
            "exclude_metrics",
            "exclude_metrics_by_labels",
            "exclude_labels",
            "include_labels",
            "rename_labels",
            "enable_health_service_check",
            "ignore_connection_errors",
            "hostname_label",
            "hostname_format",
            "collect_histogram_buckets",
            "non_cumulative_histogram_buckets",
            "histogram_buckets_as_distributions",
            "collect_counters_with_distributions",
            "share_labels",
            "cache_shared_labels",
            "raw_line_filters",
            "cache_metric_wildcards",
            "telemetry",
            "tag_by_endpoint",
            "ignore_tags",
            "use_latest_spec");
    private static final Set<String> MANAGEMENT = Set.of("limit", "include", "exclude", "interval", "submit_events");

    /** Known to the check, without a place here. A null: it changes nothing that anybody sees, so nothing is said. */
    private static final Map<String, @Nullable String> ELSEWHERE = new LinkedHashMap<>();

    static {
        for (String silent : new String[] {
            "request_size", "tls_ignore_warning", "kerberos_cache", "kerberos_keytab", "kerberos_delegate",
                    "kerberos_force_initiate",
            "kerberos_hostname", "kerberos_principal", "aws_region", "aws_host", "aws_service",
                    "enable_legacy_tags_normalization"
        }) {
            ELSEWHERE.put(silent, null);
        }
        ELSEWHERE.put(
                "use_process_start_time", "is not carried; TorchServe exposes no start time, so it had no effect");
        ELSEWHERE.put("namespace", "is not carried; the check puts its own name in front too, whatever stands here");
        ELSEWHERE.put("target_info", "is not carried");
        ELSEWHERE.put("collect_histograms_as_distributions", "is not carried; see histogram_buckets_as_distributions");
        ELSEWHERE.put("name", "is not carried; it names the instance in the Agent's own output");
        ELSEWHERE.put("no_index", "is not carried");
        ELSEWHERE.put("loader", "is not carried; it speaks of the Agent");
        for (String debugging : new String[] {"debug_metrics", "profile_memory", "run_once", "process_isolation"}) {
            ELSEWHERE.put(debugging, "is not carried; it is for finding faults in the check");
        }
    }

    private KnownOptions() {}

    /** Says what must be said about the options of an instance that are not read. */
    static void check(Map<String, @Nullable Object> instance, Kind kind, String path, Remarks remarks) {
        for (String option : instance.keySet()) {
            if (SHARED.contains(option)
                    || option.equals(kind.option())
                    || ofKind(kind).contains(option)) {
                continue;
            }
            String at = path + "." + option;
            if (ELSEWHERE.containsKey(option)) {
                String text = ELSEWHERE.get(option);
                if (text != null && !Boolean.FALSE.equals(instance.get(option))) {
                    remarks.add(at, text);
                }
            } else if (OPENMETRICS.contains(option) || MANAGEMENT.contains(option)) {
                remarks.add(at, "is not read by the check with " + kind.option() + "; nor is it here");
            } else {
                TreeSet<String> known = new TreeSet<>(SHARED);
                known.addAll(ofKind(kind));
                known.addAll(ELSEWHERE.keySet());
                known.add(kind.option());
                remarks.add(
                        at,
                        "is no option of the check, which ignores it; so is it here"
                                + Nearest.suggestion(option, known));
            }
        }
    }

    private static Set<String> ofKind(Kind kind) {
        return switch (kind) {
            case OPENMETRICS -> OPENMETRICS;
            case MANAGEMENT -> MANAGEMENT;
            case INFERENCE -> Set.of();
        };
    }

    /** Those that {@code init_config} has for all instances. */
    static final Set<String> OF_INIT_CONFIG = Set.of(
            "proxy", "skip_proxy", "use_agent_proxy", "timeout", "service", "log_requests", "tls_ignore_warning");

    /** Says which of {@code init_config} nobody reads. */
    static void checkInit(Map<String, @Nullable Object> init, String path, Remarks remarks) {
        for (String option : init.keySet()) {
            if (!OF_INIT_CONFIG.contains(option)) {
                String text = SHARED.contains(option) || OPENMETRICS.contains(option) || MANAGEMENT.contains(option)
                        ? "is not read by the check in init_config; write it into the instances"
                        : "is no option of the check, which ignores it; so is it here"
                                + Nearest.suggestion(option, OF_INIT_CONFIG);
                remarks.add(path + "." + option, text);
            }
        }
    }
}
