package tscollector.torchserve.management;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tscollector.kit.http.HttpAnswer;
import tscollector.kit.http.HttpCaller;
import tscollector.torchserve.Api;
import tscollector.torchserve.ApiState;
import tscollector.torchserve.ErrorType;
import tscollector.torchserve.Outcome;
import tscollector.torchserve.SeriesBudget;
import tscollector.torchserve.Target;

/**
 * Reads the whole list of models, page by page, and knows whether it got all of it.
 *
 * <p>A page's token is an offset into the list as it is at the moment of the request, so a model that is removed between two
 * pages makes the next one skip another. Each page is therefore asked from one entry before its token: the server sorts by name,
 * and if that entry is the last one of the page before, nothing moved across the border. If it is not, the list is read again from
 * its beginning. One list at a time; the pages of one list come one after another.
 */
final class ModelLister {
    /** The most that TorchServe gives, and what it gives for anything above. */
    private static final int PAGE_SIZE = 100;

    private static final int MOST_READS = 4; // the first, and three more when the list moves
    private static final int MOST_PAGES = 1_000;
    /** Characters of all names and URLs together: 100,000 models with long ones. */
    private static final long MOST_TEXT = 16_000_000;

    /** A listed model, what is known of it, its entry in the inventory and in the record made of that: an estimate. */
    private static final long BYTES_PER_MODEL = 1_000;

    private static final long TIMES_TEXT = 2;

    private static final Outcome ENDLESS = Outcome.invalid(
            ErrorType.PAGING_FAILED, "the pages of the model list do not come to an end: nextPageToken does not grow");
    private static final Outcome NO_MEMORY = Outcome.invalid(
            ErrorType.OUT_OF_MEMORY,
            "no memory for the model list: what is known of all servers holds what models and series may use");
    private static final Outcome TOO_LONG =
            Outcome.invalid(ErrorType.PAGING_FAILED, "the model list is longer than this program reads");
    static final Outcome OUT_OF_TIME = new Outcome(
            ApiState.UNREACHABLE, ErrorType.TIMEOUT, "run_timeout was over before the answers were complete");

    /**
     * What became of it.
     *
     * @param outcome ok also for a list that kept moving; otherwise why the last page that was asked could not be used
     * @param complete whether {@code models} are all models, and the list did not move while it was read
     * @param pages pages read in the last try
     * @param models those read in the last try, in the server's order
     * @param entries those of all pages of the last try, the same name more than once included
     * @param bodyBytes of all pages of all tries
     * @param bad fields that are not what they should be, in the last try
     */
    record Listing(
            Outcome outcome,
            boolean complete,
            int pages,
            List<ListedModel> models,
            int entries,
            long bodyBytes,
            int bad) {}

    private final HttpCaller caller;
    private final Target target;
    private final boolean strict;
    private final SeriesBudget.Share memory;

    /**
     * A lister.
     *
     * @param strict whether, as with the official check, pages do not overlap, an answer without models is an empty list, and a list
     *     counts as complete if a later page is refused or cannot be read
     * @param memory what the list takes is taken from; holds that of the last one afterwards
     */
    ModelLister(HttpCaller caller, Target target, boolean strict, SeriesBudget.Share memory) {
        this.strict = strict;
        this.caller = caller;
        this.target = target;
        this.memory = memory;
    }

    /**
     * Reads the list; never waits.
     *
     * @param timeout of each page; zero or negative when there is no time left
     */
    CompletionStage<Listing> read(Supplier<Duration> timeout) {
        Reading reading = new Reading(timeout);
        reading.restart();
        return reading.result;
    }

    /** What these are to hold of the memory. */
    static long bytes(Collection<ListedModel> models) {
        return bytes(
                models.size(),
                models.stream().mapToLong(ListedModel::textLength).sum());
    }

    private static long bytes(int models, long text) {
        return BYTES_PER_MODEL * models + TIMES_TEXT * text;
    }

