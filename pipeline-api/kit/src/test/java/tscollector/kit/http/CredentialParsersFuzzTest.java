package tscollector.kit.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import tscollector.component.StartException;
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
}
