package tscollector.kit.http;

import io.opentelemetry.sdk.common.Clock;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tscollector.kit.http.HttpAsk.KeyRole;

/**
 * Fetches tokens by the client credentials grant (RFC 6749 4.4). One token serves all servers of a component and is kept until it
 * expires or is refused; however many calls wait for it, it is fetched once. Messages have no secrets.
 */
final class OAuth2Authorizer implements Authorizer {
    private static final int FIRST_FAILURE = 400;
    /** Servers that are down make every call fail: the token server shall not have to pay for that. */
    private static final long RENEWAL_PAUSE_NANOS = Duration.ofSeconds(10).toNanos();
    /** After a token request that failed, calls fail with it for so long. */
    private static final long FAILURE_KEPT_NANOS = Duration.ofSeconds(1).toNanos();

    private final OAuth2Config config;
    private final Clock clock;

    private @Nullable OAuth2Token token; // all guarded by this
    private @Nullable CompletableFuture<Void> underWay;
    private @Nullable HttpFailure failure;
    private long expiresNanos;
    private long failedNanos;
    private boolean renewedOnce;
    private long renewedNanos;

    OAuth2Authorizer(OAuth2Config config, Clock clock) {
        this.config = config;
        this.clock = clock;
    }

    @Override
    public CompletionStage<Void> ready(HttpCaller plain, HttpAsk ask) {
        CompletableFuture<Void> mine = new CompletableFuture<>();
        synchronized (this) {
            long now = clock.nanoTime();
            if (token != null && expiresNanos - now > 0) {
                return CompletableFuture.completedFuture(null);
            }
            if (underWay != null) {
                return underWay;
            }
            if (failure != null && now - failedNanos < FAILURE_KEPT_NANOS) {
                return CompletableFuture.failedFuture(failure);
            }
            underWay = mine;
        }
        plain.send(request(ask.timeout())).whenComplete((answer, fault) -> {
            try {
                keep(read(answer, fault));
                mine.complete(null);
            } catch (HttpFailure e) {
                keep(e);
                mine.completeExceptionally(e);
            }
        });
        return mine;
    }

    @Override
    public synchronized HeaderLine header(HttpAsk ask, String target) throws HttpFailure {
        if (token == null) {
            throw Failures.of(HttpFailure.Type.NO_CREDENTIALS, "there is no token from " + server(), null);
        }
        return config.header().with(token.text().reveal());
    }

    @Override
    public boolean isRefusal(Refusal refusal) {
        return refusal.status() == 0 || refusal.status() >= FIRST_FAILURE;
    }

    /** Gives the token up unless another call did so already, or did so only just now. */
    @Override
    public synchronized boolean renew(Refusal refusal) {
        long now = clock.nanoTime();
        boolean current =
                token != null && config.header().with(token.text().reveal()).equals(refusal.sent());
        if (current && (!renewedOnce || now - renewedNanos >= RENEWAL_PAUSE_NANOS)) {
            expiresNanos = now;
            renewedOnce = true;
            renewedNanos = now;
        }
        return true;
    }

    @Override
    public String remedyForRefusal(KeyRole role) {
        return "the server does not accept the token of " + server() + "; see auth.oauth2.scopes and endpoint_params";
    }

    private synchronized void keep(OAuth2Token fetched) {
        token = fetched;
        expiresNanos = clock.nanoTime() + fetched.lifetime().toNanos();
        failure = null;
        underWay = null;
    }

    private synchronized void keep(HttpFailure fault) {
        failure = fault;
        failedNanos = clock.nanoTime();
        underWay = null;
    }

    private OAuth2Token read(@Nullable HttpAnswer answer, @Nullable Throwable fault) throws HttpFailure {
        String what = "no token: ";
        if (answer == null) {
            Throwable cause = fault instanceof CompletionException ? fault.getCause() : fault;
            String why = cause instanceof HttpFailure known ? known.getMessage() : server() + " could not be asked";
            throw Failures.of(HttpFailure.Type.NO_CREDENTIALS, what + why, cause);
        }
        try (answer) {
            return OAuth2Token.of(answer.status(), answer.body());
        } catch (OAuth2Token.NoTokenException e) {
            throw Failures.of(HttpFailure.Type.NO_CREDENTIALS, what + server() + " " + e.getMessage(), e);
        }
    }

    private HttpAsk request(Duration timeout) {
        Map<String, String> form = new LinkedHashMap<>();
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("content-type", "application/x-www-form-urlencoded");
        headers.put("accept", "application/json");
        form.put("grant_type", "client_credentials");
        if (!config.scopes().isEmpty()) {
            form.put("scope", String.join(" ", config.scopes()));
        }
        if (config.basicAuth()) {
            String both = encoded(config.clientId()) + ":"
                    + encoded(config.clientSecret().reveal()); // encoded before they are joined: RFC 6749 2.3.1
            headers.put(
                    "authorization",
                    "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8)));
        } else {
            form.put("client_id", config.clientId());
            form.put("client_secret", config.clientSecret().reveal());
        }
        form.putAll(config.endpointParams());
        String body = form.entrySet().stream()
                .map(entry -> encoded(entry.getKey()) + "=" + encoded(entry.getValue()))
                .collect(Collectors.joining("&"));
        return HttpAsk.post(URI.create(config.tokenUrl()), headers, body.getBytes(StandardCharsets.UTF_8), timeout);
    }

    private String server() {
        return Origin.of(URI.create(config.tokenUrl())).toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
