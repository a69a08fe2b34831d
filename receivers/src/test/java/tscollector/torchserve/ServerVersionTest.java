package tscollector.torchserve;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tscollector.kit.http.HttpFailure;
import tscollector.testkit.ManualScheduler;
import tscollector.testkit.TestContext;

class ServerVersionTest {
    private static final Outcome AWAY = new Outcome(ApiState.UNREACHABLE, ErrorType.TIMEOUT, "x");
    private static final Outcome KEY = new Outcome(ApiState.AUTH_FAILED, ErrorType.INVALID_KEY, "x");

    private static final FakeHttp.Reply DESCRIPTION = FakeHttp.Reply.of(200, "{\"info\":{\"version\":\"0.12.0\"}}");

    private final TestContext test = new TestContext("torchserve_management");
    private final ManualScheduler scheduler = test.scheduler();
    private final FakeHttp http = new FakeHttp(scheduler, ask -> DESCRIPTION);
    private final ServerResource server = new ServerResource("h:8080", Map.of());
    private final Target target = Target.of("http://h:8081", server);
    private final ServerVersion version = ServerVersion.asking(http, server, Duration.ofSeconds(5), test.build());

    @Test
    void readsTheVersionOfARealServer() {
        assertThat(ServerVersion.read(Captures.body("prometheus/c17-options-root-management")))
                .isEqualTo("0.12.0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "<html>",
                "{\"info\":[]}",
                "{\"info\":{}}",
                "{\"info\":{\"version\":12}}",
                "{\"info\":{\"version\":\" \"}}",
                "{\"info\":{\"version\":\"a\\nb\"}}",
                "{\"info\":{\"version\":\"\u00e4\"}}",
                "{\"x\":{\"info\":{\"version\":\"1\"}}}",
                "{\"info\":{\"version\":\"12345678901234567890123456789012345678901234567890123456789012345\"}}",
                "{\"info\":{\"x\":\"1\""
            })
    void takesNothingElseForAVersion(String body) {
        assertThat(ServerVersion.read(body.getBytes(StandardCharsets.UTF_8))).isNull();
    }

    @Test
    void findsItBehindOtherFields() {
        String body =
                "{\"openapi\":\"3\",\"x\":{\"version\":\"9\"},\"info\":{\"title\":[1,{}],\"version\":\"0.12.0\"}}";

        assertThat(ServerVersion.read(body.getBytes(StandardCharsets.UTF_8))).isEqualTo("0.12.0");
    }

    @Test
    void asksAtTheFirstAnswerAndAfterAnOutage() {
        ServerVersion.Watch watch = version.watch(target);

        watch.ended(AWAY, Duration.ZERO);
        assertThat(http.asked()).isEmpty();
        watch.ended(KEY, Duration.ZERO);
        scheduler.runPending();
        watch.ended(Outcome.OK, Duration.ZERO);
        watch.ended(Outcome.OK, Duration.ZERO);
        assertThat(http.asked()).containsExactly("OPTIONS /");
        assertThat(Points.text(server.current().getAttributes())).contains("service.version=\"0.12.0\"");

        watch.ended(AWAY, Duration.ZERO);
        watch.ended(Outcome.OK, Duration.ZERO);
        assertThat(http.asked()).hasSize(2);
    }

    @Test
    void asksOnceForSeveralApisOfAServerThatStartTogether() {
        version.watch(target).ended(Outcome.OK, Duration.ZERO);
        version.watch(Target.of("http://h:8080", server)).ended(Outcome.OK, Duration.ZERO);

        assertThat(http.asked()).hasSize(1);
    }

    @Test
    void asksNoMoreOnceAnotherApiOfTheServerHasTold() {
        ServerVersion.Watch models = version.watch(target);
        version.watch(Target.of("http://h:8080", server)).ended(Outcome.OK, Duration.ZERO);
        scheduler.runPending();
        models.ended(Outcome.OK, Duration.ZERO);
        assertThat(http.asked()).hasSize(1);

        models.ended(AWAY, Duration.ZERO);
        models.ended(Outcome.OK, Duration.ZERO);
        assertThat(http.asked()).hasSize(2);
    }

    @Test
    void livesWithServersThatDoNotSay() {
        http.server(ask -> FakeHttp.Reply.of(405, "{\"info\":{\"version\":\"0.12.0\"}}"));
        version.watch(target).ended(Outcome.OK, Duration.ZERO);
        scheduler.runPending();
        http.server(ask -> FakeHttp.Reply.failure(HttpFailure.Type.TIMEOUT));
        version.watch(target).ended(Outcome.OK, Duration.ZERO);
        scheduler.runPending();

        assertThat(http.asked()).hasSize(2);
        assertThat(http.openBodies()).isZero();
        assertThat(Points.text(server.current().getAttributes())).doesNotContain("version");
    }

