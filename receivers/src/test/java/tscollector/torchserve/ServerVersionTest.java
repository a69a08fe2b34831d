package tscollector.torchserve;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import tscollector.kit.http.HttpFailure;
import tscollector.testkit.ManualScheduler;

class ServerVersionTest {
    private static final Outcome AWAY = new Outcome(ApiState.UNREACHABLE, ErrorType.TIMEOUT, "x");
    private static final Outcome KEY = new Outcome(ApiState.AUTH_FAILED, ErrorType.INVALID_KEY, "x");

    private final ManualScheduler scheduler = new ManualScheduler();
    private final FakeHttp http =
            new FakeHttp(scheduler, ask -> FakeHttp.Reply.of(200, "{\"info\":{\"version\":\"0.12.0\"}}"));
    private final ServerResource server = new ServerResource("h:8080", Map.of());
    private final Target target = Target.of("http://h:8081", server);
    private final ServerVersion version =
            new ServerVersion(http, server, Duration.ofSeconds(5), LoggerFactory.getLogger("test"));

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

        watch.run(AWAY);
        assertThat(http.asked()).isEmpty();
        watch.run(KEY);
        scheduler.runPending();
        watch.run(Outcome.OK);
        watch.run(Outcome.OK);
        assertThat(http.asked()).containsExactly("OPTIONS /");
        assertThat(Points.text(server.current().getAttributes())).contains("service.version=\"0.12.0\"");

        watch.run(AWAY);
        watch.run(Outcome.OK);
        assertThat(http.asked()).hasSize(2);
    }

    @Test
    void asksOnceForSeveralApisOfAServerThatStartTogether() {
        version.watch(target).run(Outcome.OK);
        version.watch(Target.of("http://h:8080", server)).run(Outcome.OK);

        assertThat(http.asked()).hasSize(1);
    }

    @Test
    void asksNoMoreOnceAnotherApiOfTheServerHasTold() {
        ServerVersion.Watch models = version.watch(target);
        version.watch(Target.of("http://h:8080", server)).run(Outcome.OK);
        scheduler.runPending();
        models.run(Outcome.OK);
        assertThat(http.asked()).hasSize(1);

        models.run(AWAY);
        models.run(Outcome.OK);
        assertThat(http.asked()).hasSize(2);
    }

    @Test
    void livesWithServersThatDoNotSay() {
        http.server(ask -> FakeHttp.Reply.of(405, "{\"info\":{\"version\":\"0.12.0\"}}"));
        version.watch(target).run(Outcome.OK);
        scheduler.runPending();
        http.server(ask -> FakeHttp.Reply.failure(HttpFailure.Type.TIMEOUT));
        version.watch(target).run(Outcome.OK);
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
}
