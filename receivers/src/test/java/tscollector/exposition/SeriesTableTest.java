package tscollector.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.PointData;
import io.opentelemetry.sdk.resources.Resource;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tscollector.config.DataSize;
import tscollector.signal.Metric;
import tscollector.signal.MetricGroup;
import tscollector.torchserve.SeriesBudget;

class SeriesTableTest {
    private static final String[] HEAD = {
        "# HELP c Torchserve prometheus counter metric with unit: Count", "# TYPE c counter", "# TYPE h histogram"
    };

    private final Tables target = new Tables();

    @ParameterizedTest
    @ValueSource(strings = {"", " 1700000000000", " # {trace=\"1\"} 0.5", "\nnot a line that can be read"})
    void keepsEveryObjectWhileOnlyValuesChange(String afterValue) {
        MetricGroup first = target.group(series(afterValue, 1));
        for (int value = 2; value < 5; value++) {
            MetricGroup next = target.group(series(afterValue, value));

            assertThat(next.shape()).isSameAs(first.shape());
            assertThat(next.resource()).isSameAs(first.resource());
            assertThat(next.scope()).isSameAs(first.scope());
            assertSameSeries(next, first);
            assertThat(Tables.points(next)).contains("c{a=\"1\"} " + value + ".0", "g{a=\"1\"} " + value + ".0");
        }
    }

    private static String[] series(String after, int value) {
        return lines(
                "c{a=\"1\"} " + value + after,
                "c{a=\"2\"} 1" + after,
                "g{a=\"1\"} " + value,
                "h_bucket{le=\"1\"} " + value,
                "h_bucket{le=\"+Inf\"} 9",
                "h_sum 5",
                "h_count 9");
    }

    @Test
    void keepsKnownSeriesWhenOthersComeAndGo() {
        MetricGroup first = target.group(lines("c{a=\"1\"} 1", "c{a=\"2\"} 1", "g{a=\"1\"} 1"));
        MetricGroup grown = target.group(lines("c{a=\"0\"} 1", "c{a=\"1\"} 1", "c{a=\"2\"} 1", "g{a=\"1\"} 1"));
        MetricGroup grownAgain = target.group(lines("c{a=\"0\"} 1", "c{a=\"1\"} 2", "c{a=\"2\"} 1", "g{a=\"1\"} 1"));
        MetricGroup shrunk = target.group(lines("c{a=\"2\"} 1", "g{a=\"1\"} 1"));

        assertThat(grown.shape()).isNotSameAs(first.shape());
        assertThat(grownAgain.shape()).isSameAs(grown.shape());
        assertThat(shrunk.shape()).isNotSameAs(grown.shape());
        assertThat(instances(grown)).containsAll(instances(first));
        assertThat(instances(grown)).containsAll(instances(shrunk));
        assertThat(instances(first)).hasSize(2); // one label set, one instance, in whatever families
    }

    @Test
    void givesANewShapeWhenSeriesMoveOrAreDeclaredDifferently() {
        MetricGroup first = target.group("# TYPE a counter", "a{b=\"1\"} 1", "a{b=\"2\"} 2");
        MetricGroup moved = target.group("# TYPE a counter", "a{b=\"2\"} 2", "a{b=\"1\"} 1");
        MetricGroup declared = target.group("# TYPE a gauge", "a{b=\"2\"} 2", "a{b=\"1\"} 1");

        assertThat(moved.shape()).isNotSameAs(first.shape());
        assertThat(declared.shape()).isNotSameAs(moved.shape());
        assertThat(instances(moved)).isEqualTo(instances(first));
        assertThat(instances(declared)).isEqualTo(instances(first));
        assertThat(Tables.points(moved)).containsExactly("a{b=\"2\"} 2.0", "a{b=\"1\"} 1.0");
    }

    @Test
    void keepsTheShapeWhenOnlyBlanksLabelOrderOrRemarksChange() {
        MetricGroup first = target.group("# TYPE a counter", "a{b=\"1\",c=\"2\"} 1");
        MetricGroup same = target.group("# a remark", "# TYPE a counter", "", "a{c=\"2\",b=\"1\",}   3");

        assertThat(same.shape()).isSameAs(first.shape());
        assertThat(instances(same)).isEqualTo(instances(first));
        assertThat(Tables.timedPoints(same)).containsExactly("a{b=\"1\", c=\"2\"} 1-2 3.0");
    }

