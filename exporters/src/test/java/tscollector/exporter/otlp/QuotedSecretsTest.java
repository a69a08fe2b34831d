package tscollector.exporter.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import okhttp3.Headers;
import org.junit.jupiter.api.Test;

class QuotedSecretsTest {
    private static QuotedSecrets of(String... namesAndValues) {
        return new QuotedSecrets(Headers.of(namesAndValues));
    }

    @Test
    void everyPlaceIsBlankedOutWhateverItsCase() {
        assertThat(of("x-key", "abcDEF123").blankedOut("a ABCdef123, abcDEF123!"))
                .isEqualTo("a *********, *********!");
    }

    @Test
    void aTokenIsFoundWithoutItsScheme() {
        assertThat(of("Authorization", "Bearer s3cr3tt0ken").blankedOut("bad token s3cr3tt0ken"))
                .isEqualTo("bad token ***********");
    }

    @Test
    void whatEveryRequestHasIsNoSecret() {
        QuotedSecrets secrets =
                of("Content-Type", "application/x-protobuf", "User-Agent", "tscollector/1", "x-tenant", "prod");

        assertThat(secrets.blankedOut("no application/x-protobuf for prod from tscollector/1"))
                .isEqualTo("no application/x-protobuf for prod from tscollector/1");
    }

    @Test
    void otherBytesStayWhereTheyAre() {
        byte[] body = "\u00fc abcDEF123 \u20ac".getBytes(StandardCharsets.UTF_8);

        assertThat(new String(of("x-key", "abcdef123").blankedOut(body), StandardCharsets.UTF_8))
                .isEqualTo("\u00fc ********* \u20ac");
        assertThat(of("x-key", "another one").blankedOut(body)).isSameAs(body);
    }
}
