package tscollector.torchserve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tscollector.config.Problems;

class TargetsConfigTest {
    @Test
    void wantsOneOfEndpointAndEndpoints() {
        assertThat(problems(TargetsConfig.defaults()))
                .containsExactly("endpoint is required: the URL of the server; for several, endpoints");
        assertThat(problems(new TargetsConfig("http://a:1", List.of(entry("http://b:1")), null, Map.of())))
                .containsExactly("endpoints and endpoint exclude each other");
        assertThat(problems(new TargetsConfig("http://a:1", List.of(), "x", Map.of())))
                .isEmpty();
    }

    @Test
    void reportsADuplicateAtItsSecondPlaceHoweverItIsSpelt() {
        for (String again : List.of("http://A:80/", "http://a", "http://user:pw@a:80")) {
            assertThat(problems(several("http://a:80", "http://b:80", again)))
                    .containsExactly("endpoints[2] is there twice");
        }
        assertThat(problems(several("unix:///run/ts.sock/x", "unix://%2Frun%2Fts.sock/x")))
                .containsExactly("endpoints[1] is there twice");
        assertThat(problems(several("unix:///run/a.sock/x", "unix:///run/b.sock/x")))
                .isEmpty();
        assertThat(problems(several("http://a:80/metrics?name=x", "http://a:81/metrics", "https://a:80/metrics")))
                .isEmpty();
    }

    @Test
    void warnsOfServersThatNoSeriesTellsApart() {
        String one = "http://proxy/metrics?target=a";
        String two = "http://proxy/metrics?target=b";
        Problems problems = new Problems();

        several(one, two).validate(problems);

        assertThat(problems.all())
                .containsExactly(new Problems.Problem(
                        "endpoints[1]",
                        "differs from another one in its query alone, which no series shows; give each its own instance",
                        false));
        assertThat(problems(new TargetsConfig(
                        null,
                        List.of(new TargetConfig(one, "a", Map.of()), new TargetConfig(two, "b", Map.of())),
                        null,
                        Map.of())))
                .isEmpty();
    }

    @Test
    void leavesWhatIsNoUrlToTheCheckOfUrls() {
        assertThat(problems(several("no url", "", "::", "localhost:8080"))).isEmpty();
    }

    @Test
    void refusesOneInstanceForSeveralServers() {
        assertThat(problems(
                        new TargetsConfig(null, List.of(entry("http://a:1"), entry("http://b:1")), "gpu", Map.of())))
                .containsExactly(
                        "instance would be the same for several servers; write {endpoint, instance} in endpoints");
    }

    @Test
    void givesEachServerItsResource() {
        TargetsConfig config = new TargetsConfig(
                null,
                List.of(
                        entry("http://a"),
                        entry("https://[::1]/x"),
                        new TargetConfig("http://b:8080", "gpu-2", Map.of("env", "test", "rack", "7"))),
                null,
                Map.of("env", "prod"));

        List<String> resources = config.targets(OfficialConfig.defaults()).stream()
                .map(target -> Points.text(target.resource().getAttributes()))
                .toList();

        assertThat(resources)
                .containsExactly(
                        "{env=\"prod\", service.instance.id=\"a:80\", service.name=\"torchserve\"}",
                        "{env=\"prod\", service.instance.id=\"[::1]:443\", service.name=\"torchserve\"}",
                        "{env=\"test\", rack=\"7\", service.instance.id=\"gpu-2\", service.name=\"torchserve\"}");
    }

    @Test
    void takesTheInstanceOfTheOnlyServerAndTheUsersServiceName() {
        Target target = new TargetsConfig("http://a:1", List.of(), "gpu", Map.of("service.name", "mine"))
                .targets(OfficialConfig.defaults())
                .get(0);

        assertThat(Points.text(target.resource().getAttributes()))
                .isEqualTo("{service.instance.id=\"gpu\", service.name=\"mine\"}");
        Target listed = new TargetsConfig(null, List.of(entry("http://a:1")), "gpu", Map.of())
                .targets(OfficialConfig.defaults())
                .get(0);
        assertThat(Points.text(listed.resource().getAttributes())).contains("service.instance.id=\"gpu\"");
    }

    private static TargetsConfig several(String... urls) {
        return new TargetsConfig(
                null, List.of(urls).stream().map(TargetsConfigTest::entry).toList(), null, Map.of());
    }

    private static TargetConfig entry(String url) {
        return new TargetConfig(url, null, Map.of());
    }

    private static List<String> problems(TargetsConfig config) {
        Problems problems = new Problems();
        config.validate(problems);
        return problems.all().stream().map(p -> p.path() + " " + p.text()).toList();
    }
}
