package tscollector.exporter.datadog;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import tscollector.component.BuildContext;
import tscollector.consumer.DeliveryException;
import tscollector.datadog.ApiKey;
import tscollector.kit.http.HttpAnswer;
import tscollector.kit.http.HttpAsk;
import tscollector.kit.http.HttpCaller;
import tscollector.kit.http.HttpFailure;

/**
 * One Datadog intake: posts payloads and says what became of them. It tries once; who calls decides by the exception whether the
 * same payload is to be tried again, halved or given up.
 *
 * <p>Threads: {@link #post} blocks, on threads of the blocking lane, several at once.
 *
 * @see <a href="https://docs.datadoghq.com/api/latest/">Datadog's API reference</a>
 */
final class Intake implements Shipment.Post {
    static final String KEY_HEADER = "DD-API-KEY";

    /** How long a refused key rests; it may become valid by itself, and its file is read again before the next try. */
    static final Duration REFUSED_KEY_WAIT = Duration.ofMinutes(1);

    /** From here on a wait that the intake asks for is told. */
    private static final Duration LONG_WAIT = Duration.ofMinutes(2);

    private static final String KEY_STATE = "key";

    private static final Duration WARNING_PERIOD = Duration.ofMinutes(1);

    private final BuildContext context;
    private final HttpCaller caller;
    private final Addresses addresses;
    private final ApiKey key;
    private final Compression compression;
    private final Duration timeout;
    private final ExporterHealth health;
    private final ClockWatch clocks;
    private volatile boolean keyIsRefused;

    Intake(BuildContext context, DatadogConfig config, HttpCaller caller, ApiKey key, ExporterHealth health) {
        this.context = context;
        this.caller = caller;
        this.addresses = Addresses.of(config);
        this.key = key;
        this.compression = config.compression();
        this.timeout = config.timeout();
        this.health = health;
        this.clocks = new ClockWatch(context);
        context.telemetry().state(KEY_STATE, "not known yet");
    }

    /** A body as {@link #post} sends it, compressed as the user wants; look at {@link Payload#fits} before posting. */
    @Override
    public Payload payload(Route route, String contentType, byte[] plain) {
        return compression.at(route).payload(contentType, plain);
    }

    /**
     * Posts one payload and waits for the answer. Returns when the intake has taken all of it.
     *
     * @throws TooLarge the intake found it too large (413); nothing was taken
     * @throws DeliveryException nothing is known to be taken. Permanent: it never will be (400 and the like). Retryable: no
     *     answer, a refused key (with a wait of its own), an intake that is busy, down or not the one we think; with the wait the
     *     intake asked for
     * @throws InterruptedException the time is up
     */
    @Override
    public void post(Route route, Payload payload) throws DeliveryException, TooLarge, InterruptedException {
        if (keyIsRefused) {
            key.renew();
        }
        URI uri = addresses.of(route);
        Map<String, String> headers = new HashMap<>();
        headers.put(KEY_HEADER, key.reveal());
        headers.put("Content-Type", payload.contentType());
        if (payload.contentEncoding() != null) {
            headers.put("Content-Encoding", payload.contentEncoding());
        }
        try (HttpAnswer answer = await(HttpAsk.post(uri, headers, payload.body(), timeout))) {
            tell(route, answer);
            clocks.look(answer);
            judge(route, uri, answer);
        } catch (HttpFailure e) {
            tellNoAnswer(route);
            throw DeliveryException.retryable(where(uri) + ": " + e.getMessage(), e);
        }
    }

    /**
     * Asks whether the key is good; completes on a thread of the scheduler, always with a verdict: no answer is none to hold against
     * the key.
     */
    CompletionStage<KeyVerdict> validateKey() {
        if (keyIsRefused) {
            key.renew();
        }
        URI uri = addresses.of(Route.VALIDATE);
        HttpAsk ask = new HttpAsk("GET", uri, Map.of(KEY_HEADER, key.reveal()), timeout, HttpAsk.KeyRole.NONE);
        return caller.send(ask).handle((answer, failure) -> {
            if (answer == null) {
                tellNoAnswer(Route.VALIDATE);
                return KeyVerdict.UNKNOWN;
            }
            try (answer) {
                tell(Route.VALIDATE, answer);
                clocks.look(answer);
                return verdict(uri, answer);
            }
        });
    }

