package tscollector.torchserve;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tscollector.kit.http.HttpAnswer;
import tscollector.kit.http.HttpCaller;

/**
 * Learns a server's version from the API description that TorchServe gives for {@code OPTIONS /} on each address, always without
 * a key: once when it first answers, and again after it was not reachable. That it fails harms nothing; it is tried again after
 * the next outage. Thread-safe.
 */
public final class ServerVersion {
    private static final int LONGEST_VERSION = 64;

    private final HttpCaller caller;
    private final ServerResource server;
    private final Duration timeout;
    private final Logger logger;
    private final AtomicBoolean underWay = new AtomicBoolean();
    private volatile boolean known; // since any of the server's APIs was away

    public ServerVersion(HttpCaller caller, ServerResource server, Duration timeout, Logger logger) {
        this.caller = caller;
        this.server = server;
        this.timeout = timeout;
        this.logger = logger;
    }

    /** The view of one API of the server; for the runs of one scraper, one at a time. */
    public Watch watch(Target target) {
        return new Watch(target);
    }

    private void probe(Target target) {
        if (known || !underWay.compareAndSet(false, true)) {
            return; // another API of the server asked, or is asking
        }
        caller.send(target.askOptions(timeout)).whenComplete((answer, failure) -> {
            if (failure != null) {
                logger.debug("No server version. target={} error=\"{}\"", target.site(), failure.getMessage());
            } else {
                learn(read(answer));
            }
            underWay.set(false);
        });
    }

    private void learn(@Nullable String version) {
        if (version != null) {
            known = true;
            server.version(version);
        }
    }

    private static @Nullable String read(HttpAnswer answer) {
        try (answer) {
            return answer.status() == 200 ? read(answer.body()) : null;
        }
    }

    /** {@code info.version} of an OpenAPI description, or null if there is none that can be used. */
    static @Nullable String read(byte[] body) {
        try (JsonParser json = JsonReading.parser(body)) {
            if (json.nextToken() != JsonToken.START_OBJECT || !find(json, "info")) {
                return null;
            }
            if (json.currentToken() != JsonToken.START_OBJECT || !find(json, "version")) {
                return null;
            }
            return json.currentToken() == JsonToken.VALUE_STRING ? usable(json.getString()) : null;
        } catch (JacksonException e) {
            return null; // another kind of server
        }
    }

    /** Goes to the value of {@code name} in the object that has just begun; false if it has none. */
    private static boolean find(JsonParser json, String name) {
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            boolean found = json.currentName().equals(name);
            json.nextToken();
            if (found) {
                return true;
            }
            json.skipChildren();
        }
        return false;
    }

    private static @Nullable String usable(String version) {
        boolean plain = StandardCharsets.US_ASCII.newEncoder().canEncode(version)
                && version.chars().noneMatch(Character::isISOControl);
        return plain && !version.isBlank() && version.length() <= LONGEST_VERSION ? version : null;
    }

    /** Sees when the server comes back as one of its APIs shows it. */
    public final class Watch {
        private final Target target;
        private boolean wasAway = true;

        private Watch(Target target) {
            this.target = target;
        }

        /** To be told how each run ended, once its batches are handed on. */
        public void run(Outcome outcome) {
            boolean away = outcome.state() == ApiState.UNREACHABLE;
            if (away) {
                known = false; // it may come back as another version
            } else if (wasAway) {
                probe(target);
            }
            wasAway = away;
        }
    }
}
