package tscollector.app.imports;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tscollector.kit.config.YamlWriter;

/** What datadog.yaml says that has a place here: site, host, tags, proxy and further destinations. Keys are never taken over. */
final class AgentConfig {
    private static final Pattern EXPORTER = Pattern.compile("exporters\\.(datadog(?:/[0-9]+)?)\\.(.+)");
    private static final String MAIN_KEY = "DD_API_KEY";
    /** Longest first, since some are parts of others. */
    private static final List<String> SITES = List.of(
            "us3.datadoghq.com",
            "us5.datadoghq.com",
            "ap1.datadoghq.com",
            "ap2.datadoghq.com",
            "uk1.datadoghq.com",
            "us2.ddog-gov.com",
            "datadoghq.com",
            "datadoghq.eu",
            "ddog-gov.com");
    /** What a setting of an exporter is made of. */
    private static final Map<String, String> ORIGINS = Map.of(
            "api.site",
            "site",
            "metrics.endpoint",
            "dd_url",
            "proxy_url",
            "proxy",
            "hostname",
            "hostname",
            "tags",
            "tags");

    private final Set<String> dropped = new HashSet<>();
    private final Map<String, String> keyVariables = new HashMap<>();
    private final Options options;
    private final @Nullable Object apiKey;

    private AgentConfig(Options options) {
        this.options = options;
        this.apiKey = options.raw("api_key");
    }

    /** Without a file. */
    static AgentConfig none(Remarks remarks) {
        return new AgentConfig(new Options(Map.of(), "datadog.yaml", false, remarks));
    }

    /**
     * The settings of a file.
     *
     * @throws ConfReader.Unreadable if it is no YAML
     */
    static AgentConfig of(String text, Remarks remarks) throws ConfReader.Unreadable {
        List<Object> documents = ConfReader.documents(text);
        if (documents.isEmpty() || !(documents.get(0) instanceof Map<?, ?> map)) {
            throw new ConfReader.Unreadable("is not a map of settings");
        }
        AgentConfig config = new AgentConfig(new Options(Options.texted(map), "datadog.yaml", false, remarks));
        config.explain();
        return config;
    }

    /** The proxy of all instances that have none of their own. */
    @Nullable
    Options proxy() {
        return options.section("proxy");
    }

    boolean hasHostname() {
        return hostname() != null;
    }

    /**
     * Leaves out what an exporter's setting is made of.
     *
     * @param path of the setting, for instance {@code exporters.datadog.proxy_url}
     * @return whether there was something to leave out
     */
    boolean drop(String path, String why) {
        Matcher matcher = EXPORTER.matcher(path);
        if (!matcher.matches()) {
            return false;
        }
        String id = matcher.group(1);
        String option = ORIGINS.entrySet().stream()
                .filter(origin -> (matcher.group(2) + ".").startsWith(origin.getKey() + "."))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
        boolean ofOne = option.equals("site") || option.equals("dd_url");
        if (option.isEmpty() || !dropped.add(ofOne && !id.equals("datadog") ? id : option)) {
            return false;
        }
        if (ofOne && !id.equals("datadog")) {
            options.remark("additional_endpoints", "has a destination that " + why + "; it is left out");
        } else {
            options.remark(option, why + "; it is left out");
        }
        return true;
    }

    private @Nullable String text(String option) {
        return dropped.contains(option) ? null : options.text(option);
    }

    private @Nullable String hostname() {
        String hostname = text("hostname");
        return hostname == null || hostname.isEmpty() || Templates.isTemplate(hostname) ? null : hostname;
    }

    private void explain() {
        if (apiKey != null) {
            options.remark(
                    "api_key",
                    Templates.isTemplate(String.valueOf(apiKey))
                            ? "ENC[...] is opened by the Agent's secrets backend; set the variable DD_API_KEY to what it holds"
                            : "is not written anywhere; set the variable DD_API_KEY to it");
        }
        Options logs = options.section("logs_config");
        if (logs != null && logs.raw("logs_dd_url") != null) {
            logs.remark("logs_dd_url", "is not carried; set the variable DD_LOGS_URL to its URL");
        }
    }