    @Test
    void givesANewShapeForANewResource() {
        MetricGroup first = target.group("a 1");
        Resource other = Resource.create(Attributes.empty());
        MetricGroup second =
                Objects.requireNonNull(target.read(Bodies.of("a 1"), other).group());

        assertThat(second.resource()).isSameAs(other);
        assertThat(second.shape()).isNotSameAs(first.shape());
        assertThat(instances(second)).isEqualTo(instances(first));
    }

    @Test
    void startsSeriesOfTheFirstGoodScrapeThereAndLaterOnesAtTheScrapeBefore() {
        assertThat(target.read(Bodies.of("<html>")).outcome()).isEqualTo(Reading.Outcome.UNREADABLE);
        MetricGroup second = target.group(lines("c{a=\"1\"} 5", "h_count 2", "h_sum 2"));
        target.skipScrape();
        MetricGroup fourth = target.group(lines("c{a=\"1\"} 6", "c{a=\"2\"} 1", "h_count 3", "h_sum 2"));

        assertThat(Tables.timedPoints(second)).containsExactly("c{a=\"1\"} 2-2 5.0", "h 2-2 count=2 sum=2.0 [][2]");
        MetricGroup fifth = target.group(lines("c{a=\"1\"} 6", "c{a=\"2\"} 1", "c{a=\"3\"} 1", "h_count 3", "h_sum 2"));

        assertThat(Tables.timedPoints(fourth))
                .containsExactly("c{a=\"1\"} 2-4 6.0", "c{a=\"2\"} 2-4 1.0", "h 2-4 count=3 sum=2.0 [][3]");
        assertThat(Tables.timedPoints(fifth))
                .containsExactly(
                        "c{a=\"1\"} 2-5 6.0",
                        "c{a=\"2\"} 2-5 1.0",
                        "c{a=\"3\"} 4-5 1.0",
                        "h 2-5 count=3 sum=2.0 [][3]");
    }

    @Test
    void restartsASeriesWhoseValueFellAtTheGoodScrapeBefore() {
        String[] types = {"# TYPE c counter", "# TYPE h histogram", "# TYPE s summary", "g 1"};
        target.group(concat(types, "c 5", "h_sum 1", "h_count 5", "s_sum 1", "s_count 5"));
        target.group(concat(types, "c 7", "h_sum 1", "h_count 7", "s_sum 1", "s_count 7"));
        MetricGroup reset = target.group(concat(types, "c 3", "h_sum 1", "h_count 3", "s_sum 1", "s_count 3"));
        MetricGroup after = target.group(concat(types, "c 3", "h_sum 1", "h_count 4", "s_sum 1", "s_count 4"));

        assertThat(Tables.timedPoints(reset))
                .containsExactly("g 0-3 1.0", "c 2-3 3.0", "h 2-3 count=3 sum=1.0 [][3]", "s 2-3 count=3 sum=1.0 ");
        assertThat(Tables.timedPoints(after))
                .containsExactly("g 0-4 1.0", "c 2-4 3.0", "h 2-4 count=4 sum=1.0 [][4]", "s 2-4 count=4 sum=1.0 ");
    }

    @Test
    void takesASeriesThatWasAwayForANewOne() {
        target.group(lines("c 5", "g 1"));
        target.group(lines("g 1"));
        target.group(lines("g 1"));
        MetricGroup back = target.group(lines("c 6", "g 1"));

        assertThat(Tables.timedPoints(back)).contains("c 3-4 6.0");
    }

    @Test
    void keepsSeriesAndStartsOverScrapesThatAreNotGood() {
        MetricGroup first = target.group(lines("c 5"));
        target.read(new byte[0]);
        target.read(Bodies.of("no line"));
        target.read("# TYPE x gauge\nx 1\nx 2\n".repeat(60_000).getBytes(StandardCharsets.UTF_8));
        MetricGroup fifth = target.group(lines("c 6", "c{a=\"1\"} 6"));

        assertThat(Tables.timedPoints(fifth)).containsExactly("c 1-5 6.0", "c{a=\"1\"} 1-5 6.0");
        assertThat(instances(fifth)).containsAll(instances(first));
    }