    private void tell(Route route, HttpAnswer answer) {
        context.telemetry().count(route.word() + " answered " + answer.status(), 1);
        context.telemetry().state(route.word(), String.valueOf(answer.status()));
    }

    private void tellNoAnswer(Route route) {
        context.telemetry().count(route.word() + " without answer", 1);
        context.telemetry().state(route.word(), "no answer");
    }

    /** What the last refusal of the key means, in a sentence without a full stop. */
    String refusedKey(URI uri, int status) {
        return where(uri) + " does not accept the API key " + key + " (HTTP " + status
                + "); is it a key of this site, and still valid?";
    }

    private KeyVerdict verdict(URI uri, HttpAnswer answer) {
        int status = answer.status();
        if (status == 403) {
            refuseKey(uri, status);
            return KeyVerdict.REFUSED;
        }
        if (status == 200 && Verdict.of(answer) == Verdict.TAKEN) {
            acceptKey();
            return KeyVerdict.VALID;
        }
        return KeyVerdict.UNKNOWN;
    }

    private void judge(Route route, URI uri, HttpAnswer answer) throws DeliveryException, TooLarge {
        int status = answer.status();
        switch (Verdict.of(answer)) {
            case TAKEN -> {
                acceptKey();
                warnAboutErrors(route, answer);
            }
            case KEY_REFUSED -> {
                refuseKey(uri, status);
                boolean another = key.renew();
                throw DeliveryException.retryable(refusedKey(uri, status), null, another ? null : REFUSED_KEY_WAIT);
            }
            case TOO_LARGE -> throw new TooLarge(text(uri, answer));
            case REFUSED -> throw DeliveryException.permanent(text(uri, answer));
            case TRY_AGAIN -> {
                Duration wait = Verdict.retryAfter(answer, context.clock().now());
                tellLongWait(route, uri, wait);
                UnsureAnswer cause = UnsureAnswer.is(status) ? new UnsureAnswer(status) : null;
                throw DeliveryException.retryable(text(uri, answer), cause, wait);
            }
            case WRONG_PLACE -> {
                String text = text(uri, answer);
                warn("wrong place " + route, text + "; is that the intake, or a proxy in between?");
                throw DeliveryException.retryable(text);
            }
        }
    }

    /** Otherwise nobody would know why nothing is tried for so long. */
    private void tellLongWait(Route route, URI uri, @Nullable Duration wait) {
        if (wait != null && wait.compareTo(LONG_WAIT) >= 0) {
            warn(
                    "wait " + route,
                    where(uri) + " asks to be left alone; the next try is in " + wait.toMinutes()
                            + " min, and what is to be sent waits");
        }
    }

    private void warnAboutErrors(Route route, HttpAnswer answer) {
        String said = AnswerText.errors(answer.body(), key.reveal());
        if (!said.isEmpty()) {
            warn("errors " + route, "The intake took " + route.word() + " with errors. said=\"" + said + "\"");
        }
    }

    private void acceptKey() {
        keyIsRefused = false;
        context.telemetry().state(KEY_STATE, "valid");
        health.keyAccepted();
    }

    private void refuseKey(URI uri, int status) {
        keyIsRefused = true;
        context.telemetry().state(KEY_STATE, "refused");
        health.keyRefused(refusedKey(uri, status));
        warn("key refused", refusedKey(uri, status));
    }

    private void warn(String warningKey, String text) {
        context.telemetry().warnOncePer(WARNING_PERIOD, warningKey, text);
    }

    private String text(URI uri, HttpAnswer answer) {
        String said = AnswerText.of(answer.body(), key.reveal());
        return where(uri) + " answered HTTP " + answer.status() + (said.isEmpty() ? "" : ": " + said);
    }

    private static String where(URI uri) {
        return uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort())
                + uri.getRawPath();
    }

    private HttpAnswer await(HttpAsk ask) throws HttpFailure, InterruptedException {
        CompletionStage<HttpAnswer> answer = caller.send(ask);
        try {
            return answer.toCompletableFuture().get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof HttpFailure failure) {
                throw failure;
            }
            throw new IllegalStateException("the HTTP client failed", e.getCause());
        } catch (InterruptedException e) {
            answer.thenAccept(HttpAnswer::close); // whenever it comes, it must give its memory back
            throw e;
        }
    }
}
