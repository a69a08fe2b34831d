package tscollector.torchserve.management;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tscollector.kit.http.HttpAnswer;
import tscollector.kit.http.HttpCaller;
import tscollector.torchserve.Api;
import tscollector.torchserve.ErrorType;
import tscollector.torchserve.Outcome;
import tscollector.torchserve.Target;

/**
 * Describes one model: {@code GET /models/X/all}, and {@code GET /models/X} only where the first does not tell which version is the
 * default. Stateless.
 */
final class ModelDescriber {
    /**
     * What became of it.
     *
     * @param outcome ok also for a model that is gone
     * @param described null if nothing could be read, or the model is gone (404)
     * @param defaultVersion null if it could not be told
     * @param listUrl what the list said about the model then
     * @param bodyBytes of all answers
     * @param atNanos monotonic time of the answer
     */
    record Result(
            Outcome outcome,
            @Nullable Described described,
            @Nullable String defaultVersion,
            @Nullable String listUrl,
            long bodyBytes,
            long atNanos) {

        boolean timedOut() {
            return outcome.errorType() == ErrorType.TIMEOUT;
        }

        /** The same as if nothing could be read. */
        Result withoutDescribed() {
            return new Result(outcome, null, null, listUrl, bodyBytes, atNanos);
        }

        /** The default version as of now, when the list may say something else than then; null if it cannot be told. */
        @Nullable
        String defaultVersion(@Nullable String listUrlNow) {
            String byUrl = described == null ? null : defaultByUrl(described, listUrlNow);
            return byUrl != null || !Objects.equals(listUrl, listUrlNow) ? byUrl : defaultVersion;
        }
    }

    private final HttpCaller caller;
    private final Target target;
    private final boolean strict;
    private final Supplier<Long> nanoTime;

    /**
     * A describer.
     *
     * @param strict whether answers are read as the official check does, and the default version is never asked for
     */
    ModelDescriber(HttpCaller caller, Target target, boolean strict, Supplier<Long> nanoTime) {
        this.strict = strict;
        this.caller = caller;
        this.target = target;
        this.nanoTime = nanoTime;
    }

    /** Asks; never waits. The stage ends normally whatever the server does. */
    CompletionStage<Result> describe(ListedModel model, Supplier<Duration> timeout) {
        return get(model, "/all", timeout).thenCompose(all -> {
            if (all.described() == null || all.described().versions().isEmpty()) {
                return CompletableFuture.completedStage(all);
            }
            String known = defaultByUrl(all.described(), model.url());
            return known != null || strict
                    ? CompletableFuture.completedStage(withDefault(all, known, 0))
                    : get(model, "", timeout).thenApply(one -> withDefault(all, onlyVersion(one), one.bodyBytes()));
        });
    }

    /** The only version, else the only one whose URL is the list's; null where none or several are. */
    static @Nullable String defaultByUrl(Described described, @Nullable String listUrl) {
        String found = null;
        boolean single = described.length() == 1;
        for (Described.Version version : described.versions()) {
            if (single || (listUrl != null && listUrl.equals(version.url()))) {
                if (found != null) {
                    return null;
                }
                found = version.version();
            }
        }
        return found;
    }

    private CompletionStage<Result> get(ListedModel model, String suffix, Supplier<Duration> timeout) {
        Duration left = timeout.get();
        if (left.isNegative() || left.isZero()) {
            return CompletableFuture.completedStage(failed(ModelLister.OUT_OF_TIME, model, 0));
        }
        return caller.send(target.askBelow(Api.MANAGEMENT, model.path() + suffix, left))
                .handle((answer, failure) ->
                        failure == null ? read(answer, model) : failed(Outcome.ofCall(failure), model, 0));
    }

    private Result read(HttpAnswer answer, ListedModel model) {
        try (answer) {
            int bytes = answer.body().length;
            if (answer.status() == 404) {
                return failed(Outcome.OK, model, bytes); // it was removed since the list was read
            }
            Outcome outcome = Outcome.ofStatus(answer);
            if (!outcome.isOk()) {
                return failed(outcome, model, bytes);
            }
            try {
                Described described = Described.read(answer.body(), strict);
                return new Result(outcome, described, null, model.url(), bytes, nanoTime.get());
            } catch (MalformedAnswerException e) {
                Outcome malformed = Outcome.invalid(ErrorType.MALFORMED_BODY, String.valueOf(e.getMessage()));
                return failed(malformed, model, bytes);
            }
        }
    }

    private Result failed(Outcome outcome, ListedModel model, long bytes) {
        return new Result(outcome, null, null, model.url(), bytes, nanoTime.get());
    }

    private static Result withDefault(Result all, @Nullable String version, long moreBytes) {
        return new Result(
                all.outcome(), all.described(), version, all.listUrl(), all.bodyBytes() + moreBytes, all.atNanos());
    }

    private static @Nullable String onlyVersion(Result one) {
        return one.described() == null || one.described().versions().size() != 1
                ? null
                : one.described().versions().get(0).version();
    }
}
