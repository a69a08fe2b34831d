package tscollector.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyTextTest {
    private static final byte[] LATIN1 = "a{b=\"café\"} 1\n".getBytes(StandardCharsets.ISO_8859_1);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain; charset=ISO-8859-1",
                "text/plain;version=0.0.4;charset=iso-8859-1",
                "text/plain; Charset = \"latin1\"; version=0.0.4"
            })
    void aNamedCharacterSetCounts(String contentType) {
        byte[] text = BodyText.utf8(LATIN1, contentType);

        assertThat(new String(text, StandardCharsets.UTF_8)).isEqualTo("a{b=\"café\"} 1\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"text/plain", "text/plain; charset=utf-8", "text/plain; charset=klingon", "; charset=", "charset"
            })
    void everythingElseIsTakenAsItIs(String contentType) {
        assertThat(BodyText.utf8(LATIN1, contentType)).isSameAs(LATIN1);
    }

    @Test
    void noContentTypeNamesNothing() {
        assertThat(BodyText.utf8(LATIN1, null)).isSameAs(LATIN1);
    }
}
