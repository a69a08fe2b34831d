package tscollector.app.imports;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The proxy of an instance: its own before {@code init_config}'s before the Agent's (id H5). */
final class ProxyOptions {
    private final Options options;
    private final @Nullable Options agentProxy;

    ProxyOptions(Options options, @Nullable Options agentProxy) {
        this.options = options;
        this.agentProxy = agentProxy;
    }

    /** Adds {@code skip_proxy}, {@code proxy_url} and {@code no_proxy}. */
    void write(String scheme, Map<String, @Nullable Object> settings) {
        if (options.bool(options.has("skip_proxy") ? "skip_proxy" : "no_proxy", false)) { // the older name
            settings.put("skip_proxy", true);
            return;
        }
        Options proxy = options.section("proxy");
        if ((proxy == null || proxy.keys().isEmpty()) && options.bool("use_agent_proxy", true)) {
            proxy = agentProxy;
        }
        if (proxy == null) {
            return;
        }
        String url = proxy.text(scheme);
        if (url != null && !url.isEmpty()) {
            if (url.toLowerCase(Locale.ROOT).startsWith("socks")) {
                throw proxy.refuse(scheme, "is a SOCKS proxy, which is not carried in this version");
            }
            settings.put("proxy_url", withScheme(url));
        }
        List<String> direct = noProxy(proxy);
        if (!direct.isEmpty()) {
            settings.put("no_proxy", direct);
        }
    }

    /** A proxy may be written without its scheme. */
    static String withScheme(String url) {
        return url.contains("://") ? url : "http://" + url;
    }

    /** A list, or one text with commas or semicolons. */
    static List<String> noProxy(Options proxy) {
        List<String> items = new ArrayList<>();
        Object raw = proxy.raw("no_proxy");
        List<String> written = raw instanceof String text ? List.of(text.split("[,;]")) : proxy.texts("no_proxy");
        if (written != null) {
            written.stream().map(String::strip).filter(item -> !item.isEmpty()).forEach(items::add);
        }
        return items;
    }
}
