package tscollector.kit.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tscollector.component.StartException;
import tscollector.config.Secret;
import tscollector.kit.http.CredentialFile.MalformedException;

/** Whatever stands in a key or certificate file: read, or refused in our words. */
class CredentialParsersFuzzTest {
    @FuzzTest(maxDuration = "30s")
    void readsKeyFilesOrRefusesThem(byte[] file) {
        try {
            Map<String, TorchServeKeyAuthorizer.Key> keys = TorchServeKeyAuthorizer.parse(file);
            assertThat(keys.values())
                    .extracting(key -> key.text().reveal())
                    .allMatch(HeaderText::isWord)
                    .noneMatch(HeaderText::looksLikeTokenCall);
        } catch (MalformedException expected) {
            assertThat(expected).hasMessageNotContaining("Exception");
        }
    }

    @FuzzTest(maxDuration = "30s")
    void readsPemOrRefusesIt(byte[] file) {
        String text = new String(file, StandardCharsets.ISO_8859_1);
        try {
            assertThat(Pem.certificates("ca_file", text)).isNotEmpty();
        } catch (StartException expected) {
            assertThat(expected).hasMessageStartingWith("ca_file ");
        }
        try {
            assertThat(Pem.privateKey("key_file", text)).isNotNull();
        } catch (StartException expected) {
            assertThat(expected).hasMessageStartingWith("key_file ");
        }
    }

    @FuzzTest(maxDuration = "30s")
    void readsChallengesWhateverTheServerSends(byte[] header) {
        String text = new String(header, StandardCharsets.ISO_8859_1);
        DigestSession session =
                DigestSession.of(List.of(text, text), new AuthConfig.Digest("me", new Secret("secret")), "cnonce");
        if (session != null) {
            assertThat(session.answer("GET", "/")).startsWith("Digest username=");
            assertThat(HeaderText.isValue(session.answer("GET", "/"))).isTrue();
        }
    }

    @FuzzTest(maxDuration = "30s")
    void readsATokenOrSaysWhyThereIsNone(byte[] body) {
        try {
            OAuth2Token token = OAuth2Token.of(200, body);
            assertThat(HeaderText.isValue(token.text().reveal())).isTrue();
            assertThat(token.lifetime()).isBetween(Duration.ZERO, Duration.ofDays(365));
        } catch (OAuth2Token.NoTokenException expected) {
            assertThat(expected).hasMessageStartingWith("answers ");
        }
    }
}
