package tscollector.kit.http;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.hc.core5.http.HttpHost;
import org.jspecify.annotations.Nullable;
import tscollector.component.StartException;
import tscollector.config.Secret;

/**
 * Which requests go through which proxy: {@code proxy_url} for all, else the variables {@code http_proxy}, {@code https_proxy} and
 * {@code no_proxy} in either case, as curl and Go read them. Loopback never goes through one.
 *
 * <p>{@code no_proxy}: names that mean themselves and what is below them, {@code .name}, {@code *.name}, {@code host:port},
 * addresses, ranges such as {@code 10.0.0.0/8}, {@code *} for everything; separated by commas. In the setting of that name,
 * {@code .name} and {@code *.name} do not mean the name itself, as in the official check; in the variable they do, as with curl.
 */
public final class ProxyRules {
    /** A proxy and what it asks for; never prints its password. */
    public record Proxy(HttpHost host, @Nullable String user, Secret password) {}

    /** @param alone whether it covers the name itself, and not only what is below it */
    private record Bypass(String host, int port, @Nullable Range range, boolean alone) {}

    private final @Nullable Proxy forHttp;
    private final @Nullable Proxy forHttps;
    private final List<Bypass> exceptions;
    private final boolean none;

    private ProxyRules(
            @Nullable Proxy forHttp, @Nullable Proxy forHttps, List<String> ofSetting, List<String> ofVariable) {
        this.forHttp = forHttp;
        this.forHttps = forHttps;
        this.exceptions = new ArrayList<>();
        ofSetting.forEach(rule -> exceptions.add(bypass(rule.toLowerCase(Locale.ROOT), true)));
        ofVariable.forEach(rule -> exceptions.add(bypass(rule.toLowerCase(Locale.ROOT), false)));
        this.none = ofSetting.contains("*") || ofVariable.contains("*");
    }

    /**
     * The rules of a component.
     *
     * @throws StartException if the setting or a variable names no HTTP proxy
     */
    public static ProxyRules of(@Nullable String proxyUrl, Map<String, String> environment) throws StartException {
        return of(proxyUrl, List.of(), environment);
    }

    /** The rules of an HTTP client. */
    static ProxyRules ofClient(HttpClientConfig config, Map<String, String> environment) throws StartException {
        return config.skipProxy()
                ? new ProxyRules(null, null, List.of(), List.of())
                : of(config.proxyUrl(), config.noProxy(), environment);
    }

    private static ProxyRules of(@Nullable String proxyUrl, List<String> noProxy, Map<String, String> environment)
            throws StartException {
        if (proxyUrl != null) {
            Proxy proxy = proxy("proxy_url", proxyUrl);
            return new ProxyRules(proxy, proxy, noProxy, List.of());
        }
        return new ProxyRules(
                fromVariable("HTTP_PROXY", environment),
                fromVariable("HTTPS_PROXY", environment),
                noProxy,
                Stream.of(variable("NO_PROXY", environment).split(",", -1))
                        .map(String::strip)
                        .filter(rule -> !rule.isEmpty())
                        .toList());
    }

    /** The proxy for a request to this absolute address, or null if it goes directly. */
    public @Nullable Proxy proxyFor(URI uri) {
        return proxyFor(Origin.of(uri));
    }

    /** The proxy for a request, or null if it goes directly. */
    @Nullable
    Proxy proxyFor(Origin origin) {
        Proxy proxy = origin.isHttps() ? forHttps : forHttp;
        if (proxy == null || none || origin.isUnix()) {
            return null;
        }
        String host = plain(origin.host());
        byte[] address = addressOf(host);
        if (isLoopback(host, address)) {
            return null;
        }
        return exceptions.stream().anyMatch(rule -> covers(rule, host, origin.effectivePort(), address)) ? null : proxy;
    }

    /** Every proxy that may be used. */
    List<Proxy> all() {
        return Stream.of(forHttp, forHttps).filter(Objects::nonNull).distinct().toList();
    }

    private static @Nullable Proxy fromVariable(String name, Map<String, String> environment) throws StartException {
        String value = variable(name, environment).strip();
        return value.isEmpty() ? null : proxy(name, value);
    }

