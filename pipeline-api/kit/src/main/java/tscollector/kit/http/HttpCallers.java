package tscollector.kit.http;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tscollector.component.BuildContext;
import tscollector.component.StartException;
import tscollector.config.Secret;

/** Makes the HTTP client of a component from its settings. */
public final class HttpCallers {
    private HttpCallers() {}

    /**
     * A client that is ready; it opens no connection and starts no thread before its first call. Credential files are not looked
     * at yet, since TorchServe may write its own later; TLS files are.
     *
     * @throws StartException if certificates, keys or the proxy's address cannot be used
     */
    public static HttpCaller create(HttpClientConfig config, BuildContext context) throws StartException {
        return create(config, context, System.getenv(), InetAddress::getAllByName, BodyBudget.ofProcess());
    }

    static HttpCaller create(
            HttpClientConfig config,
            BuildContext context,
            Map<String, String> environment,
            Names.Lookup lookup,
            BodyBudget budget)
            throws StartException {
        ApacheHttpCaller.Parts parts = new ApacheHttpCaller.Parts(
                context.scheduler(),
                context.clock(),
                authorizer(config.auth(), context),
                ProxyRules.ofClient(config, environment),
                new Names(context.scheduler(), context.clock(), lookup),
                budget,
                headers(config),
                "tscollector/" + context.version(),
                config.followRedirects(),
                config.persistConnections(),
                config.tls().serverNameFromHostHeader()
                        ? config.hostHeader()
                        : config.tls().serverNameOverride(),
                config.connectTimeout(),
                config.readTimeout(),
                config.bodySizeLimit().bytes());
        TlsContexts tls = TlsContexts.of(config.tls());
        String threads = "http " + context.id();
        return new ApacheHttpCaller(
                parts,
                (names, proxies, closed) -> ApacheClients.open(tls, names, proxies, threads, failure -> {
                    if (!closed.getAsBoolean()) { // closing while its thread works makes it complain
                        context.logger().error("The HTTP client failed unexpectedly.", failure);
                    }
                }));
    }

    private static Map<String, Secret> headers(HttpClientConfig config) {
        Map<String, Secret> headers = new LinkedHashMap<>();
        config.headers().forEach((name, value) -> headers.put(RequestHeaders.lower(name), value));
        config.extraHeaders().forEach((name, value) -> headers.put(RequestHeaders.lower(name), value));
        return headers;
    }

    private static Authorizer authorizer(@Nullable AuthConfig auth, BuildContext context) {
        if (auth == null) {
            return Authorizer.NONE;
        }
        if (auth.basic() != null) {
            return new FixedAuthorizer(basic(auth.basic()), "auth.basic");
        }
        if (auth.digest() != null) {
            return new DigestAuthorizer(auth.digest());
        }
        if (auth.oauth2() != null) {
            return new OAuth2Authorizer(auth.oauth2(), context.clock());
        }
        if (auth.tokenFile() != null) {
            return new TokenFileAuthorizer(auth.tokenFile(), context.clock());
        }
        if (auth.torchserveKeyFile() != null) {
            return new TorchServeKeyAuthorizer(Path.of(auth.torchserveKeyFile()), context.clock());
        }
        AuthConfig.Bearer bearer = auth.bearer();
        if (bearer != null && bearer.tokenFile() != null) {
            return new BearerFileAuthorizer(Path.of(bearer.tokenFile()), context.clock());
        }
        if (bearer != null && bearer.token() != null) {
            String header = "Bearer " + bearer.token().reveal();
            return new FixedAuthorizer(new Secret(header), "auth.bearer.token");
        }
        return Authorizer.NONE;
    }

    private static Secret basic(AuthConfig.Basic basic) {
        String both = basic.username() + ":" + basic.password().reveal();
        return new Secret("Basic " + Base64.getEncoder().encodeToString(both.getBytes(basic.charset())));
    }
}
