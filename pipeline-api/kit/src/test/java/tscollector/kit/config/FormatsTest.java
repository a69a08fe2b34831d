package tscollector.kit.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tscollector.config.Setting.Format;

class FormatsTest {
    private final Formats formats = new Formats(Surroundings.of(Map.of()));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://a",
                "HTTPS://a.b:1",
                "http://127.0.0.1:65535/",
                "http://[::1]:8082/metrics?x=y#z",
                "http://[fe80::1%25eth0]:80",
                "http://u:p@h:1/",
                "http://a/b@c:d",
                "https://xn--mnchen-3ya.de",
                "http://my_host:1"
            })
    void takesUrls(String text) {
        assertThat(formats.fault(Format.HTTP_URL, text)).isNull();
        assertThat(formats.fault(Format.HOST_PORT, text)).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ftp://a | must start with http:// or https://, was \"ftp://a\"",
                "//a | must start with http:// or https://, was \"//a\"",
                "http:/a | must start with http:// or https://, was \"http:/a\"",
                "http:// | must have a host after http://",
                "https://:80 | must have a host after https://",
                "http://?a | must have a host after http://",
                "http://::1 | has no valid host, was \"::1\"",
                "http://[::1 | has no valid host, was \"[::1\"",
                "http://a:0 | has the port 0; ports go from 1 to 65535",
                "http://a:65536 | has the port 65536; ports go from 1 to 65535",
                "http://a: | has the port \"\"; a port is a number from 1 to 65535",
                "http://a:-1 | has the port \"-1\"; a port is a number from 1 to 65535",
                "http://a:99999999999 | has the port \"99999999999\"; a port is a number from 1 to 65535",
                "http://a/{id} | is not a valid URL at character 10, was \"http://a/{id}\"",
                "http://me:p@w@h/ x | is not a valid URL at character 17, was \"http://****@h/ x\"",
                "http://me:p/w@h:1 | has a character in user or password that must be written as % and two digits, such as %2F for /",
                "me:p w@h:1 | must start with http:// or https://, was \"****@h:1\"",
                "http://me:pw@h/ x | is not a valid URL at character 16, was \"http://****@h/ x\"",
            })
    void saysWhatIsWrongWithAUrl(String text, String fault) {
        assertThat(formats.fault(Format.HTTP_URL, text)).isEqualTo(fault);
    }

    /** Where Java finds the fault differs from release to release. */
    @Test
    void aPasswordWithABlankIsNotShown() {
        assertThat(formats.fault(Format.HTTP_URL, "http://me:p w@h"))
                .matches("is not a valid URL at character [0-9]+, was \"http://\\*{4}@h\"");
    }

    @ParameterizedTest(name = "H8 {0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "unix:///run/ts.sock/metrics |",
                "UNIX://%2Frun%2Fts.sock |",
                "http://a:1/x |",
                "tcp://a | must start with http://, https:// or unix://, was \"tcp://a\"",
                "http:// | must have a host after http://",
                "unix:// | must have the absolute path of a socket after unix://, such as unix:///run/ts.sock/metrics",
                "unix:/// | must have the absolute path of a socket after unix://, such as unix:///run/ts.sock/metrics, was \"unix:///\"",
                "unix://run/ts.sock | must have the absolute path of a socket after unix://, such as unix:///run/ts.sock/metrics, was \"unix://run/ts.sock\"",
                "unix:///run/t s | is not a valid URL at character 14, was \"unix:///run/t s\"",
            })
    void takesUrlsOfSocketsWhereTheyAreUnderstood(String text, String fault) {
        assertThat(formats.fault(Format.HTTP_OR_UNIX_URL, text)).isEqualTo(fault);
    }

    @Test
    void takesFoldersWhereTheyAreUnderstood(@TempDir Path folder) {
        assertThat(formats.fault(Format.EXISTING_PATH, folder.toString())).isNull();
        assertThat(formats.fault(Format.EXISTING_FILE, folder.toString())).endsWith(", which is a folder");
        assertThat(formats.fault(Format.EXISTING_PATH, folder.resolve("x").toString()))
                .endsWith(", which is not there");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:1", "0.0.0.0:65535", "[::]:4317", "otel-collector:4317"})
    void takesHostAndPort(String text) {
        assertThat(formats.fault(Format.HOST_PORT, text)).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | must be host:port, or begin with http:// or https://, was \"\"",
                "localhost | must be host:port, or begin with http:// or https://, was \"localhost\"",
                ":4317 | must be host:port, or begin with http:// or https://, was \":4317\"",
                "[::1] | must be host:port, or begin with http:// or https://, was \"[::1]\"",
                "::1:80 | must be host:port, or begin with http:// or https://, was \"::1:80\"",
                "a b:1 | must be host:port, or begin with http:// or https://, was \"a b:1\"",
                "a:b | has the port \"b\"; a port is a number from 1 to 65535",
                "a:0 | has the port 0; ports go from 1 to 65535",
                "grpc://a:1 | must start with http:// or https://, was \"grpc://a:1\"",
            })
    void saysWhatIsWrongWithHostAndPort(String text, String fault) {
        assertThat(formats.fault(Format.HOST_PORT, text)).isEqualTo(fault);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "(a | a \"(\" is not closed at its end",
                "a) | a \")\" closes nothing at character 2",
                "[a | a \"[\" is not closed at character 2",
                "*a | there is nothing to repeat before a \"*\", \"+\" or \"?\" at character 1",
                "a{x | a \"{\" begins no repetition such as {2,5}; write \\{ for the character at character 3",
                "[z-a] | a range in brackets runs backwards at character 4",
                "\\p{Nope} | a \\p{...} names no class of characters at character 8",
                "(?y)a | a \"(?\" is followed by something unknown at character 3",
                "(?<1>a) | the name of a group is not valid, not closed, used twice or not defined at character 4",
                "\\k<x> | the name of a group is not valid, not closed, used twice or not defined at character 5",
                "a\\ | a backslash is followed by something that has no meaning at its end",
            })
    void saysWhatIsWrongWithARegularExpression(String text, String fault) {
        assertThat(formats.fault(Format.REGEX, text)).isEqualTo("is not a valid regular expression: " + fault);
    }

    @Test
    void survivesRegularExpressionsOfAnyDepthAndLength() {
        assertThat(formats.fault(Format.REGEX, ".*")).isNull();
        assertThat(formats.fault(Format.REGEX, "x".repeat(10_000))).isNull();
        assertThat(formats.fault(Format.REGEX, "x".repeat(10_001))).isEqualTo("is longer than 10000 characters");
        String deep = formats.fault(Format.REGEX, "(".repeat(9_999));
        assertThat(deep).startsWith("is not a valid regular expression: ");
    }

    @Test
    void wantsAFileThatIsThere(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("f"), "x");

        assertThat(formats.fault(Format.EXISTING_FILE, file.toString())).isNull();
        assertThat(formats.fault(Format.EXISTING_FILE, folder.toString()))
                .isEqualTo("names the file \"" + Formats.was(folder.toString()).substring(7) + ", which is a folder");
        assertThat(formats.fault(Format.EXISTING_FILE, "")).isEqualTo("names the file \"\", which is not there");
        assertThat(formats.fault(Format.EXISTING_FILE, "a\0b"))
                .isEqualTo("names the file \"a\0b\", which has a name that no file can have");
    }

    @Test
    void wantsAnyTextOrSome() {
        assertThat(formats.fault(Format.ANY, "")).isNull();
        assertThat(formats.fault(Format.NOT_EMPTY, "")).isEqualTo("must not be empty");
        assertThat(formats.fault(Format.NOT_EMPTY, " ")).isNull();
    }

    @Test
    void quotesWithoutPasswordsAndNotTooMuch() {
        assertThat(Formats.was("http://a:b@c")).isEqualTo(", was \"http://****@c\"");
        assertThat(Formats.was("x".repeat(80))).isEqualTo(", was \"" + "x".repeat(80) + "\"");
        assertThat(Formats.was("x".repeat(81))).isEqualTo(", was \"" + "x".repeat(77) + "...\"");
    }
}