    /** The lower-case form wins, as with curl. */
    private static String variable(String name, Map<String, String> environment) {
        String lower = environment.get(name.toLowerCase(Locale.ROOT));
        return lower != null ? lower : environment.getOrDefault(name, "");
    }

    private static Proxy proxy(String where, String url) throws StartException {
        try {
            URI uri = new URI(url.contains("://") ? url : "http://" + url);
            if (uri.getHost() == null || !"http".equalsIgnoreCase(uri.getScheme())) {
                throw new StartException(where + " must be the address of an HTTP proxy, such as http://proxy:3128");
            }
            HttpHost host = new HttpHost("http", plain(uri.getHost()), uri.getPort() < 0 ? 80 : uri.getPort());
            String info = uri.getRawUserInfo();
            if (info == null) {
                return new Proxy(host, null, new Secret(""));
            }
            int colon = info.indexOf(':');
            String user = colon < 0 ? info : info.substring(0, colon);
            String password = colon < 0 ? "" : info.substring(colon + 1);
            return new Proxy(host, decoded(user), new Secret(decoded(password)));
        } catch (URISyntaxException e) {
            // Without the cause: it quotes the URL, and with it the password.
            throw new StartException(where + " is not a URL; percent-encode special characters in user and password");
        }
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static Bypass bypass(String rule, boolean strict) {
        int slash = rule.indexOf('/');
        if (slash > 0) {
            byte[] network = addressOf(rule.substring(0, slash));
            String bits = rule.substring(slash + 1);
            if (network != null && bits.matches("\\d{1,3}")) {
                return new Bypass(rule, -1, new Range(network, Integer.parseInt(bits)), true);
            }
        }
        int colon = rule.lastIndexOf(':');
        boolean hasPort = colon > 0 && rule.substring(colon + 1).matches("\\d{1,5}") && addressOf(plain(rule)) == null;
        String host = hasPort ? rule.substring(0, colon) : rule;
        int port = hasPort ? Integer.parseInt(rule.substring(colon + 1)) : -1;
        String below = host.startsWith("*.") ? host.substring(2) : host.startsWith(".") ? host.substring(1) : host;
        boolean alone = !strict || below.equals(host);
        host = below;
        byte[] address = addressOf(plain(host));
        return new Bypass(plain(host), port, address == null ? null : new Range(address, address.length * 8), alone);
    }

    private static boolean covers(Bypass rule, String host, int port, byte @Nullable [] address) {
        if (rule.port() >= 0 && rule.port() != port) {
            return false;
        }
        Range range = rule.range();
        if (range != null) {
            return address != null && range.contains(address);
        }
        return (rule.alone() && host.equals(rule.host())) || host.endsWith("." + rule.host());
    }

    private static boolean isLoopback(String host, byte @Nullable [] address) {
        if (address == null) {
            return host.equals("localhost") || host.endsWith(".localhost");
        }
        try {
            return InetAddress.getByAddress(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static byte @Nullable [] addressOf(String host) {
        try {
            return Names.isAddress(host) ? InetAddress.getByName(host).getAddress() : null;
        } catch (UnknownHostException e) {
            return null;
        }
    }

    /** Lower case, without the brackets of an IPv6 address and the final dot of a full name. */
    private static String plain(String host) {
        String plain = host.toLowerCase(Locale.ROOT);
        if (plain.startsWith("[") && plain.endsWith("]")) {
            return plain.substring(1, plain.length() - 1);
        }
        return plain.endsWith(".") ? plain.substring(0, plain.length() - 1) : plain;
    }

    /** Addresses that begin with the same bits. */
    private static final class Range {
        private final byte[] network;
        private final int bits;

        Range(byte[] network, int bits) {
            this.network = network;
            this.bits = Math.min(bits, network.length * Byte.SIZE);
        }

        boolean contains(byte[] address) {
            if (address.length != network.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit % Byte.SIZE);
                if ((address[bit / Byte.SIZE] & mask) != (network[bit / Byte.SIZE] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }
}
