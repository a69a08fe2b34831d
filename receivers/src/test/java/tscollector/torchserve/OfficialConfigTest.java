package tscollector.torchserve;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.resources.Resource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tscollector.torchserve.OfficialConfig.Compat;
import tscollector.torchserve.OfficialConfig.Numbers;

class OfficialConfigTest {
    @Test
    @DisplayName("C5 C6: tags and service")
    void tagsAreKeptVerbatimOnceEachWithTheServiceBehind() {
        OfficialConfig config = new OfficialConfig(
                Compat.OFF, Numbers.ALL, List.of("a:b", "nokey", "a:b", "UP:Case x", ""), "mine", false);

        assertThat(config.resourceAttributes())
                .isEqualTo(
                        Attributes.of(OfficialConfig.TAGS, List.of("a:b", "nokey", "UP:Case x", "", "service:mine")));
    }

    @Test
    @DisplayName("C5: the same service twice")
    void aServiceThatIsATagAlreadyIsNotAddedAgain() {
        OfficialConfig config = new OfficialConfig(Compat.OFF, Numbers.ALL, List.of("service:x"), "x", false);

        assertThat(config.resourceAttributes().get(OfficialConfig.TAGS)).containsExactly("service:x");
    }

    @Test
    @DisplayName("C7: no host")
    void anEmptyDefaultHostIsAnEmptyHostName() {
        OfficialConfig config = new OfficialConfig(Compat.OFF, Numbers.ALL, List.of(), null, true);

        assertThat(config.resourceAttributes()).isEqualTo(Attributes.of(OfficialConfig.HOST_NAME, ""));
        assertThat(OfficialConfig.defaults().resourceAttributes().isEmpty()).isTrue();
    }

    @Test
    void theResourceKeepsThemWhenTheVersionBecomesKnown() {
        OfficialConfig config = new OfficialConfig(Compat.OFF, Numbers.ALL, List.of("a:b"), null, true);
        ServerResource server = new ServerResource("h:1", Map.of("rack", "7"), config.resourceAttributes());
        Resource before = server.current();

        server.version("0.12.0");

        assertThat(server.current().getAttributes())
                .isEqualTo(before.getAttributes().toBuilder()
                        .put("service.version", "0.12.0")
                        .build());
        assertThat(before.getAttribute(OfficialConfig.TAGS)).containsExactly("a:b");
    }

    @Test
    void theUsersOwnAttributesWin() {
        OfficialConfig config = new OfficialConfig(Compat.OFF, Numbers.ALL, List.of(), null, true);

        ServerResource server =
                new ServerResource("h:1", Map.of("datadog.host.name", "db-1"), config.resourceAttributes());

        assertThat(server.current().getAttribute(OfficialConfig.HOST_NAME)).isEqualTo("db-1");
    }
}