    @Test
    void usesTheTimesOfTheExposition() {
        MetricGroup first = target.group("# TYPE c counter", "c 1 500", "g 1 250");
        MetricGroup second = target.group("# TYPE c counter", "c 2 1500", "g 1");

        assertThat(Tables.timedPoints(first)).containsExactly("c 0.5-0.5 1.0", "g 0-0.25 1.0");
        assertThat(Tables.timedPoints(second)).containsExactly("c 0.5-1.5 2.0", "g 0-2 1.0");
    }

    @Test
    void usesTheTimesAlsoWhenTheyStandStill() {
        target.group("g 1 250");

        assertThat(Tables.timedPoints(target.group("g 1 250"))).containsExactly("g 0-0.25 1.0");
    }

    @Test
    void neverLetsAStartLieBehindItsPoint() {
        target.group("# TYPE c counter", "c 9 3000");
        MetricGroup second = target.group("# TYPE c counter", "c 5 400");

        assertThat(Tables.timedPoints(second)).containsExactly("c 0.4-0.4 5.0");
    }

    @Test
    void tellsEmptyUnreadableAndOversizedBodiesApart() {
        Tables small = new Tables(new ExpositionLimits(2, 64, new DataSize(100)));

        assertThat(small.read(new byte[0]).outcome()).isEqualTo(Reading.Outcome.EMPTY);
        assertThat(small.read(Bodies.of("", " ", "\r")).outcome()).isEqualTo(Reading.Outcome.EMPTY);
        assertThat(small.read(Bodies.of("# just a remark")).outcome()).isEqualTo(Reading.Outcome.EMPTY);
        assertThat(small.read(Bodies.of("{\"code\": 500}")).outcome()).isEqualTo(Reading.Outcome.UNREADABLE);
        assertThat(small.read(Bodies.of("a 1", "a 2", "a 3")).outcome()).isEqualTo(Reading.Outcome.OVER_LIMIT);
        assertThat(small.read(Bodies.of("# TYPE a counter")).outcome()).isEqualTo(Reading.Outcome.READ);
        assertThat(small.read(Bodies.of("# TYPE a counter")).group()).isNull();
        assertThat(small.read(Bodies.of("bad", "a 1")).outcome()).isEqualTo(Reading.Outcome.READ);
    }

    @ParameterizedTest
    @MethodSource("tscollector.exposition.Bodies#captures")
    void givesTheSamePointsWhetherACaptureIsComparedOrParsed(String capture) {
        byte[] body = Bodies.capture(capture);
        MetricGroup parsed = target.read(body).group();
        MetricGroup compared = target.read(body).group();

        if (parsed == null) {
            assertThat(compared).isNull();
        } else {
            assertThat(Objects.requireNonNull(compared).shape()).isSameAs(parsed.shape());
            assertThat(Tables.points(compared)).isEqualTo(Tables.points(parsed));
        }
    }

    @Test
    void givesTheSamePointsAsAFreshTableAfterAnyHistory() {
        List<byte[]> captures = Bodies.captures().stream().map(Bodies::capture).toList();
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        byte[] body = captures.get(0);
        for (int i = 0; i < 1500; i++) {
            body = switch (random.nextInt(6)) {
                case 0 -> captures.get(random.nextInt(captures.size()));
                case 1 -> Bodies.mutated(body, random);
                case 2 -> shuffled(body, random);
                default -> otherValues(body, random);
            };
            Reading warm = target.read(body);
            Reading fresh = new Tables().read(body);

            String what = "seed " + seed + ", body " + i;
            assertThat(warm.outcome()).as(what).isEqualTo(fresh.outcome());
            assertThat(warm.samples()).as(what).isEqualTo(fresh.samples());
            assertThat(warm.errors().counts()).as(what).isEqualTo(fresh.errors().counts());
            assertThat(warm.left()).as(what).isEqualTo(fresh.left());
            assertThat(warm.group() == null).as(what).isEqualTo(fresh.group() == null);
            if (warm.group() != null && fresh.group() != null) {
                assertThat(Tables.points(warm.group())).as(what).isEqualTo(Tables.points(fresh.group()));
                assertThat(Tables.heads(warm.group())).as(what).isEqualTo(Tables.heads(fresh.group()));
            }
        }
    }

