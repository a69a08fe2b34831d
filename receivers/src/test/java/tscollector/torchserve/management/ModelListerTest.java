package tscollector.torchserve.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tscollector.kit.http.HttpFailure;
import tscollector.testkit.ManualScheduler;
import tscollector.torchserve.ApiState;
import tscollector.torchserve.Captures;
import tscollector.torchserve.ErrorType;
import tscollector.torchserve.FakeHttp;
import tscollector.torchserve.FakeHttp.Reply;
import tscollector.torchserve.Outcome;
import tscollector.torchserve.SeriesBudget;
import tscollector.torchserve.ServerResource;
import tscollector.torchserve.Target;
import tscollector.torchserve.management.ModelLister.Listing;

class ModelListerTest {
    private final ManualScheduler scheduler = new ManualScheduler();
    private final FakeModels models = new FakeModels();
    private final FakeHttp http = new FakeHttp(scheduler, models);
    private final ModelLister lister = new ModelLister(
            http,
            Target.of("http://h:8081", new ServerResource("h", Map.of())),
            false,
            new SeriesBudget(Long.MAX_VALUE).open());

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 99, 100, 101, 198, 199, 200, 1000})
    void readsListsOfEverySize(int count) {
        models.with(count);
        Listing listing = read();

        assertThat(listing.outcome()).isEqualTo(Outcome.OK);
        assertThat(listing.complete()).isTrue();
        assertThat(names(listing)).isEqualTo(models.names());
        assertThat(listing.models()).allMatch(model -> (model.name() + ".mar").equals(model.url()));
        assertThat(http.openBodies()).isZero();
    }

    @Test
    void asksEachPageFromOneEntryBeforeItsToken() {
        models.with(250);
        read();

        assertThat(http.asked())
                .containsExactly(
                        "GET /models?limit=100",
                        "GET /models?limit=100&next_page_token=99",
                        "GET /models?limit=100&next_page_token=198");
    }

    @Test
    void readsRealPages() {
        http.server(ask -> Captures.reply(
                ask.uri().getRawQuery().contains("next_page_token") ? "paging/p04-page2" : "paging/p03-page1"));
        assertThat(read().complete()).isFalse(); // the capture's second page has no entry of the first

        http.server(ask -> Captures.reply("paging/p00-empty"));
        assertThat(read()).satisfies(listing -> {
            assertThat(listing.complete()).isTrue();
            assertThat(listing.models()).hasSizeLessThan(2);
        });
    }

    @Test
    void readsAgainWhenTheListMovesAndThenKnowsAll() {
        models.with(250);
        List<Runnable> changes = new ArrayList<>(List.of(() -> models.remove("m0005"), () -> models.add("m0004x")));
        models.afterPage(() -> {
            if (!changes.isEmpty()) {
                changes.remove(0).run();
            }
        });
        Listing listing = read();

        assertThat(listing.complete()).isTrue();
        assertThat(names(listing)).isEqualTo(models.names());
    }

    @Test
    void givesUpAfterFourReadsOfAListThatKeepsMoving() {
        models.with(250);
        List<String> gone = new ArrayList<>(models.names());
        models.afterPage(() -> models.remove(gone.remove(0)));
        Listing listing = read();

        assertThat(listing.complete()).isFalse();
        assertThat(listing.outcome()).isEqualTo(Outcome.OK); // it answers as it should
        assertThat(http.asked().stream().filter(ask -> ask.equals("GET /models?limit=100")))
                .hasSize(4);
    }

    @Test
    void seesThatTheBorderItselfIsGone() {
        models.with(150);
        boolean[] done = {false};
        models.afterPage(() -> {
            if (!done[0]) {
                done[0] = true;
                models.remove("m0099");
            }
        });
        Listing listing = read();

        assertThat(listing.complete()).isTrue();
        assertThat(names(listing)).isEqualTo(models.names()).doesNotContain("m0099");
    }

    @Test
    void seesThatEverythingBehindTheFirstPageIsGone() {
        models.with(100);
        boolean[] done = {false};
        models.afterPage(() -> {
            if (!done[0]) {
                done[0] = true;
                models.names().stream().skip(50).forEach(models::remove);
            }
        });

        assertThat(names(read())).hasSize(50);
    }

    @Test
    void neverTakesARepeatingPageForMore() {
        http.server(ask -> FakeModels.listOf("100", "a", "b", "c")); // as one that ignores next_page_token
        Listing listing = read();

        assertThat(listing.complete()).isFalse();
        assertThat(listing.outcome().state()).isEqualTo(ApiState.INVALID);
        assertThat(listing.outcome().errorType()).isEqualTo(ErrorType.PAGING_FAILED);
        assertThat(names(listing)).containsExactly("a", "b", "c");
        assertThat(http.asked()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-5", "abc", "99999999999999999999", "1.5"})
    void endsAtATokenThatIsNoOffset(String token) {
        http.server(ask -> FakeModels.listOf(token, "a"));
        Listing listing = read();

        assertThat(listing.complete()).isFalse();
        assertThat(listing.outcome().errorType()).isEqualTo(ErrorType.PAGING_FAILED);
        assertThat(http.asked()).hasSize(1);
    }

    @Test
    void endsAtAnEmptyPageThatPromisesMore() {
        for (String capture : List.of("paging/p08-limit-0", "paging/p14-token-overflow")) {
            http.server(ask -> Captures.reply(capture));
            assertThat(read().complete()).isFalse();
        }
        assertThat(http.asked()).hasSize(2);
    }

    @Test
    void endsAtThePageCap() {
        http.server(ask -> {
            String query = ask.uri().getRawQuery();
            int token = query.contains("token=") ? Integer.parseInt(query.substring(query.indexOf("token=") + 6)) : 0;
            return FakeModels.listOf(String.valueOf(token + 2), "m" + token, "m" + (token + 1));
        });
        Listing listing = read();

        assertThat(listing.complete()).isFalse();
        assertThat(listing.outcome().errorType()).isEqualTo(ErrorType.PAGING_FAILED);
        assertThat(http.asked()).hasSize(1000);
    }

    @Test
    void readsNoPageOfMoreModelsThanAnyServerGives() {
        String[] names = new String[10_001];
        for (int i = 0; i < names.length; i++) {
            names[i] = "m" + i;
        }
        http.server(ask -> FakeModels.listOf(null, names));
        Listing listing = read();

        assertThat(listing.outcome().errorType()).isEqualTo(ErrorType.MALFORMED_BODY);
        assertThat(listing.outcome().message()).contains("10000 models");
        assertThat(listing.models()).isEmpty();
    }

    @Test
    void keepsNothingOfAListForWhichThereIsNoMemory() {
        models.with(1000);
        SeriesBudget.Share memory = new SeriesBudget(0).open();
        ModelLister crowded =
                new ModelLister(http, Target.of("http://h:8081", new ServerResource("h", Map.of())), false, memory);
        var result = crowded.read(() -> Duration.ofSeconds(1)).toCompletableFuture();
        scheduler.runPending();

        Listing listing = result.join();
        assertThat(listing.complete()).isFalse();
        assertThat(listing.pages()).isZero();
        assertThat(listing.models()).isEmpty();
        assertThat(listing.outcome().errorType()).isEqualTo(ErrorType.OUT_OF_MEMORY);
        assertThat(http.asked().size()).isLessThan(10);
    }

    @Test
    void keepsWhatItGotWhenALaterPageFails() {
        models.with(150);
        for (Reply bad : List.of(
                Reply.of(500, "{}"),
                Reply.of(200, "no JSON"),
                Reply.of(200, "{}"),
                Reply.of(200, "[]"),
                Reply.of(200, "{\"models\": null}"),
                Reply.failure(HttpFailure.Type.TIMEOUT),
                Captures.reply("token/t05-models-notoken"))) {
            models.before(ask -> ask.uri().getRawQuery().contains("next_page_token") ? bad : null);
            Listing listing = read();

            assertThat(listing.complete()).isFalse();
            assertThat(listing.pages()).isEqualTo(1);
            assertThat(listing.outcome().isOk()).isFalse();
            assertThat(listing.models()).hasSize(100);
        }
        assertThat(http.openBodies()).isZero();
    }

    @Test
    void isNotCompleteWithEntriesWhoseNameCannotBeRead() {
        for (String body : List.of(
                "{\"models\":[{\"modelName\":\"a\"},{\"modelUrl\":\"b.mar\"}]}",
                "{\"models\":[{\"modelName\":\"a\"},{\"modelName\":7}]}",
                "{\"models\":[{\"modelName\":\"a\"},3]}",
                "{\"models\":[{\"modelName\":\"a\"}],\"nextPageToken\":[]}")) {
            http.server(ask -> Reply.of(200, body));
            Listing listing = read();

            assertThat(listing.outcome()).isEqualTo(Outcome.OK);
            assertThat(listing.complete()).isFalse();
            assertThat(listing.bad()).isPositive();
            assertThat(names(listing)).containsExactly("a");
        }
    }

    @Test
    void isCompleteWithAnEntryWithoutUrl() {
        http.server(ask -> Reply.of(200, "{\"models\":[{\"modelName\":\"a\"},{\"modelName\":\"b\",\"modelUrl\":5}]}"));

        assertThat(read().complete()).isTrue();
    }

    @Test
    void asksNothingWhenTheTimeIsOver() {
        Listing listing = read(Duration.ZERO);

        assertThat(listing.complete()).isFalse();
        assertThat(listing.outcome()).isEqualTo(ModelLister.OUT_OF_TIME);
        assertThat(http.asked()).isEmpty();
    }

    /**
     * Lists that change between pages at random: one that is called complete has every model that was there from the first
     * request to the last answer, and none that was never there meanwhile.
     */
    @Test
    void neverMissesAModelOfACompleteListWhateverHappensBetweenPages() {
        long seed = Long.getLong("seed", System.nanoTime());
        SplittableRandom random = new SplittableRandom(seed);
        int complete = 0;
        for (int round = 0; round < 3_000; round++) {
            FakeModels server = new FakeModels().with(random.nextInt(420));
            http.server(server);
            Set<String> always = new HashSet<>(server.names());
            Set<String> ever = new TreeSet<>(server.names());
            double unrest = random.nextDouble();
            server.afterPage(() -> {
                while (random.nextDouble() < unrest * 0.7) {
                    change(server, random);
                    ever.addAll(server.names());
                    always.retainAll(server.names());
                }
            });
            Listing listing = read();
            List<String> names = names(listing);
            if (!ever.containsAll(names) || new HashSet<>(names).size() != names.size()) {
                fail("a model that never was, or twice; seed " + seed + " round " + round);
            }
            if (listing.complete()) {
                complete++;
                if (!names.containsAll(always)) {
                    fail("a model is missing from a complete list; seed " + seed + " round " + round);
                }
            }
        }
        assertThat(complete).as("complete lists of 3000, seed " + seed).isBetween(1_000, 2_999);
    }

    private static void change(FakeModels server, SplittableRandom random) {
        List<String> names = server.names();
        if (random.nextBoolean() && !names.isEmpty()) {
            server.remove(names.get(random.nextInt(names.size())));
        } else {
            server.add(String.format("m%04d%c", random.nextInt(420), (char) ('a' + random.nextInt(26))));
        }
    }

    private Listing read() {
        return read(Duration.ofSeconds(5));
    }

    private Listing read(Duration timeout) {
        var result = lister.read(() -> timeout).toCompletableFuture();
        scheduler.advance(Duration.ofSeconds(1));
        return result.join();
    }

    private static List<String> names(Listing listing) {
        return listing.models().stream().map(ListedModel::name).toList();
    }

    @Test
    void strictTakesWhatIsEmptyForAnEmptyListAndNothingElse() throws Exception {
        for (String empty : List.of("{}", "{\"models\":{}}", "{\"models\":\"\"}", "{\"models\":[]}")) {
            assertThat(ListPage.read(empty.getBytes(StandardCharsets.UTF_8), true)
                            .models())
                    .as(empty)
                    .isEmpty();
        }
        for (String other : List.of(
                "{\"models\":{\"a\":1,\"models\":[]}}",
                "{\"models\":\"a\"}",
                "{\"models\":true}",
                "{\"models\":null}")) {
            assertThatThrownBy(() -> ListPage.read(other.getBytes(StandardCharsets.UTF_8), true))
                    .as(other)
                    .isInstanceOf(MalformedAnswerException.class);
        }
        assertThatThrownBy(() -> ListPage.read("{\"models\":{}}".getBytes(StandardCharsets.UTF_8), false))
                .isInstanceOf(MalformedAnswerException.class);
    }
}
