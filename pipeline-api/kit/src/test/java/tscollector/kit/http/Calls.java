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
    private HttpClientConfig config = HttpClientConfig.defaults();
    private Names.Lookup lookup = InetAddress::getAllByName;
    private BodyBudget budget = new BodyBudget(64 << 20);
    private HttpCaller caller;

    Calls auth(AuthConfig auth) {
        config = new HttpClientConfig(
                config.headers(),
                config.tls(),
                auth,
                config.proxyUrl(),
                config.followRedirects(),
                config.bodySizeLimit());
        return this;
    }

    Calls tls(TlsConfig tls) {
        config = new HttpClientConfig(
                config.headers(),
                tls,
                config.auth(),
                config.proxyUrl(),
                config.followRedirects(),
                config.bodySizeLimit());
        return this;
    }

    Calls proxy(String url) {
        config = new HttpClientConfig(
                config.headers(), config.tls(), config.auth(), url, config.followRedirects(), config.bodySizeLimit());
        return this;
    }

    Calls following() {
        config = new HttpClientConfig(
                config.headers(), config.tls(), config.auth(), config.proxyUrl(), true, config.bodySizeLimit());
        return this;
    }

    Calls bodyLimit(long bytes) {
        config = new HttpClientConfig(
                config.headers(),
                config.tls(),
                config.auth(),
                config.proxyUrl(),
                config.followRedirects(),
                new DataSize(bytes));
        return this;
    }

    Calls header(String name, String value) {
        headers.put(name, new Secret(value));
        config = new HttpClientConfig(
                headers,
                config.tls(),
                config.auth(),
                config.proxyUrl(),
                config.followRedirects(),
                config.bodySizeLimit());
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

    SystemScheduler scheduler() {
        return scheduler;
    }

    synchronized HttpCaller caller() {
        if (caller == null) {
            try {
                BuildContext context = new TestContext("test/http").build(scheduler, Clock.getDefault());
                caller = HttpCallers.create(config, context, environment, lookup, budget);
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