    @Test
    void comparesInsteadOfParsingWhileTheTextIsTheSame() {
        byte[] body = Bodies.capture("prometheus/e01-metrics");
        target.read(body);
        byte[] other = otherValues(body, new SplittableRandom(1));
        KnownText known = KnownText.learn(
                new ExpositionParser(Tables.LIMITS).parse(body, false), new Sample[values(body)], 1 << 20);

        assertThat(known.valuesOf(other)).hasSize(values(body));
        assertThat(known.valuesOf(java.util.Arrays.copyOf(other, other.length - 1)))
                .isNull();
        assertThat(known.valuesOf(
                        (new String(other, StandardCharsets.UTF_8) + "x 1\n").getBytes(StandardCharsets.UTF_8)))
                .isNull();
    }

    @Test
    void doesNotPredictALineThatAValueCouldMakeTooLong() {
        Tables narrow = new Tables(new ExpositionLimits(10, 64, new DataSize(64)));
        narrow.read(Bodies.of("a 1"));
        Reading reading = narrow.read(Bodies.of("a 1." + "0".repeat(80)));

        assertThat(reading.errors().counts()).containsOnlyKeys(LineError.LINE_TOO_LONG);
    }

    @Test
    void keepsNoMoreThanTheTextAroundTheValues() {
        byte[] body = Bodies.capture("prometheus/e01-metrics");
        target.read(body);

        assertThat(target.table().textLength()).isLessThan(body.length);
    }

    private static int values(byte[] body) {
        return ReferenceParser.parse(body, false, 64, 1 << 20).lines.size();
    }

    /** The body with other numbers in sample lines. */
    private static byte[] otherValues(byte[] body, SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        for (String line : new String(body, StandardCharsets.ISO_8859_1).split("(?<=\n)", -1)) {
            int blank = line.lastIndexOf(' ');
            boolean sample = blank > 0 && !line.startsWith("#") && line.endsWith("\n") && random.nextBoolean();
            text.append(sample ? line.substring(0, blank + 1) + random.nextInt(1000) / 8.0 + "\n" : line);
        }
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] shuffled(byte[] body, SplittableRandom random) {
        List<String> lines = new ArrayList<>(List.of(new String(body, StandardCharsets.ISO_8859_1).split("\n")));
        Collections.shuffle(lines.subList(lines.size() / 2, lines.size()), new Random(random.nextLong()));
        return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void assertSameSeries(MetricGroup actual, MetricGroup expected) {
        assertThat(actual.metrics()).hasSameSizeAs(expected.metrics());
        for (int i = 0; i < actual.metrics().size(); i++) {
            Metric metric = actual.metrics().get(i);
            Metric before = expected.metrics().get(i);
            assertThat(metric.name()).isSameAs(before.name());
            List<PointData> points = List.copyOf(metric.data().getPoints());
            List<PointData> pointsBefore = List.copyOf(before.data().getPoints());
            assertThat(points).hasSameSizeAs(pointsBefore);
            for (int p = 0; p < points.size(); p++) {
                assertThat(points.get(p).getAttributes())
                        .isSameAs(pointsBefore.get(p).getAttributes());
            }
        }
    }

    private static Set<Attributes> instances(MetricGroup group) {
        Set<Attributes> instances = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Metric metric : group.metrics()) {
            for (PointData point : metric.data().getPoints()) {
                instances.add(point.getAttributes());
            }
        }
        return instances;
    }

    private static String[] lines(String... samples) {
        return concat(HEAD, samples);
    }

    private static String[] concat(String[] head, String... more) {
        List<String> all = new ArrayList<>(List.of(head));
        all.addAll(List.of(more));
        return all.toArray(new String[0]);
    }

