package tscollector.app.imports;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tscollector.app.imports.DatadogImport.Fault;
import tscollector.app.imports.DatadogImport.Input;
import tscollector.app.imports.DatadogImport.Result;

/** What people write who do not write what the example of the check says. */
@SuppressWarnings("StringConcatToTextBlock") // a configuration reads best where it is short
class SwitchingEdgesTest {
    private static final String ENDPOINT = "openmetrics_endpoint: https://a:1/m\n";

    private static Result run(boolean strict, String... confs) {
        List<Input> inputs = IntStream.range(0, confs.length)
                .mapToObj(i -> new Input(i + ".yaml", confs[i]))
                .toList();
        return new DatadogImport(strict, new EveryFileThere(Map.of("DD_HOSTNAME", "h", "HOME", "/home/dd")))
                .run(inputs, null, yaml -> List.of());
    }

    private static Result instance(String options) {
        return run(false, "instances:\n  - " + options.replace("\n", "\n    ") + "\n");
    }

    private static Result withAgent(String datadogYaml, Function<String, List<Fault>> check) {
        return new DatadogImport(false, new EveryFileThere(Map.of("DD_HOSTNAME", "h")))
                .run(
                        List.of(new Input("conf.yaml", "instances: [{inference_api_url: 'http://a:1'}]")),
                        new Input("datadog.yaml", datadogYaml),
                        check);
    }

    @Test
    @DisplayName("H4 tls_ciphers does not touch TLS 1.3, so that its suites stay allowed")
    void keepsTls13() {
        assertThat(instance(ENDPOINT + "tls_ciphers: ['ECDHE-RSA-AES128-GCM-SHA256:AES256-SHA']")
                        .yaml())
                .contains(
                        "      cipher_suites:\n        - TLS_AES_256_GCM_SHA384\n        - TLS_CHACHA20_POLY1305_SHA256\n"
                                + "        - TLS_AES_128_GCM_SHA256\n        - TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256\n"
                                + "        - TLS_RSA_WITH_AES_256_CBC_SHA\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"'HIGH:!aNULL'", "[ECDHE+AESGCM]", "[AES128-SHA, '!MD5']", "TLSv1.2"})
    void takesAllSuitesForAnExpressionOfOpenSsl(String ciphers) {
        Result result = instance(ENDPOINT + "tls_ciphers: " + ciphers);

        assertThat(result.yaml()).doesNotContain("cipher_suites");
        assertThat(result.remarks()).anyMatch(line -> line.startsWith("instances[0].tls_ciphers: has an expression"));
    }

    @Test
    void refusesSuitesOfWhichNoneIsKnown() {
        assertThat(instance(ENDPOINT + "tls_ciphers: [NO-SUCH-SUITE]").instances())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no_proxy: true|skip_proxy: true",
                "skip_proxy: false\\nno_proxy: true|endpoint: https://a:1/m",
                "tls_ca_cert: ~/ca.pem|ca_file: /home/dd/ca.pem",
                "max_returned_metrics: 10000000000|max_returned_metrics: 2147483647",
                "kerberos_auth: false|endpoint: https://a:1/m",
                "password: 0123\\nusername: u|password: \"0123\"",
                "min_collection_interval: 0.001|collection_interval: 10ms",
                "tls_verify: '%%env_V%%'|endpoint: https://a:1/m",
                "password: 'xENC[a]'\\nusername: u|password: \"xENC[a]\"",
                "password: ' ENC[a] '\\nusername: u|password: \"${env:A:-ENC[a]}\"",
                "exclude_metrics: ['ENC[A-Z]+']|\"ENC[A-Z]+\""
            })
    void carriesWhatIsMeant(String options, String yaml) {
        Result result = instance(ENDPOINT + options.replace("\\n", "\n"));

        assertThat(result.instances()).isOne();
        assertThat(result.yaml()).contains(yaml).doesNotContain("insecure_skip_verify");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tls_verify: '%%env_V%%'|tls_verify: is filled in by the Agent, so that its value is not known here; taken as true",
                "timeout: '%%env_T%%'|timeout: is filled in by the Agent, so that its value is not known here; it is left out",
                "tls_validate_hostname: false|tls_validate_hostname: differs: here the name",
                "tls_private_key_password: hunter2|tls_private_key_password: is not carried; decrypt the key",
                "tls_intermediate_ca_certs: [x]|tls_intermediate_ca_certs: is not carried; put them",
                "username: 5|username: is a number, not a text, which the check refuses; taken as one",
                "rename_labels: {a: 1}|rename_labels.a: is a number, not a text",
                "rename_labels: {a: ''}|rename_labels.a: is an empty name",
                "extra_metrics: ['']|extra_metrics[0]: has an empty name",
                "extra_metrics: [{a: ''}]|extra_metrics[0].a: has an empty name",
                "extra_metrics: [{q: {type: gaugee}}]|which the check refuses; it is left out; did you mean \"gauge\"?",
                "min_collection_interval: 1e+300|min_collection_interval: is out of reach; 31536000s is used"
            })
    void saysWhatDiffers(String option, String remark) {
        Result result = instance(ENDPOINT + option);

        assertThat(result.instances()).isOne();
        assertThat(result.remarks()).anyMatch(line -> line.contains(remark));
    }

