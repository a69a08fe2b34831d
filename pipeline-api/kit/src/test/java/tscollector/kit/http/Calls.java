package tscollector.kit.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.opentelemetry.sdk.common.Clock;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import tscollector.component.BuildContext;
import tscollector.component.StartException;
import tscollector.config.DataSize;
import tscollector.config.Secret;
import tscollector.kit.http.HttpAsk.KeyRole;
import tscollector.kit.time.SystemScheduler;
import tscollector.testkit.TestContext;

/** A caller with real threads and settings in few words; waits for answers, since tests may. */
final class Calls implements AutoCloseable {
    static final Duration LONG = Duration.ofSeconds(20);

    private final SystemScheduler scheduler = new SystemScheduler();
    private final Map<String, String> environment = new HashMap<>();
    private final Map<String, Secret> headers = new LinkedHashMap<>();
    private final Map<String, Secret> extraHeaders = new LinkedHashMap<>();
    private TlsConfig tls = TlsConfig.defaults();
    private AuthConfig auth;
    private String proxy;
    private boolean skipsProxy;
    private List<String> noProxy = List.of();
    private boolean follows;
    private boolean persists = true;
    private Duration connectTimeout;
    private Duration readTimeout;
    private DataSize bodyLimit = DataSize.ofMebibytes(16);
    private Names.Lookup lookup = InetAddress::getAllByName;
    private BodyBudget budget = new BodyBudget(64 << 20);
    private HttpCaller caller;

    Calls auth(AuthConfig how) {
        auth = how;
        return this;
    }

    Calls tls(TlsConfig how) {
        tls = how;
        return this;
    }

    Calls proxy(String url) {
        proxy = url;
        return this;
    }

    Calls skippingProxies() {
        skipsProxy = true;
        return this;
    }

    Calls noProxy(String... rules) {
        noProxy = List.of(rules);
        return this;
    }

    Calls following() {
        follows = true;
        return this;
    }

    Calls withoutPersistence() {
        persists = false;
        return this;
    }

    Calls connectTimeout(Duration longest) {
        connectTimeout = longest;
        return this;
    }

    Calls readTimeout(Duration longest) {
        readTimeout = longest;
        return this;
    }

    Calls bodyLimit(long bytes) {
        bodyLimit = new DataSize(bytes);
        return this;
    }

    Calls header(String name, String value) {
        headers.put(name, new Secret(value));
        return this;
    }

    Calls extraHeader(String name, String value) {
        extraHeaders.put(name, new Secret(value));
        return this;
    }

    Calls variable(String name, String value) {
        environment.put(name, value);
        return this;
    }

    Calls lookup(Names.Lookup names) {
        lookup = names;
        return this;
    }

    Calls budget(BodyBudget bytes) {
        budget = bytes;
        return this;
    }

    HttpClientConfig config() {
        return new HttpClientConfig(
                headers,
                extraHeaders,
                tls,
                auth,
                proxy,
                skipsProxy,
                noProxy,
                follows,
                persists,
                connectTimeout,
                readTimeout,
                bodyLimit);
    }

    SystemScheduler scheduler() {
        return scheduler;
    }

    synchronized HttpCaller caller() {
        if (caller == null) {
            try {
                BuildContext context = new TestContext("test/http").build(scheduler, Clock.getDefault());
                caller = HttpCallers.create(config(), context, environment, lookup, budget);
            } catch (StartException e) {
                throw new IllegalStateException(e);
            }
        }
        return caller;
    }

    HttpAnswer send(HttpAsk ask) {
        return caller().send(ask).toCompletableFuture().join();
    }

    HttpAnswer get(URI uri) {
        return get(uri, KeyRole.NONE);
    }

    HttpAnswer get(URI uri, KeyRole role) {
        return caller().send(HttpAsk.get(uri, LONG, role)).toCompletableFuture().join();
    }

    String body(URI uri) {
        try (HttpAnswer answer = get(uri)) {
            return new String(answer.body(), StandardCharsets.UTF_8);
        }
    }

    HttpFailure failure(URI uri) {
        return failure(uri, LONG);
    }

    HttpFailure failure(URI uri, Duration timeout) {
        return failure(HttpAsk.get(uri, timeout, KeyRole.NONE));
    }

    /** The failure of a call that must fail, with what holds for the message of each. */
    HttpFailure failure(HttpAsk ask) {
        Throwable thrown = catchThrowable(
                () -> caller().send(ask).toCompletableFuture().join().close());
        assertThat(thrown).isInstanceOf(CompletionException.class).hasCauseInstanceOf(HttpFailure.class);
        HttpFailure failure = (HttpFailure) thrown.getCause();
        assertThat(failure.getMessage()).hasSizeLessThanOrEqualTo(200).doesNotContain("Exception", "\n");
        return failure;
    }

    @Override
    public void close() {
        if (caller != null) {
            caller.close();
        }
        scheduler.close();
    }
}
