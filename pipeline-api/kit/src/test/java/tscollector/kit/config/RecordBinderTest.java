package tscollector.kit.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tscollector.component.ComponentId;
import tscollector.component.Descriptor;
import tscollector.component.Kind;
import tscollector.config.ConfigValue;
import tscollector.config.DataSize;
import tscollector.config.Problems;
import tscollector.config.Secret;

class RecordBinderTest {
    private static final Descriptor<SampleConfig> DESCRIPTOR =
            Descriptor.of(Kind.EXPORTER, "sample", "A sample.", SampleConfig.class, SampleConfig.defaults());

    private final Map<String, String> environment = new HashMap<>();
    private final Problems problems = new Problems();

    @Test
    void keepsDefaultsOfWhatIsNotWritten() {
        SampleConfig config = bind("endpoint: http://here");

        assertThat(problems.all()).isEmpty();
        assertThat(config.timeout()).isEqualTo(Duration.ofSeconds(15));
        assertThat(config.http().tls()).isEqualTo(SampleConfig.Tls.defaults());
        assertThat(config.batch()).isNull();
    }

    @Test
    void bindsEveryType() {
        SampleConfig config = bind("""
                endpoint: http://[::1]:4318/v1
                timeout: 1m30s
                workers: 010
                limit: 0x10
                share: 1
                enabled: False
                size: 64KiB
                verbosity: VERY_DETAILED
                storage: file_storage/here
                include: [a.*, 007]
                attributes: {empty: , number: 0123, yes: no, left: null, out: ~, word: "null"}
                extra: [word, 12, '12', {a: [b]}]
                headers: {X-Key: secret}
                password: 0123
                tls: {insecure: true, min_version: 1.3}
                targets:
                  - http://one
                  - {url: https://two, instance: second}
                batch:
                """);

        assertThat(problems.all()).isEmpty();
        assertThat(config.timeout()).isEqualTo(Duration.ofSeconds(90));
        assertThat(config.workers()).isEqualTo(10);
        assertThat(config.limit()).isEqualTo(16);
        assertThat(config.share()).isEqualTo(1.0);
        assertThat(config.enabled()).isFalse();
        assertThat(config.size()).isEqualTo(new DataSize(65536));
        assertThat(config.verbosity()).isEqualTo(SampleConfig.Verbosity.VERY_DETAILED);
        assertThat(config.storage()).isEqualTo(new ComponentId("file_storage", "here"));
        assertThat(config.include()).containsExactly("a.*", "007");
        assertThat(config.attributes()).isEqualTo(Map.of("empty", "", "number", "0123", "yes", "no", "word", "null"));
        assertThat(config.extra())
                .containsExactly(
                        new ConfigValue.Scalar("word", true),
                        new ConfigValue.Scalar("12", false),
                        new ConfigValue.Scalar("12", true),
                        new ConfigValue.Mapping(
                                Map.of("a", new ConfigValue.Sequence(List.of(new ConfigValue.Scalar("b", true))))));
        assertThat(config.http().headers()).containsEntry("X-Key", new Secret("secret"));
        assertThat(config.http().password()).isEqualTo(new Secret("0123"));
        assertThat(config.http().tls()).isEqualTo(new SampleConfig.Tls(true, "1.3"));
        assertThat(config.targets())
                .containsExactly(
                        new SampleConfig.Target("http://one", null), new SampleConfig.Target("https://two", "second"));
        assertThat(config.batch()).isEqualTo(new SampleConfig.Batch(8192));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "endpont: x | endpont is not a known setting; did you mean \"endpoint\"?",
                "storage_id: x | storage_id is not a setting here; write storage: ID",
                "passwort: x | passwort is not a known setting; did you mean \"password\"?",
                "endpoint: collector:4318 | endpoint must start with http:// or https://, was \"collector:4318\"",
                "endpoint: http://a:70000 | endpoint has the port 70000; ports go from 1 to 65535",
                "endpoint: http://a:x | endpoint has the port \"x\"; a port is a number from 1 to 65535",
                "endpoint: http:///path | endpoint must have a host after http://",
                "endpoint: 'http://a b/c' | endpoint has no valid host, was \"a b\"",
                "endpoint: 'http://u:secret@[::1/c' | endpoint has no valid host, was \"[::1\"",
                "endpoint: 'http://a/ b' | endpoint is not a valid URL at character 10, was \"http://a/ b\"",
                "endpoint: [a] | endpoint must be text, not a list",
                "timeout: 15 | timeout needs a unit, such as 15s or 15ms, was \"15\"",
                "timeout: soon | timeout must be a duration such as 500ms, 15s or 1h30m, was \"soon\"",
                "timeout: 9ms | timeout must be from 10ms to 1h, was \"9ms\"",
                "timeout: -1s | timeout must be from 10ms to 1h, was \"-1s\"",
                "workers: 0 | workers must be from 1 to 100, was \"0\"",
                "workers: 101 | workers must be from 1 to 100, was \"101\"",
                "workers: many | workers must be a whole number, was \"many\"",
                "workers: 1.5 | workers must be a whole number, was \"1.5\"",
                "workers: '3' | workers must be a whole number, without quotes",
                "workers: 99999999999 | workers must be a whole number from -2147483648 to 2147483647, was \"99999999999\"",
                "limit: 0 | limit must be at least 1, was \"0\"",
                "share: 1.5 | share must be from 0 to 1, was \"1.5\"",
                "share: .nan | share must be a number, was \".nan\"",
                "enabled: yes | enabled must be true or false, was \"yes\"",
                "enabled: 'true' | enabled must be true or false, without quotes",
                "size: 4 megs | size must be a size such as 64KiB or 4MiB, was \"4 megs\"",
                "size: 12 | size must be at least 1KiB, was \"12\"",
                "verbosity: normla | verbosity must be one of basic, normal, very_detailed, was \"normla\"; did you mean \"normal\"?",
                "storage: a b | storage must be a component's id, type or type/name: a type begins with a letter and has letters, digits and underscores, was \"a b\"",
                "include: '.*' | include must be a list, such as [a, b], not a single value",
                "include: ['a('] | include[0] is not a valid regular expression: a \"(\" is not closed at its end",
                "include: [a, '*b'] | include[1] is not a valid regular expression: there is nothing to repeat before a \"*\", \"+\" or \"?\" at character 1",
                "include: [a, ~] | include[1] must have a value",
                "attributes: [a] | attributes must be a map, such as {a: b}, not a list",
                "tls: yes | tls must be a map of settings, not a single value",
                "tls: {insecur: true} | tls.insecur is not a known setting; did you mean \"insecure\"?",
                "tls: {min_version: 1.0} | tls.min_version must not be 1.0",
                "key_file: /not/there | key_file names the file \"/not/there\", which is not there",
                "key_file: / | key_file names the file \"/\", which is a folder",
                "targets: [x] | targets[0].url must start with http:// or https://, was \"x\"",
                "targets: [{instance: a}] | targets[0].url is required: Address.",
                "batch: {size: 0} | batch.size must be at least 1, was \"0\"",
                "headers: secret | headers must be a map, such as {a: b}, not a single value",
            })
    void saysWhatIsWrong(String yaml, String message) {
        bind(yaml.startsWith("endpoint:") ? yaml : "endpoint: http://here\n" + yaml);

        assertThat(problems.all())
                .extracting(problem -> problem.path() + " " + problem.text())
                .containsExactly(message);
    }

    @Test
    void saysAllThatIsWrongAtOnceAndPutsDefaultsInItsPlace() {
        SampleConfig config = bind("timeout: 5\nworkers: 0\nenabled: no\ntls: {insecure: 1}");

        assertThat(problems.all())
                .extracting(Problems.Problem::path)
                .containsExactly("endpoint", "timeout", "workers", "enabled", "tls.insecure");
        assertThat(config.workers()).isEqualTo(1);
        assertThat(config.timeout()).isEqualTo(Duration.ofSeconds(15));
    }

    @Test
    void asksRulesBetweenSettingsOnlyAboutWhatIsRight() {
        bind("endpoint: http://here\nworkers: 9\nlimit: 8");
        assertThat(problems.all()).extracting(Problems.Problem::text).containsExactly("must be at least workers");
    }

    @Test
    void saysNothingMoreAboutAValueThatIsWrongByItself() {
        bind("endpoint: http://here\nworkers: 200\nlimit: 0");
        assertThat(problems.all()).extracting(Problems.Problem::path).containsExactly("workers", "limit");
    }

    @Test
    void passesWarningsOn() {
        bind("endpoint: http://here/odd");
        assertThat(problems.all()).containsExactly(new Problems.Problem("endpoint", "is odd", false));
    }

    @Test
    void givesATextSettingTheExactTextOfAVariable() {
        environment.put("KEY", "0123");
        environment.put("YES", "yes: no");
        environment.put("ESCAPED", "a$$b${c}");
        SampleConfig config = bind(
                "endpoint: http://${env:HOST:-here}:${PORT:-1}\nattributes: {a: '${env:KEY}', b: '$${env:KEY}', c: \"${YES}\", d: 5$, e: $ESCAPED, f: '${ESCAPED}'}");

        assertThat(problems.all()).isEmpty();
        assertThat(config.endpoint()).isEqualTo("http://here:1");
        assertThat(config.attributes())
                .containsEntry("a", "0123")
                .containsEntry("b", "${env:KEY}")
                .containsEntry("c", "yes: no")
                .containsEntry("d", "5$")
                .containsEntry("e", "$ESCAPED")
                .containsEntry("f", "a$$b${c}");
    }

    @Test
    void readsANumberFromAVariableInQuotes() {
        environment.put("WORKERS", "7");
        assertThat(bind("endpoint: http://here\nworkers: \"${env:WORKERS}\"").workers())
                .isEqualTo(7);
        assertThat(problems.all()).isEmpty();
    }

    @Test
    void takesAVariableThatGivesNothingAsNotSet() {
        environment.put("EMPTY", "");
        SampleConfig config = bind(
                "endpoint: http://here\nworkers: ${env:EMPTY}\ntimeout: ${env:NOT_SET:-}\ninclude: ['${env:EMPTY}', b]\nattributes: {a: '${EMPTY}'}");

        assertThat(problems.all()).isEmpty();
        assertThat(config.workers()).isEqualTo(1);
        assertThat(config.timeout()).isEqualTo(Duration.ofSeconds(15));
        assertThat(config.include()).containsExactly("b");
        assertThat(config.attributes()).isEmpty();
    }

    @Test
    void readsListsAndMapsFromVariables() {
        environment.put("MODELS", "[a, b]");
        environment.put("TLS", "{insecure: true}");
        SampleConfig config = bind("endpoint: http://here\ninclude: ${env:MODELS}\ntls: ${env:TLS}");

        assertThat(problems.all()).isEmpty();
        assertThat(config.include()).containsExactly("a", "b");
        assertThat(config.http().tls().insecure()).isTrue();
    }

    @Test
    void givesTextsAVariablesExactTextThoughYamlHasAMeaningForIt() {
        environment.put("NULL", "null");
        environment.put("TILDE", "~");
        SampleConfig config = bind(
                "endpoint: http://here\npassword: ${env:TILDE}\nlimit: ${env:NULL}\nattributes: {a: '${env:NULL}', b: ~}");

        assertThat(problems.all()).isEmpty();
        assertThat(config.http().password()).isEqualTo(new Secret("~"));
        assertThat(config.limit()).isNull();
        assertThat(config.attributes()).isEqualTo(Map.of("a", "null"));
    }

    @Test
    void readsFilesAsTextAndAsYaml(@TempDir Path folder) throws Exception {
        Path token = Files.writeString(folder.resolve("token"), "s3cret$$\n\n");
        Path tls = Files.writeString(folder.resolve("tls.yaml"), "insecure: ${env:ON}\nmin_version: '1.3'\n");
        environment.put("ON", "true");
        SampleConfig config = bind("endpoint: http://here\npassword: ${file:" + token + "}\ntls: ${file:" + tls + "}");

        assertThat(problems.all()).isEmpty();
        assertThat(config.http().password()).isEqualTo(new Secret("s3cret$$\n"));
        assertThat(config.http().tls()).isEqualTo(new SampleConfig.Tls(true, "1.3"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "${env:NOPE} | endpoint needs the variable NOPE, which is not set; set it, or give a default: ${env:NOPE:-default}",
                "${vault:x} | endpoint has the unknown scheme \"vault\" in ${vault:...}; known are env, file",
                "${enw:x} | endpoint has the unknown scheme \"enw\" in ${enw:...}; known are env, file; did you mean \"env\"?",
                "${file:/not/there} | endpoint names the file /not/there, which is not there",
                "${1} | endpoint has ${1}, which is not the name of a variable; write $$ for a plain $",
                "'a${env:X' | endpoint has \"${\" without \"}\"; write $$ for a plain $",
                "${env:LOOP} | endpoint leads to more than 100 replacements; does a variable name itself?",
            })
    void saysWhatIsWrongWithAVariableAndNothingElse(String value, String message) {
        environment.put("LOOP", "${env:LOOP}");
        bind("endpoint: " + value);
        assertThat(problems.all())
                .extracting(problem -> problem.path() + " " + problem.text())
                .containsExactly(message);
    }

    private SampleConfig bind(String yaml) {
        return new YamlConfigBinder(Surroundings.of(environment)).bind(yaml, DESCRIPTOR, problems);
    }
}
