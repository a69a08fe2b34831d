package tscollector.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretTest {
    record Login(String user, Secret password, List<Secret> more, Map<String, Secret> headers) {}

    private final Secret secret = new Secret("hunter2");

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "hunter2", "****", "%s${env:X}\n"})
    void printsFourStarsWhateverItIs(String text) {
        assertThat(new Secret(text)).hasToString("****");
        assertThat(String.format("%s", new Secret(text))).isEqualTo("****");
        assertThat("" + new Secret(text)).isEqualTo("****");
    }

    @Test
    void staysHiddenInWhateverHoldsIt() {
        Login login = new Login("me", secret, List.of(secret), Map.of("X-Key", secret));

        assertThat(login.toString()).contains("me", "X-Key=****", "[****]").doesNotContain("hunter2");
        assertThat(Optional.of(secret).toString()).doesNotContain("hunter2");
        assertThat(String.valueOf((Object) secret)).doesNotContain("hunter2");
    }

    @Test
    void cannotBeWrittenByJavaSerialization() {
        assertThat(secret).isNotInstanceOf(Serializable.class);
    }

    @Test
    void isShownToThePlaceThatSendsIt() {
        assertThat(secret.reveal()).isEqualTo("hunter2");
    }

    @Test
    void equalsByItsTextSoThatConfigsCanBeCompared() {
        assertThat(secret)
                .isEqualTo(new Secret("hunter2"))
                .hasSameHashCodeAs(new Secret("hunter2"))
                .isNotEqualTo(new Secret("hunter3"));
        assertThat(secret.equals((Object) "hunter2")).isFalse();
    }

    @Test
    void knowsWhetherThereIsAny() {
        assertThat(new Secret("").isEmpty()).isTrue();
        assertThat(new Secret(" ").isEmpty()).isFalse();
    }

    @Test
    @SuppressWarnings("DataFlowIssue") // what a caller without null checks would do
    void isNeverNull() {
        assertThatNullPointerException().isThrownBy(() -> new Secret(null)).withMessage("text");
    }
}
