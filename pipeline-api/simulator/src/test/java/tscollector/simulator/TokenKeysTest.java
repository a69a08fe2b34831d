package tscollector.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tscollector.simulator.TokenKeys.Owner.INFERENCE;
import static tscollector.simulator.TokenKeys.Owner.MANAGEMENT;
import static tscollector.simulator.TokenKeys.Owner.TOKEN;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenKeysTest {
    @TempDir
    private Path folder;

    private final SettableClock clock = new SettableClock();
    private TokenKeys keys;

    @BeforeEach
    void start() {
        keys = keys(1, folder.resolve("key_file.json"));
        keys.start();
    }

    @Test
    void opensWithItsOwnKeyOnly() {
        for (TokenKeys.Owner owner : TokenKeys.Owner.values()) {
            for (TokenKeys.Owner other : TokenKeys.Owner.values()) {
                assertThat(keys.opens(owner, "Bearer " + keys.key(other))).isEqualTo(owner == other);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Bearer",
                "Bearer ",
                "bearer KEY",
                "BEARER KEY",
                "KEY",
                "Basic KEY",
                "Bearer KEYx",
                "BearerKEY"
            })
    void refusesOtherHeaders(String header) {
        assertThat(keys.opens(INFERENCE, header.replace("KEY", keys.key(INFERENCE))))
                .isFalse();
    }

    @Test
    void refusesNoHeader() {
        assertThat(keys.opens(INFERENCE, null)).isFalse();
    }

    @Test
    void expiresAtTheEndOfItsLifetimeExceptForTheApiKey() {
        clock.advance(Duration.ofMinutes(60).minusNanos(1));
        assertThat(opens(INFERENCE)).isTrue();
        clock.advance(Duration.ofNanos(1));

        assertThat(opens(INFERENCE)).isFalse();
        assertThat(opens(MANAGEMENT)).isFalse();
        assertThat(opens(TOKEN)).isTrue();
    }

    @Test
    void renewsOneKeyForAnotherLifetime() {
        clock.advance(Duration.ofMinutes(59));
        keys.rotate(MANAGEMENT);
        clock.advance(Duration.ofMinutes(30));

        assertThat(opens(MANAGEMENT)).isTrue();
        assertThat(opens(INFERENCE)).isFalse();
        assertThatThrownBy(() -> keys.rotate(TOKEN)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void overwritesTheFileInPlace() throws IOException {
        Object inode = Files.getAttribute(keys.file(), "unix:ino");
        String before = Files.readString(keys.file());

        keys.rotate(INFERENCE);

        assertThat(Files.getAttribute(keys.file(), "unix:ino")).isEqualTo(inode);
        assertThat(Files.readString(keys.file())).isNotEqualTo(before).contains(keys.key(INFERENCE));
    }

    @Test
    void makesKeysOfEightUrlSafeCharactersThatDoNotRepeat() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            keys.rotate(INFERENCE);
            assertThat(keys.key(INFERENCE)).matches("[A-Za-z0-9_-]{8}");
            seen.add(keys.key(INFERENCE));
        }
        assertThat(seen).hasSize(200);
    }

    @Test
    void followsItsSeed() {
        assertThat(keys(5, folder.resolve("a")).key(TOKEN))
                .isEqualTo(keys(5, folder.resolve("b")).key(TOKEN));
        assertThat(keys(5, folder.resolve("a")).key(TOKEN))
                .isNotEqualTo(keys(6, folder.resolve("b")).key(TOKEN));
    }

    @Test
    void saysWhichFileItCannotWrite() {
        TokenKeys homeless = keys(1, folder.resolve("nosuch").resolve("key_file.json"));

        assertThatThrownBy(homeless::start)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("key_file.json");
    }

    private boolean opens(TokenKeys.Owner owner) {
        return keys.opens(owner, "Bearer " + keys.key(owner));
    }

    private TokenKeys keys(long seed, Path file) {
        return new TokenKeys(clock, seed, Duration.ofMinutes(60), file);
    }
}