    @Test
    void leavesAVersionThatTheUserSet() {
        ServerResource own = new ServerResource("h", Map.of("service.version", "mine"));
        var before = own.current();
        own.version("0.12.0");

        assertThat(own.current()).isSameAs(before);

        assertThat(Points.text(own.current().getAttributes())).contains("service.version=\"mine\"");
    }

    @Test
    void asksBesideTheFirstRunAndNotAgainWhenThatBroughtNothing() {
        http.server(ask -> FakeHttp.Reply.of(405, ""));
        ServerVersion.Watch watch = version.watch(target);
        for (int i = 0; i < 3; i++) {
            watch.begin();
            scheduler.runPending();
            watch.ended(Outcome.OK, Duration.ZERO);
        }

        assertThat(http.asked()).containsExactly("OPTIONS /");
    }

    @Test
    void theFirstRunWaitsForTheVersionAsLongAsItTookItself() {
        http.server(ask -> DESCRIPTION.after(Duration.ofMillis(900)));
        ServerVersion.Watch watch = version.watch(target);
        watch.begin();
        scheduler.advance(Duration.ofMillis(600));
        var ready = watch.ended(Outcome.OK, Duration.ofMillis(600)).toCompletableFuture();

        assertThat(ready).isNotDone();
        scheduler.advance(Duration.ofMillis(300));
        assertThat(ready).isDone();
        assertThat(Points.text(server.current().getAttributes())).contains("service.version=\"0.12.0\"");
        assertThat(scheduler.timerCount()).isZero();
    }

    @Test
    void noRunWaitsLongForAServerThatDoesNotSay() {
        http.server(ask -> DESCRIPTION.after(Duration.ofSeconds(4)));
        ServerVersion.Watch watch = version.watch(target);
        watch.begin();
        var first = watch.ended(Outcome.OK, Duration.ofMillis(1)).toCompletableFuture();
        scheduler.advance(Duration.ofMillis(199));
        assertThat(first).isNotDone();
        scheduler.advance(Duration.ofMillis(1));
        assertThat(first).isDone();

        watch.begin();
        assertThat(watch.ended(Outcome.OK, Duration.ofSeconds(3)).toCompletableFuture())
                .isDone();
        scheduler.advance(Duration.ofSeconds(4));
        assertThat(Points.text(server.current().getAttributes())).contains("service.version=\"0.12.0\"");
    }

    @Test
    void receiversOfOneServerShareWhatOneOfThemLearned() {
        ServerResource metrics = joined("h:8080", Map.of("team", "vision"));
        ServerResource models = joined("h:8080", Map.of("team", "vision"));
        ServerResource other = joined("h:8080", Map.of("team", "speech"));
        ServerVersion.Watch asking = ServerVersion.asking(http, models, Duration.ofSeconds(5), test.build())
                .watch(Target.of("http://h:8081", models));
        ServerVersion.Watch hearing =
                ServerVersion.hearing(metrics, test.build()).watch(Target.of("http://h:8082/metrics", metrics));
        hearing.begin();
        asking.begin();
        var heard = hearing.ended(Outcome.OK, Duration.ZERO).toCompletableFuture();

        assertThat(heard).isNotDone();
        scheduler.runPending();
        assertThat(heard).isDone();
        assertThat(http.asked()).containsExactly("OPTIONS /");
        assertThat(metrics.current()).isEqualTo(models.current()).isSameAs(metrics.current());
        assertThat(Points.text(metrics.current().getAttributes())).contains("service.version=\"0.12.0\"");
        assertThat(Points.text(other.current().getAttributes())).doesNotContain("version");
    }

    @Test
    void otherCollectorsInTheProcessKnowNothingOfIt() {
        joined("h:8080", Map.of()).version("0.12.0");
        ServerResource elsewhere = new ServerResource("h:8080", Map.of());
        elsewhere.join(KnownServers.of(new TestContext("torchserve_management").build()));

        assertThat(Points.text(elsewhere.current().getAttributes())).doesNotContain("version");
    }

    private ServerResource joined(String instance, Map<String, String> attributes) {
        ServerResource joined = new ServerResource(instance, attributes);
        joined.join(KnownServers.of(test.build()));
        return joined;
    }
}