    /** All exporters by id: {@code datadog}, then the further destinations. */
    Map<String, Map<String, @Nullable Object>> exporters() {
        Map<String, Map<String, @Nullable Object>> exporters = new LinkedHashMap<>();
        String url = text("dd_url");
        String site = url == null || siteOf(url).isEmpty() ? text("site") : siteOf(url);
        exporters.put(
                "datadog",
                exporter(
                        MAIN_KEY,
                        variable("DD_SITE", site == null || site.isEmpty() ? "datadoghq.com" : site),
                        variable("DD_METRICS_URL", url == null || !siteOf(url).isEmpty() ? "" : url),
                        variable("DD_LOGS_URL", "")));
        Options further = options.section("additional_endpoints");
        if (further != null) {
            for (String address : further.keys()) {
                Object keys = further.raw(address);
                for (Object key : keys instanceof List<?> several ? several : List.of(keys == null ? "" : keys)) {
                    addDestination(address, String.valueOf(key), exporters);
                }
            }
        }
        exporters.keySet().removeAll(dropped);
        return exporters;
    }

    /** The variable that holds the key of an exporter. */
    String keyVariable(String exporter) {
        return keyVariables.getOrDefault(exporter, MAIN_KEY);
    }

    private void addDestination(String address, String key, Map<String, Map<String, @Nullable Object>> exporters) {
        int number = exporters.size() + 1;
        String variable = key.equals(apiKey) ? MAIN_KEY : MAIN_KEY + "_" + number;
        String site = siteOf(address);
        boolean known = !site.isEmpty();
        if (!variable.equals(MAIN_KEY)) {
            options.remark(
                    "additional_endpoints",
                    "has a destination with a key of its own; set the variable " + variable + " to it");
        }
        keyVariables.put("datadog/" + number, variable);
        exporters.put(
                "datadog/" + number,
                exporter(
                        variable,
                        new YamlWriter.Template(known ? site : "${env:DD_SITE:-datadoghq.com}"),
                        new YamlWriter.Template(known ? "" : address.replace("$", "$$")),
                        new YamlWriter.Template("")));
    }

    /** The site that an address of Datadog's belongs to; empty for all others. */
    private static String siteOf(String address) {
        String host = address.replaceFirst("^[a-z]+://", "").replaceFirst("\\.?([:/].*)?$", "");
        return SITES.stream()
                .filter(site -> host.equals(site) || host.endsWith("." + site))
                .findFirst()
                .orElse("");
    }

    private Map<String, @Nullable Object> exporter(
            String keyVariable, YamlWriter.Template site, YamlWriter.Template metrics, YamlWriter.Template logs) {
        Map<String, @Nullable Object> settings = new LinkedHashMap<>();
        settings.put("hostname", variable("DD_HOSTNAME", hostname() == null ? "" : String.valueOf(hostname())));
        settings.put("tags", tags());
        settings.put("storage", "file_storage");
        Map<String, Object> api = new LinkedHashMap<>();
        api.put("key", new YamlWriter.Template("${env:" + keyVariable + "}"));
        api.put("site", site);
        settings.put("api", api);
        if (!metrics.text().isEmpty()) {
            settings.put("metrics", Map.of("endpoint", metrics));
        }
        if (!logs.text().isEmpty()) {
            settings.put("logs", Map.of("endpoint", logs));
        }
        String proxy = proxyUrl();
        if (proxy != null) {
            settings.put("proxy_url", proxy);
        }
        return settings;
    }

    private @Nullable String proxyUrl() {
        Options proxy = proxy();
        if (proxy == null || dropped.contains("proxy")) {
            return null;
        }
        String url = proxy.text("https") == null ? proxy.text("http") : proxy.text("https");
        if (url != null && url.startsWith("socks")) {
            proxy.remark("https", "is a SOCKS proxy, which is not carried in this version");
            return null;
        }
        return url == null || url.isEmpty() ? null : ProxyOptions.withScheme(url);
    }

    /** A text if it can be the default of a variable, else a list. */
    private Object tags() {
        List<String> tags = new ArrayList<>();
        if (dropped.contains("tags")) {
            return variable("DD_TAGS", "");
        }
        List<String> written = options.raw("tags") instanceof String text
                ? List.of(text.strip().split("\\s+"))
                : options.texts("tags");
        if (written != null) {
            written.stream().filter(tag -> !tag.isEmpty()).forEach(tags::add);
        }
        String environment = options.text("env");
        if (environment != null && !environment.isEmpty()) {
            tags.add("env:" + environment);
        }
        boolean plain = tags.stream().allMatch(tag -> tag.matches("[^,${}\\s\"]+"));
        return plain ? variable("DD_TAGS", String.join(",", tags)) : tags;
    }

    private static YamlWriter.Template variable(String name, String otherwise) {
        return new YamlWriter.Template("${env:" + name + ":-" + otherwise.replaceAll("[${}]", "_") + "}");
    }
}
