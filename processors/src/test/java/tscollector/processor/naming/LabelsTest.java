package tscollector.processor.naming;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tscollector.processor.Built;
import tscollector.processor.Processor;
import tscollector.signal.MetricBatch;
import tscollector.testkit.CollectingConsumer;
import tscollector.testkit.TestContext;
import tscollector.testkit.contract.IdentityLaw;

/** O19-O23: labels that leave series out, become attributes, or come from other series. */
class LabelsTest {
    private static final String GAUGE = "# TYPE a gauge\n";
    private static final String OWNERS =
            "# TYPE owner gauge\nowner{m=\"1\",team=\"red\"} %s\nowner{m=\"2\",team=\"blue\"} 0\n";

    private final TestContext test = new TestContext("torchserve_naming");
    private final CollectingConsumer<MetricBatch> next = CollectingConsumer.metrics();
    private final Exposition target = new Exposition();

    @Test
    @DisplayName("O19 a label leaves its series out, by any value or by one that an expression finds")
    void excludesByLabels() throws Exception {
        Processor<MetricBatch> processor = processor(
                "{extra_metrics: [a], exclude_metrics_by_labels: {debug: true, zone: ['^x', 'y$'], endpoint: true}}");

        assertThat(run(processor, 0, GAUGE + "a{debug=\"\"} 1\na{zone=\"x1\"} 2\na{zone=\"1y\"} 3\na{zone=\"yx\"} 4\n"))
                .containsExactly("gauge\ta\t4.0\t[\"zone:yx\"]");
        assertThat(test.telemetry().dropped()).containsEntry("excluded by a label", 3L);
    }

    @Test
    @DisplayName("O19 excluded families are counted under their reason")
    void countsExcludedFamilies() throws Exception {
        Processor<MetricBatch> processor =
                processor("{extra_metrics: [a, b, h], exclude_metrics: [b_total, '^h$', 'aa|b$']}");

        assertThat(run(
                        processor,
                        0,
                        GAUGE + "a 1\n# TYPE b_total counter\nb_total 2\n"
                                + "# TYPE h histogram\nh_sum 1\nh_count 2\n"))
                .containsExactly("gauge\ta\t1.0\t[]");
        assertThat(test.telemetry().dropped()).containsEntry("excluded metric", 3L);
    }

    @Test
    @DisplayName("O21 O20 included labels alone, and never an excluded one; the address always stays")
    void includesAndExcludes() throws Exception {
        Processor<MetricBatch> processor =
                processor("{extra_metrics: [a], include_labels: [x, y], exclude_labels: [y, endpoint]}");
        run(processor, 0, GAUGE + "a{x=\"1\",y=\"2\",z=\"3\",Hostname=\"h\"} 1\n");

        assertThat(Sent.of(next.batches())).containsExactly("gauge\ta\t1.0\t[\"x:1\"]");
        assertThat(next.allMetrics()
                        .get(0)
                        .data()
                        .getPoints()
                        .iterator()
                        .next()
                        .getAttributes()
                        .asMap())
                .hasSize(2);
    }

    @Test
    @DisplayName("O22 renames are merged over the defaults, and two labels never become one")
    void renames() throws Exception {
        Processor<MetricBatch> processor = processor(
                "{extra_metrics: [a], rename_labels: {Level: lvl, b: c, c: b, d: e, f: e, g: h}, exclude_labels: [h]}");

        assertThat(run(
                        processor,
                        0,
                        GAUGE + "a{Level=\"L\",ModelName=\"M\",b=\"1\",c=\"2\",d=\"3\",f=\"4\",g=\"5\",h=\"6\"} 1\n"))
                .containsExactly(
                        "gauge\ta\t1.0\t[\"b:2\", \"c:1\", \"e:3\", \"f:4\", \"h:5\", \"lvl:L\", \"model_name:M\"]");
        assertThat(test.telemetry().count("labels not renamed")).isEqualTo(1);
    }

    @Test
    @DisplayName("O22 when strict, labels that get one name are one attribute with the values of all")
    void strictRenamesOntoALabel() throws Exception {
        run(
                processor("{compat: strict, extra_metrics: [a], rename_labels: {b: c}}"),
                0,
                GAUGE + "a{b=\"1\",c=\"2\"} 1\n");

        assertThat(next.allMetrics()
                        .get(0)
                        .data()
                        .getPoints()
                        .iterator()
                        .next()
                        .getAttributes()
                        .get(AttributeKey.stringArrayKey("c")))
                .containsExactly("1", "2");
        assertThat(test.telemetry().count("labels not renamed")).isZero();
    }

