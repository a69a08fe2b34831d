package tscollector.kit.http;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
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
                ProxyRules.of(config.proxyUrl(), environment),
                new Names(context.scheduler(), context.clock(), lookup),
                budget,
                config.headers(),
                "tscollector/" + context.version(),
                config.followRedirects(),
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

    private static Authorizer authorizer(@Nullable AuthConfig auth, BuildContext context) {
        if (auth == null) {
            return Authorizer.NONE;
        }
        if (auth.basic() != null) {
            String both =
                    auth.basic().username() + ":" + auth.basic().password().reveal();
            String header = "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
            return new FixedAuthorizer(new Secret(header), "auth.basic");
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
}