    @Test
    void namesKerberosByItsOlderNameAndLeavesTheInstanceOut() {
        assertThat(instance(ENDPOINT + "kerberos: required").remarks())
                .containsExactly(
                        "instances[0].kerberos: Kerberos is not carried in this version; the instance is left out");
    }

    @Test
    @DisplayName("O25 ignore_tags is read with openmetrics_endpoint only")
    void ignoresTagsOfOneKind() {
        Result result = instance("inference_api_url: http://a:1\ntags: [a:b]\nignore_tags: [a]");

        assertThat(result.yaml()).contains("- a:b");
        assertThat(result.remarks())
                .anyMatch(line -> line.startsWith("instances[0].ignore_tags: is not read by the check"));
    }

    @Test
    void takesAWholeAddressFromAVariable() {
        assertThat(instance("openmetrics_endpoint: '%%env_TS_URL%%/metrics'").yaml())
                .contains("endpoint: \"${env:TS_URL}/metrics\"", "#   export TS_URL=...");
    }

    @Test
    void runsEqualInstancesOfTwoFilesOnce() {
        String conf = "instances: [{inference_api_url: 'http://a:1'}]";
        Result result = run(false, conf, conf);

        assertThat(result.instances()).isOne();
        assertThat(result.remarks())
                .anyMatch(line -> line.startsWith("1.yaml: instances[0]: is the same as one before"));
        assertThat(run(false, conf, "init_config: {timeout: 3}\n" + conf).instances())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "'init_config: [a]\ninstances: []', init_config: is a list",
        "'instances:', 'instances: is nothing, not a list'"
    })
    void saysWhatStandsWhereSomethingElseIsWanted(String conf, String remark) {
        assertThat(run(false, conf).remarks()).anyMatch(line -> line.startsWith(remark));
    }

    @Test
    void showsNoValueOfAFault() {
        Result result = new DatadogImport(false, new EveryFileThere(Map.of("DD_HOSTNAME", "h")))
                .run(
                        List.of(new Input("conf.yaml", "instances: [{inference_api_url: 'http://a:1'}]")),
                        null,
                        yaml -> yaml.contains("a:1")
                                ? List.of(new Fault(
                                        "receivers.torchserve_inference/a:1.endpoint",
                                        "has the port \"hunter\"; a port is a number, was \"http://u:hunter2@h\""))
                                : List.of());

        assertThat(result.remarks())
                .containsExactly(
                        "instances[0]: receivers.torchserve_inference/a:1.endpoint has the port; a port is a number; the instance is left out");
    }

    @Test
    void looksAgainAfterAnInstanceWasLeftOut() {
        Result result = new DatadogImport(false, new EveryFileThere(Map.of("DD_HOSTNAME", "h")))
                .run(
                        List.of(
                                new Input(
                                        "conf.yaml",
                                        "instances: [{inference_api_url: 'http://a:1'}, {inference_api_url: 'http://b:1'}, {inference_api_url: 'http://c:1'}]")),
                        null,
                        yaml -> yaml.contains("a:1")
                                ? List.of(new Fault("receivers.torchserve_inference/a:1.endpoint", "is bad"))
                                : yaml.contains("b:1")
                                        ? List.of(new Fault("receivers.torchserve_inference/b:1", "is bad too"))
                                        : List.of());

        assertThat(result.instances()).isOne();
        assertThat(result.yaml()).contains("c:1").doesNotContain("a:1", "b:1");
    }

    @Test
    void leavesOutWhatOfTheAgentsFileIsNotAccepted() {
        Result result = withAgent(
                "proxy: {https: 'ftp://u:hunter2@p'}\nadditional_endpoints: {'foo bar': [k], 'https://app.datadoghq.eu': [k]}",
                yaml -> yaml.contains("ftp")
                        ? List.of(
                                new Fault(
                                        "exporters.datadog.proxy_url",
                                        "must start with http://, was \"ftp://hunter2\""),
                                new Fault("exporters.datadog/2.metrics.endpoint", "must start with http://"))
                        : List.of());

        assertThat(result.yaml())
                .doesNotContain("ftp", "foo bar", "datadog/2:")
                .contains("datadog/3:", "site: datadoghq.eu");
        assertThat(result.remarks())
                .contains(
                        "datadog.yaml.proxy: must start with http://; it is left out",
                        "datadog.yaml.additional_endpoints: has a destination that must start with http://; it is left out")
                .noneMatch(line -> line.contains("hunter2"));
    }

    @Test
    void readsSitesTagsAndProxiesOfTheAgentAsTheAgentDoes() {
        Result result = withAgent(
                "dd_url: https://app.datadoghq.eu\ntags: 'a:b c:d'\nproxy: {https: 'p:3128'}\n"
                        + "additional_endpoints: {'https://mydomain.us5.datadoghq.com.': key, 'https://vector:8080': [key2]}",
                yaml -> List.of());

        assertThat(result.yaml())
                .contains(
                        "site: \"${env:DD_SITE:-datadoghq.eu}\"",
                        "tags: \"${env:DD_TAGS:-a:b,c:d}\"",
                        "proxy_url: http://p:3128",
                        "site: us5.datadoghq.com",
                        "endpoint: https://vector:8080",
                        "#   export DD_API_KEY_2=...",
                        "#   export DD_API_KEY_3=...")
                .doesNotContain("key: key");
    }

    @Test
    void warnsOfAnEmptyHostName() {
        assertThat(new DatadogImport(false, new EveryFileThere(Map.of("DD_HOSTNAME", "")))
                        .run(
                                List.of(new Input("c", "instances: [{inference_api_url: 'http://a:1'}]")),
                                null,
                                yaml -> List.of())
                        .remarks())
                .anyMatch(line -> line.startsWith("DD_HOSTNAME: is not set"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"inference_api_url\": \"http://a:1\"}]",
                "FROM x\nLABEL com.datadoghq.ad.checks=\"{\\\"torchserve\\\": {\\\"instances\\\": [{\\\"inference_api_url\\\": \\\"http://a:1\\\"}]}}\"\n",
                "LABEL \"com.datadoghq.ad.checks\"='{\"torchserve\": \\\n {\"instances\": [{\"inference_api_url\": \"http://a:1\"}]}}'",
                "docker run -d -l com.datadoghq.ad.checks='{\"torchserve\": {\"instances\": [{\"inference_api_url\": \"http://a:1\"}]}}' -p 1:1 x",
                "docker run \\\n --label com.datadoghq.ad.check_names='[\"torchserve\"]' \\\n --label 'com.datadoghq.ad.init_configs=[{}]' \\\n"
                        + " --label=com.datadoghq.ad.instances='[{\"inference_api_url\": \"http://a:1\"}]' x",
                "com.datadoghq.ad.checks={\"torchserve\": {\"instances\": [{\"inference_api_url\": \"http://a:1\"}]}}",
                "datadog:\n  confd:\n    torchserve.yaml: |-\n      init_config:\n      instances:\n        - inference_api_url: http://a:1\n"
            })
    void findsTheCheckWhereverItIsWritten(String text) {
        Result result = run(false, text);

        assertThat(result.instances()).isOne();
        assertThat(result.yaml()).contains("endpoint: http://a:1\n");
        assertThat(result.remarks()).isEmpty();
    }

    @Test
    void staysWithTheFaultOfAYamlThatHasNoLabels() {
        assertThat(run(false, "instances: [").remarks())
                .containsExactly("0.yaml: is neither YAML nor JSON at line 1, column 13");
    }

    @Test
    @DisplayName("O16 a name whose last entry is metadata is not sent, whatever expression finds it")
    void leavesOutWhatOnlyTheInventoryGets() {
        String metadata = "{depth: {type: metadata, label: x}}";

        assertThat(instance(ENDPOINT + "extra_metrics: ['^de', " + metadata + "]")
                        .yaml())
                .contains("exclude_metrics:\n      - depth\n");
        assertThat(instance(ENDPOINT + "extra_metrics: [" + metadata + ", depth]")
                        .yaml())
                .doesNotContain("exclude_metrics");
    }

    @Test
    @DisplayName("O16 a scale may be written in capitals")
    void readsScalesInCapitals() {
        assertThat(instance(ENDPOINT + "extra_metrics: [{a: {type: temporal_percent, scale: Millisecond}}]")
                        .yaml())
                .contains("scale: millisecond");
    }

    @Test
    @DisplayName("C6 disable_generic_tags forgets the colon of a tag without a value")
    void renamesGenericTags() {
        assertThat(instance(ENDPOINT + "disable_generic_tags: true\ntags: ['env:', env, 'env:a:b', 'own:']")
                        .yaml())
                .contains(
                        "tags:\n      - torchserve_env\n      - torchserve_env\n      - torchserve_env:a:b\n      - \"own:\"\n");
    }

    @ParameterizedTest
    @CsvSource({"true,\"'false'\",true", "true,\"''\",false", "false,\"'false'\",false", "true,false,false"})
    @DisplayName("M26 submit_events as a text: strict looks at nothing but whether there is one")
    void readsSubmitEvents(boolean strict, String written, boolean expected) {
        Result result = run(
                strict,
                "instances: [{management_api_url: 'http://a:1', submit_events: " + written.replace("\"", "") + "}]");

        assertThat(!result.yaml().contains("submit_events: false")).isEqualTo(expected);
    }

    @Test
    @DisplayName("H1 a user in the address does not count beside digest authorisation")
    void leavesOutTheUserBesideDigest() {
        String digest = "auth_type: digest\nusername: u\npassword: p";
        Result result = instance("openmetrics_endpoint: http://me:secret@a:1/m\n" + digest);

        assertThat(result.yaml()).contains("endpoint: http://a:1/m\n").doesNotContain("secret");
        assertThat(result.remarks()).anyMatch(line -> line.contains("does not count beside auth_type: digest"));
        assertThat(instance(ENDPOINT + digest).yaml()).contains("endpoint: https://a:1/m\n");
    }
}
