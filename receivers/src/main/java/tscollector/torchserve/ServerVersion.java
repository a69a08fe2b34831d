package tscollector.torchserve;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tscollector.component.BuildContext;
import tscollector.kit.http.HttpAnswer;
import tscollector.kit.http.HttpCaller;
import tscollector.time.Scheduler.Cancellable;

/**
 * Learns a server's version from the API description that TorchServe gives for {@code OPTIONS /} on each address, always without
 * a key: beside the first run, and again when it answers after it was not reachable. That it fails harms nothing; it is tried
 * again after the next outage. Of all receivers of one server one asks. Thread-safe.
 */
public final class ServerVersion {
    private static final int LONGEST_VERSION = 64;
    /** A run that was faster waits as long; nobody sees so short a delay, and a description of 100 KB fits into it. */
    private static final Duration SHORTEST_WAIT = Duration.ofMillis(200);

    private static final CompletionStage<Void> NOW = CompletableFuture.completedStage(null);

    private final @Nullable HttpCaller caller;
    private final ServerResource server;
    private final Duration timeout;
    private final BuildContext context;

    private ServerVersion(@Nullable HttpCaller caller, ServerResource server, Duration timeout, BuildContext context) {
        this.caller = caller;
        this.server = server;
        this.timeout = timeout;
        this.context = context;
    }

    /** For receivers that ask. */
    public static ServerVersion asking(
            HttpCaller caller, ServerResource server, Duration timeout, BuildContext context) {
        return new ServerVersion(caller, server, timeout, context);
    }

    /** For receivers that ask nothing and only hear of what others learn. */
    public static ServerVersion hearing(ServerResource server, BuildContext context) {
        return new ServerVersion(null, server, Duration.ZERO, context);
    }

    /** The view of one API of the server; for the runs of one scraper, one at a time. */
    public Watch watch(Target target) {
        return new Watch(target);
    }

    private void ask(Target target) {
        if (caller == null || !server.known().beginsQuestion()) {
            return; // another API of the server asked, or is asking
        }
        caller.send(target.askOptions(timeout)).whenComplete((answer, failure) -> {
            String version = null;
            try {
                if (failure == null) {
                    version = read(answer);
                } else {
                    context.logger().debug("No server version. target={} error=\"{}\"", target, failure.getMessage());
                }
            } finally {
                server.known().answered(version);
            }
        });
    }

    /** Until the question that is under way, if any, is answered or the time is over. */
    private CompletionStage<Void> answered(Duration atMost) {
        CompletableFuture<Void> question = server.known().question();
        if (question == null) {
            return NOW;
        }
        CompletableFuture<Void> ready = new CompletableFuture<>();
        Cancellable timer = context.scheduler().schedule(atMost, () -> ready.complete(null));
        CompletableFuture<Void> unused = question.thenRun(() -> {
            timer.cancel();
            ready.complete(null);
        });
        return ready;
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
        private boolean hasBegun;
        private boolean askedAhead;

        private Watch(Target target) {
            this.target = target;
        }

        /** To be told when a run begins: the first one asks for the version at the same time. */
        public void begin() {
            askedAhead = !hasBegun;
            if (!hasBegun) {
                hasBegun = true;
                ask(target);
            }
        }

        /**
         * To be told how each run ended, before its batches are made.
         *
         * @param elapsed how long the run took
         * @return when the resource may be taken: at once but for the first answer of a server, and the first after it was away;
         *     these wait for the version as long as the run itself took, or a fifth of a second
         */
        public CompletionStage<Void> ended(Outcome outcome, Duration elapsed) {
            if (outcome.isOurEnd()) {
                return NOW;
            }
            boolean isAway = outcome.state() == ApiState.UNREACHABLE;
            boolean isBack = wasAway && !isAway;
            wasAway = isAway;
            if (isAway && caller != null) {
                server.known().doubt();
            }
            if (!isBack) {
                return NOW;
            }
            if (!askedAhead) {
                ask(target);
            }
            return answered(elapsed.compareTo(SHORTEST_WAIT) > 0 ? elapsed : SHORTEST_WAIT);
        }
    }
}