    @Test
    @DisplayName("O23 shared labels are looked at in each scrape when they are not cached")
    void sharesAfresh() throws Exception {
        Processor<MetricBatch> processor = processor(
                "{extra_metrics: [a], cache_shared_labels: false, share_labels: {owner: {match: [m], labels: [team], values: [1]}}}");
        String a = GAUGE + "a{m=\"1\"} 5\n";

        assertThat(run(processor, 0, OWNERS.formatted(1) + a))
                .containsExactly("gauge\ta\t5.0\t[\"m:1\", \"team:red\"]");
        run(processor, 1, OWNERS.formatted(1) + a);
        assertThat(run(processor, 2, OWNERS.formatted(2) + a)).containsExactly("gauge\ta\t5.0\t[\"m:1\"]");
        assertThat(run(processor, 3, a)).containsExactly("gauge\ta\t5.0\t[\"m:1\"]");
        IdentityLaw.check(next.batches().subList(0, 1), next.batches().subList(1, 2));
    }

    @Test
    @DisplayName("O23 cached labels stay, from the first run in which there are any")
    void sharesWhatCameFirst() throws Exception {
        String settings = "extra_metrics: [a], share_labels: {owner: {labels: [team]}}}";
        String a = GAUGE + "a 5\n";
        Processor<MetricBatch> processor = processor("{" + settings);
        Processor<MetricBatch> strict = processor("{compat: strict, " + settings);
        for (Processor<MetricBatch> each : List.of(processor, strict)) {
            assertThat(run(each, 0, a)).containsExactly("gauge\ta\t5.0\t[]");
        }

        assertThat(run(strict, 1, OWNERS.formatted(1) + a)).containsExactly("gauge\ta\t5.0\t[]");
        assertThat(run(processor, 1, OWNERS.formatted(1) + a)).containsExactly("gauge\ta\t5.0\t[\"team:blue\"]");
        assertThat(run(processor, 2, OWNERS.formatted(1).replace("blue", "green") + a))
                .containsExactly("gauge\ta\t5.0\t[\"team:blue\"]");
    }

    @Test
    @DisplayName("O23 each target has labels of its own")
    void sharesWithinATarget() throws Exception {
        Processor<MetricBatch> processor = processor("{extra_metrics: [a], share_labels: {owner: true}}");
        run(processor, 0, OWNERS.formatted(1) + GAUGE + "a 5\n");

        processor.consume(new Exposition("other:8080").run(0, GAUGE + "a 6\n"));

        assertThat(Sent.of(List.of(next.last()))).containsExactly("gauge\ta\t6.0\t[]");
    }

    @Test
    @DisplayName("O23 what is lent counts more than what a series has, and filters see it")
    void lentLabelsAreLabels() throws Exception {
        Processor<MetricBatch> processor = processor(
                "{extra_metrics: [a, b], share_labels: {owner: {match: [m]}}, exclude_metrics_by_labels: {team: [blue]}}");

        assertThat(run(processor, 0, OWNERS.formatted(1) + GAUGE + "a{m=\"1\",team=\"own\"} 5\na{m=\"2\"} 6\n"))
                .containsExactly("gauge\ta\t5.0\t[\"m:1\", \"team:red\"]");
    }

    @Test
    void boundsAreWrittenAsTheCheckWritesThem() {
        assertThat(List.of(
                        "0", "-0.0", "1", "1e1", ".5", "1e16", "1e15", "123456.789", "1e-4", "1e-5", "-2.5e-7", "1e22"))
                .extracting(BucketBounds::canonical)
                .containsExactly(
                        "0",
                        "0",
                        "1.0",
                        "10.0",
                        "0.5",
                        "1e+16",
                        "1000000000000000.0",
                        "123456.789",
                        "0.0001",
                        "1e-05",
                        "-2.5e-07",
                        "1e+22");
        assertThat(List.of("+Inf", "-inf", "NaN", "infinity", "x", "1f", "0x1", "2.2250738585072014e-308", "0.1"))
                .extracting(BucketBounds::canonical)
                .containsExactly("inf", "-inf", "nan", "inf", "x", "1f", "0x1", "2.2250738585072014e-308", "0.1");
    }

    private Processor<MetricBatch> processor(String yaml) {
        return Built.metrics(new NamingFactory(), test.build(), Written.yaml(yaml), next);
    }

    private List<String> run(Processor<MetricBatch> processor, int run, String body) throws Exception {
        int before = next.batches().size();
        processor.consume(target.run(run, body));
        return Sent.of(next.batches().subList(before, next.batches().size()));
    }
}
