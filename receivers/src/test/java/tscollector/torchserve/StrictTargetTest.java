package tscollector.torchserve;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrictTargetTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    @Test
    void itsAddressIsTheUrlAsConfiguredButForUserAndPassword() {
        Target target = target("http://me:secret@h:8081/ts?key=1#x");

        assertThat(target.address()).isEqualTo("http://h:8081/ts?key=1#x");
        assertThat(target.site()).isEqualTo("http://h:8081/ts").hasToString(target.toString());
        assertThat(target.uri()).hasToString("http://h:8081/ts?key=1");
        assertThat(target.askBelow(Api.MANAGEMENT, "ping", TIMEOUT).headers()).containsKey("Authorization");
    }

    @ParameterizedTest
    @DisplayName("Q9: what the check asks below a base with a path")
    @CsvSource({
        "http://h:8081, http://h:8081/models, http://h:8081/models/a/all",
        "http://h:8081/, http://h:8081/models, http://h:8081/models/a/all",
        "http://h:8081/ts, http://h:8081/ts/models, http://h:8081/models/a/all",
        "http://h:8081/ts/, http://h:8081/ts/models, http://h:8081/ts/models/a/all",
        "http://h:8081/a/b, http://h:8081/a/b/models, http://h:8081/a/models/a/all",
        "http://h:8081/ts?x=1, http://h:8081/ts/models?x=1, http://h:8081/models/a/all"
    })
    void theListKeepsTheBaseAndTheRestIsResolved(String base, String list, String describe) {
        Target target = target(base);

        assertThat(target.ask(Api.MANAGEMENT, "/models", "", TIMEOUT).uri()).hasToString(list);
        assertThat(target.askBelow(Api.MANAGEMENT, "models/a/all", TIMEOUT).uri())
                .hasToString(describe);
    }

    @Test
    void otherTargetsKeepTheirBaseForAll() {
        Target target = Target.of("http://h:8081/ts?x=1", new ServerResource("h", Map.of()));

        assertThat(target.askBelow(Api.MANAGEMENT, "models/a/all", TIMEOUT).uri())
                .hasToString("http://h:8081/ts/models/a/all?x=1");
        assertThat(target.address()).isEqualTo("http://h:8081/ts");
    }

    private static Target target(String url) {
        return Target.of(url, new ServerResource("h", Map.of()), true);
    }
}