    /** One list on its way: each answer, on whatever thread, asks for the next page or ends it. */
    private final class Reading {
        private final CompletableFuture<Listing> result = new CompletableFuture<>();
        private final Supplier<Duration> timeout;
        private final Map<String, ListedModel> models = new LinkedHashMap<>();
        private int entries;
        private int reads;
        private int pages;
        private int bad;
        private int lost;
        private long text;
        private long bodyBytes;
        private long token; // of the page that is asked; 0 for the first
        private @Nullable String border; // the last name of the page before
        private final long memoryBefore = memory.bytes();

        Reading(Supplier<Duration> timeout) {
            this.timeout = timeout;
        }

        void restart() {
            reads++;
            models.clear();
            pages = 0;
            entries = 0;
            bad = 0;
            lost = 0;
            text = 0;
            token = 0;
            border = null;
            ask();
        }

        private void ask() {
            Duration left = timeout.get();
            if (left.isNegative() || left.isZero()) {
                end(OUT_OF_TIME, false);
                return;
            }
            long from = strict ? token : token - 1;
            String query = "limit=" + PAGE_SIZE + (token == 0 ? "" : "&next_page_token=" + from);
            caller.send(target.ask(Api.MANAGEMENT, "/models", query, left)).whenComplete((answer, failure) -> {
                try {
                    if (failure != null) {
                        end(Outcome.ofCall(failure), false);
                    } else {
                        onAnswer(answer);
                    }
                } catch (RuntimeException e) {
                    result.completeExceptionally(e);
                }
            });
        }

        private void onAnswer(HttpAnswer answer) {
            ListPage page;
            try (answer) {
                bodyBytes += answer.body().length;
                Outcome outcome = Outcome.ofStatus(answer);
                if (!outcome.isOk()) {
                    endWithAnswer(outcome);
                    return;
                }
                page = ListPage.read(answer.body(), strict);
            } catch (MalformedAnswerException e) {
                endWithAnswer(Outcome.invalid(ErrorType.MALFORMED_BODY, String.valueOf(e.getMessage())));
                return;
            }
            onPage(page);
        }

        private void onPage(ListPage page) {
            long next = next(page);
            boolean moved = !strict && border != null && !beginsWith(page, border);
            boolean repeated = next >= 0 && next <= token;
            if (moved && !repeated && reads < MOST_READS) {
                restart();
                return;
            }
            pages++;
            bad += page.bad();
            lost += page.lost();
            entries += page.models().size();
            for (ListedModel model : page.models()) {
                text += model.textLength();
                models.putIfAbsent(model.name(), model);
                border = model.name();
            }
            if (!memory.resize(Math.max(memoryBefore, bytes(models.size(), text)))) {
                models.clear();
                pages = 0;
                end(NO_MEMORY, false);
            } else if (moved || repeated) {
                end(repeated ? ENDLESS : Outcome.OK, false);
            } else if (next < 0) {
                end(Outcome.OK, lost == 0);
            } else if (page.models().isEmpty()) {
                end(ENDLESS, false);
            } else if (pages >= MOST_PAGES || text > MOST_TEXT) {
                end(TOO_LONG, false);
            } else {
                token = next;
                ask();
            }
        }

        /** An answer came that cannot be used. */
        private void endWithAnswer(Outcome outcome) {
            boolean isTakenAsWhole = strict && pages > 0;
            end(isTakenAsWhole ? Outcome.OK : outcome, isTakenAsWhole);
        }

        private void end(Outcome outcome, boolean complete) {
            List<ListedModel> all = new ArrayList<>(models.values());
            result.complete(new Listing(outcome, complete, pages, all, entries, bodyBytes, bad + lost));
        }
    }

    /** The page's token; -1 if it has none, 0 for one that is no offset into a list, which never grows. */
    private static long next(ListPage page) {
        String token = page.nextPageToken();
        if (token == null) {
            return -1;
        }
        boolean number =
                !token.isEmpty() && token.length() <= 18 && token.chars().allMatch(c -> c >= '0' && c <= '9');
        return number ? Long.parseLong(token) : 0;
    }

    private static boolean beginsWith(ListPage page, String name) {
        return !page.models().isEmpty() && page.models().get(0).name().equals(name);
    }
}
