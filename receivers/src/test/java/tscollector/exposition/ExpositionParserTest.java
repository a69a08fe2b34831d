package tscollector.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tscollector.config.DataSize;

class ExpositionParserTest {
    private static final ExpositionLimits LIMITS = new ExpositionLimits(1000, 4, new DataSize(200));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "a 1 | a{} 1.0",
                "'a\t1' | a{} 1.0",
                "'  a   1  ' | a{} 1.0",
                "a:b_9 1 | a:b_9{} 1.0",
                "a{} 1 | a{} 1.0",
                "a{ } 1 | a{} 1.0",
                "a{}1 | a{} 1.0",
                "a {} 1 | a{} 1.0",
                "a{b=\"c\"} 1 | a{b=c} 1.0",
                "a{b=\"c\",} 1 | a{b=c} 1.0",
                "a{b=\"c\", } 1 | a{b=c} 1.0",
                "a{ b = \"c\" , d = \"e\" } 1 | a{b=c, d=e} 1.0",
                "a{b=\"\"} 1 | a{b=} 1.0",
                "a{b=\"x y,}{=#\"} 1 | a{b=x y,}{=#} 1.0",
                "a{b=\"x\\\\\\\"y\\nz\"} 1 | 'a{b=x\\\"y\nz} 1.0'",
                "a{b=\"C:\\Temp\"} 1 | a{b=C:\\Temp} 1.0",
                "a{b=\"é\"} 1 | a{b=é} 1.0",
                "a NaN | a{} NaN",
                "a +Inf | a{} Infinity",
                "a 1 1700000000123 | a{} 1.0 @1700000000123000000",
                "a 1 # {trace_id=\"x\"} 0.5 1.6 | a{} 1.0",
                "a-b.c 1 | a-b.c{} 1.0",
                "a 1 5 # {trace_id=\"x\"} 0.5 | a{} 1.0 @5000000",
            })
    void readsSampleLines(String line, String expected) {
        assertThat(samples(scan(line))).containsExactly(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "1a 1 | BAD_NAME | 1",
                "a+b 1 | BAD_NAME | 2",
                "-a 1 | BAD_NAME | 1",
                "é 1 | BAD_NAME | 1",
                "{b=\"c\"} 1 | BAD_NAME | 1",
                "<html> | BAD_NAME | 1",
                "a{b:c=\"d\"} 1 | BAD_LABEL_NAME | 4",
                "a{=\"d\"} 1 | BAD_LABEL_NAME | 3",
                "a{,} 1 | BAD_LABEL_NAME | 3",
                "a{b} 1 | BAD_LABEL_NAME | 4",
                "a{b=\"c\" | BAD_LABEL_NAME | 8",
                "a{b=c} 1 | BAD_LABEL_VALUE | 5",
                "a{b=\"c} 1 | BAD_LABEL_VALUE | 5",
                "a{b=\"c\\\"} 1 | BAD_LABEL_VALUE | 5",
                "a{b=\"c\"d=\"e\"} 1 | BAD_LABEL_VALUE | 8",
                "a{b=\"c\",b=\"d\"} 1 | DUPLICATE_LABEL | 9",
                "a{b=\"\",c=\"\",d=\"\",e=\"\",f=\"\"} 1 | TOO_MANY_LABELS | 23",
                "a | MISSING_VALUE | 2",
                "a{b=\"c\"} | MISSING_VALUE | 9",
                "a x | BAD_VALUE | 3",
                "a 1 x | BAD_TIMESTAMP | 5",
                "a 1 -5 | BAD_TIMESTAMP | 5",
                "a 1 1.5 | BAD_TIMESTAMP | 5",
                "a 1 1e300 | BAD_TIMESTAMP | 5",
                "a 1 NaN | BAD_TIMESTAMP | 5",
                "a 1 5 x | TRAILING_TEXT | 7",
                "# TYPE | BAD_DECLARATION | 7",
                "# HELP 1a text | BAD_DECLARATION | 8",
                "# TYPE a+b counter | BAD_DECLARATION | 8",
                "# TYPE a meter | UNKNOWN_TYPE | 10",
            })
    void tellsWhyAndWhereALineCannotBeRead(String line, LineError error, int column) {
        ScannedExposition scan = scan("# HELP ok fine", "ok 1", line, "ok2 2");

        assertThat(scan.errors().counts()).isEqualTo(Map.of(error, 1));
        assertThat(scan.errors().describeFirst()).isEqualTo("line 3:" + column + " " + error.text());
        assertThat(samples(scan)).containsExactly("ok{} 1.0", "ok2{} 2.0");
        assertThat(scan.isPlain()).isFalse();
    }

    @Test
    void leavesOutALineThatIsTooLongAndReadsTheNext() {
        ScannedExposition scan =
                scan("a{b=\"" + "x".repeat(300) + "\"} 1", "c 2", "# HELP d " + "y".repeat(300), "d 3");

        assertThat(samples(scan)).containsExactly("c{} 2.0", "d{} 3.0");
        assertThat(scan.errors().counts()).isEqualTo(Map.of(LineError.LINE_TOO_LONG, 2));
    }

    @Test
    void readsALineThatIsJustNotTooLong() {
        String line = "a{b=\"" + "x".repeat(200 - "a{b=\"\"} 1".length()) + "\"} 1";

        assertThat(scan(line).size()).isEqualTo(1);
        assertThat(scan(" " + line).size()).isZero();
        assertThat(parse((line + "\r\n").getBytes(StandardCharsets.UTF_8)).size())
                .isEqualTo(1);
    }

    @Test
    void readsDeclarationsInAnyOrderAndKeepsTheFirst() {
        ScannedExposition scan = scan(
                "#TYPE a counter",
                "  #  HELP   a  two  words\\nand a line",
                "# TYPE a gauge",
                "# UNIT a seconds",
                "# TYPE a counter");

        assertThat(scan.declarations())
                .containsExactly(
                        Map.entry("a", new Declaration(DeclaredType.COUNTER, "two  words\nand a line", "seconds")));
        assertThat(scan.errors().counts()).isEqualTo(Map.of(LineError.REPEATED_DECLARATION, 1));
    }

    @Test
    void readsLinesThatEndInCarriageReturnAndALastLineWithoutEnd() {
        ScannedExposition scan = parse("# TYPE a counter\r\na 1\r\n\r\nb 2".getBytes(StandardCharsets.UTF_8));

        assertThat(samples(scan)).containsExactly("a{} 1.0", "b{} 2.0");
        assertThat(scan.declarations().get("a").type()).isEqualTo(DeclaredType.COUNTER);
    }

    @Test
    void takesTimesOfOpenMetricsForSeconds() {
        byte[] body = Bodies.of("# TYPE a counter", "a_total 1 1700000000.123456", "# EOF");

        assertThat(ExpositionParser.isOpenMetrics(null, body)).isTrue();
        assertThat(ExpositionParser.isOpenMetrics("application/openmetrics-text; version=1.0.0", new byte[0]))
                .isTrue();
        assertThat(ExpositionParser.isOpenMetrics("text/plain", Bodies.of("a 1", "#  EOF x")))
                .isFalse();
        long time = new ExpositionParser(LIMITS).parse(body, true).times()[0];
        assertThat(time).isBetween(1_700_000_000_123_455_000L, 1_700_000_000_123_457_000L);
    }

    @Test
    void keepsTimesWithTheirSamplesWhenOnlySomeHaveOne() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            lines.add("a" + i + " 1" + (i % 100 == 99 ? " " + i : ""));
        }
        long[] times = scan(lines.toArray(new String[0])).times();

        assertThat(times).hasSize(300);
        for (int i = 0; i < 300; i++) {
            assertThat(times[i]).isEqualTo(i % 100 == 99 ? i * 1_000_000L : ScannedExposition.NO_TIME);
        }
    }

    @Test
    void stopsAtTheSampleLimit() {
        ScannedExposition atLimit = parse("a 1\n".repeat(1000).getBytes(StandardCharsets.UTF_8));
        ScannedExposition over = parse("a 1\n".repeat(1001).getBytes(StandardCharsets.UTF_8));
        StringBuilder families = new StringBuilder();
        for (int i = 0; i < 1001; i++) {
            families.append("# TYPE a").append(i).append(" gauge\n");
        }

        assertThat(atLimit.isOverLimit()).isFalse();
        assertThat(atLimit.size()).isEqualTo(1000);
        assertThat(over.isOverLimit()).isTrue();
        assertThat(parse(families.toString().getBytes(StandardCharsets.UTF_8)).isOverLimit())
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("tscollector.exposition.Bodies#captures")
    void readsEveryCaptureAsTheReferenceParserDoes(String capture) {
        byte[] body = Bodies.capture(capture);

        ScannedExposition scan = agreesWithReference(body, capture);

        assertThat(scan.errors().total()).isZero();
        assertThat(scan.isPlain()).isTrue();
    }

    @Test
    void readsMutatedCapturesAsTheReferenceParserDoes() {
        List<byte[]> captures = Bodies.captures().stream().map(Bodies::capture).toList();
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 1500; i++) {
            byte[] body = Bodies.mutated(captures.get(random.nextInt(captures.size())), random);
            agreesWithReference(body, "seed " + seed + ", body " + i);
        }
    }

    @Test
    void readsRandomTextAsTheReferenceParserDoes() {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 20_000; i++) {
            String line = random.nextBoolean()
                    ? "a{" + Bodies.text(random, 12) + "} " + Bodies.text(random, 6)
                    : "a{b=\"" + Bodies.text(random, 8) + "\",} 1" + Bodies.text(random, 6);
            agreesWithReference(
                    (Bodies.text(random, 20) + "\n" + line).getBytes(StandardCharsets.UTF_8),
                    "seed " + seed + ", " + line);
        }
    }

    static ScannedExposition agreesWithReference(byte[] body, String what) {
        boolean openMetrics = ExpositionParser.isOpenMetrics(null, body);
        ExpositionLimits limits = new ExpositionLimits(1_000_000, 64, DataSize.ofMebibytes(1));
        ScannedExposition scan = new ExpositionParser(limits).parse(body, openMetrics);
        ReferenceParser reference = ReferenceParser.parse(body, openMetrics, 64, 1 << 20);
        List<String> expected = reference.lines.stream()
                .map(line -> line.name() + line.labels() + " " + line.value()
                        + (line.timeNanos() == null ? "" : " @" + line.timeNanos()))
                .toList();

        assertThat(samples(scan)).as(what).isEqualTo(expected);
        int lost = scan.errors().counts().entrySet().stream()
                .filter(entry ->
                        !entry.getKey().name().contains("DECLARATION") && entry.getKey() != LineError.UNKNOWN_TYPE)
                .mapToInt(Map.Entry::getValue)
                .sum();
        assertThat(lost).as(what).isEqualTo(reference.unreadableSamples);
        return scan;
    }

    /** Samples as {@code name{label=value, ...} value @time}, made from the places that the parser gives. */
    private static List<String> samples(ScannedExposition scan) {
        List<String> samples = new ArrayList<>();
        SeriesText series = new SeriesText(64);
        double[] values = scan.values();
        long[] times = scan.times();
        for (int slot = 0; slot < scan.size(); slot++) {
            assertThat(series.read(scan.body(), scan.seriesFrom(slot), scan.valueFrom(slot)))
                    .isTrue();
            List<String> labels = new ArrayList<>();
            for (int label = 0; label < series.labelCount(); label++) {
                String value = text(scan, series.labelValueFrom(label), series.labelValueTo(label));
                labels.add(text(scan, series.labelNameFrom(label), series.labelNameTo(label)) + "="
                        + Escapes.resolve(value));
            }
            samples.add(text(scan, series.nameFrom(), series.nameTo()) + "{" + String.join(", ", labels) + "} "
                    + values[slot]
                    + (times.length == 0 || times[slot] == ScannedExposition.NO_TIME ? "" : " @" + times[slot]));
        }
        return samples;
    }

    private static String text(ScannedExposition scan, int from, int to) {
        return new String(scan.body(), from, to - from, StandardCharsets.UTF_8);
    }

    private static ScannedExposition scan(String... lines) {
        return parse(Bodies.of(lines));
    }

    private static ScannedExposition parse(byte[] body) {
        return new ExpositionParser(LIMITS).parse(body, false);
    }
}