    @Test
    void keepsOneStartForGoodWhenTheClockIsSetBack() {
        for (int scrape = 0; scrape < 100; scrape++) {
            target.group("# TYPE c counter", "c " + scrape);
        }
        target.setClockBack(50);

        assertThat(Tables.timedPoints(target.group("# TYPE c counter", "c 100")))
                .containsExactly("c 1-51 100.0");
        target.setClockBack(51);
        assertThat(Tables.timedPoints(target.group("# TYPE c counter", "c 101")))
                .containsExactly("c 1-1 101.0");
    }

    @Test
    void keepsOneStartForGoodWhenTheClockIsSetBackBehindIt() {
        for (int second = 0; second < 50; second++) {
            target.skipScrape();
        }
        target.group("# TYPE c counter", "c 1");
        target.setClockBack(40);

        assertThat(Tables.timedPoints(target.group("# TYPE c counter", "c 2"))).containsExactly("c 12-12 2.0");
        assertThat(Tables.timedPoints(target.group("# TYPE c counter", "c 3"))).containsExactly("c 12-13 3.0");
    }

    @Test
    void refusesABodyForWhichThereIsNoMemoryAndKeepsWhatItHas() {
        Tables crowded = new Tables(Tables.LIMITS, new SeriesBudget(0));
        MetricGroup first = crowded.group("# TYPE c counter", "c 1");

        Reading refused = crowded.read(manySeries("x", 5_000));

        assertThat(refused.outcome()).isEqualTo(Reading.Outcome.NO_MEMORY);
        assertThat(refused.group()).isNull();
        assertThat(refused.left()).containsEntry(SeriesTable.NO_MEMORY, 5_000);
        MetricGroup next = crowded.group("# TYPE c counter", "c 2");
        assertThat(next.shape()).isSameAs(first.shape());
        assertThat(Tables.timedPoints(next)).containsExactly("c 1-3 2.0");
    }

    @Test
    void givesMemoryBackWhenSeriesAreGone() {
        SeriesBudget budget = new SeriesBudget(100 << 20);
        Tables one = new Tables(Tables.LIMITS, budget);

        one.read(manySeries("x", 5_000));
        assertThat(budget.used()).isPositive();
        one.read(Bodies.of("a 1"));

        assertThat(budget.used()).isZero();
    }

    @Test
    void needsNoMoreMemoryForSeriesThatItKnows() {
        SeriesBudget budget = new SeriesBudget(100 << 20);
        Tables one = new Tables(Tables.LIMITS, budget);
        one.read(manySeries("x", 5_000));
        SeriesBudget exact = new SeriesBudget(budget.used() + 1_000);
        Tables other = new Tables(Tables.LIMITS, exact);
        assertThat(other.read(manySeries("x", 5_000)).outcome()).isEqualTo(Reading.Outcome.READ);

        String times = new String(manySeries("x", 5_000), StandardCharsets.UTF_8).replace("} 1", "} 2");
        assertThat(other.read(times.getBytes(StandardCharsets.UTF_8)).outcome()).isEqualTo(Reading.Outcome.READ);
        byte[] elsewhere =
                ("y 1\n" + new String(manySeries("x", 4_999), StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
        assertThat(other.read(elsewhere).outcome()).isEqualTo(Reading.Outcome.READ);
        assertThat(other.read(manySeries("z", 5_000)).outcome()).isEqualTo(Reading.Outcome.NO_MEMORY);
    }

    @Test
    void holdsNoMoreAfterManyScrapesOfNothingButNewSeries() {
        SeriesBudget budget = new SeriesBudget(100 << 20);
        Tables churning = new Tables(Tables.LIMITS, budget);
        churning.read(manySeries("s0000", 2_000));
        churning.read(manySeries("s0001", 2_000));
        long used = budget.used();
        int text = churning.table().textLength();
        for (int scrape = 2; scrape < 300; scrape++) {
            churning.read(manySeries("s%04d".formatted(scrape), 2_000));
        }

        assertThat(budget.used()).isEqualTo(used);
        assertThat(churning.table().textLength()).isEqualTo(text);
    }

    private static byte[] manySeries(String salt, int count) {
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < count; i++) {
            body.append("a{salt=\"").append(salt).append("\",b=\"").append(i).append("\"} 1\n");
        }
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }
}
