package tscollector.exporter.datadog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tscollector.exporter.datadog.SeriesFixture.SECOND;
import static tscollector.exporter.datadog.SeriesFixture.at;
import static tscollector.exporter.datadog.SeriesFixture.batch;
import static tscollector.exporter.datadog.SeriesFixture.counts;
import static tscollector.exporter.datadog.SeriesFixture.gauges;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.GaugeData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import tscollector.consumer.DeliveryException;
import tscollector.exporter.datadog.FakeIntake.Point;
import tscollector.kit.delivery.Progress;
import tscollector.kit.delivery.StepwiseSender;
import tscollector.kit.http.HttpFailure;
import tscollector.signal.Metric;
import tscollector.signal.MetricBatch;

class ShipmentTest {
    private final Account account = new Account();

    /** What a sender told. */
    private static final class Account implements Progress {
        private final Map<String, Long> told = new HashMap<>();

        @Override
        public void sent(long items) {
            told.merge("sent", items, Long::sum);
        }

        @Override
        public void dropped(String reason, long items) {
            told.merge(reason, items, Long::sum);
        }

        long all() {
            return told.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    @RepeatedTest(3)
    @DisplayName("R9 whatever the input, each request is within the limits, and what fits is sent exactly once")
    void r9_limitsHoldForAnyInput() throws Exception {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        boolean json = random.nextBoolean();
        Compression compression = random.nextInt(3) == 0 ? Compression.NONE : Compression.GZIP;
        FakeIntake intake = new FakeIntake(compression);
        SeriesFixture exporter = SeriesFixture.of(intake, json ? SeriesFixture.json() : MetricsConfig.defaults());
        List<DoublePointData> points = new ArrayList<>();
        int huge = 0;
        for (int i = random.nextInt(1, 1500); i > 0; i--) {
            boolean isHuge = random.nextInt(500) == 0;
            huge += isHuge ? 1 : 0;
            points.add(at(SECOND, i, noise(random, isHuge ? 8000 : random.nextInt(15), i)));
        }
        MetricBatch batch = batch(gauges("m", points.toArray(DoublePointData[]::new)));

        exporter.sender.begin(batch).send(account);

        assertThat(account.all()).as("seed %d", seed).isEqualTo(points.size());
        assertThat(account.told.getOrDefault("too large", 0L))
                .as("seed %d", seed)
                .isEqualTo(huge);
        assertThat(intake.points())
                .as("seed %d", seed)
                .hasSize(points.size() - huge)
                .doesNotHaveDuplicates();
        for (Payload payload : intake.taken()) {
            assertThat(payload.body().length).as("seed %d", seed).isLessThanOrEqualTo(512_000);
            assertThat(payload.plainBytes()).as("seed %d", seed).isLessThanOrEqualTo(5_242_880);
            List<Point> inside =
                    json ? FakeIntake.json(FakeIntake.plain(payload)) : FakeIntake.protobuf(FakeIntake.plain(payload));
            assertThat(inside.size()).as("seed %d", seed).isLessThanOrEqualTo(10_000);
        }
    }

    @Test
    @DisplayName("R9 what compresses well is bounded by its size before compression")
    void r9_plainLimit() throws Exception {
        SeriesFixture exporter = SeriesFixture.of(new FakeIntake(), SeriesFixture.json());
        String[] tags = new String[60];
        for (int i = 0; i < tags.length; i += 2) {
            tags[i] = "k" + i;
            tags[i + 1] = "v".repeat(190);
        }
        DoublePointData[] points = IntStream.range(0, 2000)
                .mapToObj(i -> {
                    String[] own = Arrays.copyOf(tags, tags.length);
                    own[1] = "n" + i;
                    return at(SECOND, i, own);
                })
                .toArray(DoublePointData[]::new);

        exporter.sender.begin(batch(gauges("m", points))).send(account);

        assertThat(account.told).containsOnly(Map.entry("sent", 2000L));
        assertThat(exporter.intake.taken()).hasSizeBetween(3, 4).allMatch(payload -> payload.plainBytes() <= 5_242_880);
        assertThat(exporter.intake.points()).hasSize(2000);
    }

    @Test
    @DisplayName("R32 what was taken of a series that was cut into its points cannot be given back")
    void r32_takenPointByPoint() throws Exception {
        SeriesFixture exporter = SeriesFixture.withDefaults();
        DoublePointData[] points =
                IntStream.range(0, 3).mapToObj(i -> at(SECOND - i, i, "k", "v")).toArray(DoublePointData[]::new);
        StepwiseSender.Steps steps = exporter.sender.begin(batch(gauges("m", points)));
        assertThat(steps.isUntaken()).isTrue();
        exporter.intake.fail(Route.SERIES, new TooLarge("413"));

        steps.send(account);

        assertThat(account.told).containsOnly(Map.entry("sent", 3L));
        assertThat(exporter.intake.taken()).isNotEmpty();
        assertThat(steps.isUntaken()).isFalse();
    }

    @Test
    @DisplayName(
            "R32 what may have been taken over a connection that then broke is not given back, however the call ended")
    void r32_brokenConnection() {
        for (HttpFailure.Type end : List.of(
                HttpFailure.Type.CONNECTION_REFUSED, HttpFailure.Type.CONNECTION_FAILED, HttpFailure.Type.TLS_FAILED)) {
            HttpFailure withoutConnection = new HttpFailure(end, "no answer", null);
            assertThat(untakenAfter(withoutConnection)).as("%s", end).isTrue();
            assertThat(untakenAfter(withoutConnection.withConnection()))
                    .as("%s after a connection", end)
                    .isFalse();
        }
    }

    private boolean untakenAfter(HttpFailure failure) {
        SeriesFixture exporter = SeriesFixture.withDefaults();
        exporter.intake.fail(Route.SERIES, DeliveryException.retryable("no answer", failure));
        StepwiseSender.Steps steps = exporter.sender.begin(batch(gauges("m", at(SECOND, 1, "k", "v"))));
        assertThatThrownBy(() -> steps.send(account)).isInstanceOf(DeliveryException.class);
        return steps.isUntaken();
    }

    @Test
    @DisplayName("R9 there are at most 10,000 points in a request, also when one series alone has more")
    void r9_pointLimit() throws Exception {
        SeriesFixture exporter = SeriesFixture.withDefaults();
        DoublePointData[] points = IntStream.range(0, 25_000)
                .mapToObj(i -> at(SECOND - i % 3500, i, "k", "v" + i / 3500))
                .toArray(DoublePointData[]::new);

        exporter.sender.begin(batch(gauges("m", points))).send(account);

        assertThat(account.told).containsOnly(Map.entry("sent", 25_000L));
        assertThat(exporter.intake.points()).hasSize(25_000).doesNotHaveDuplicates();
        assertThat(exporter.intake.taken()).hasSize(3);
    }

    @Test
    @DisplayName("R9 check runs and sketches have limits too, and one that is too large alone costs only itself")
    void r9_checksAndSketches() throws Exception {
        SeriesFixture exporter = SeriesFixture.of(new FakeIntake(Compression.NONE));
        DoublePointData[] runs = IntStream.range(0, 12_000)
                .mapToObj(i -> at(SECOND, i % 3, "k", "v" + i))
                .toArray(DoublePointData[]::new);
        Metric checks = SeriesFixture.metric(
                SeriesFixture.SERVER,
                SeriesFixture.HEALTH,
                "health",
                MetricDataType.DOUBLE_GAUGE,
                GaugeData.createDoubleGaugeData(List.of(runs)));
        HistogramPointData[] sketches = IntStream.range(0, 200)
                .mapToObj(i -> HistogramPointData.create(
                        0,
                        SECOND * 1_000_000_000L,
                        noise(new SplittableRandom(i), i == 77 ? 30_000 : 200, i),
                        3,
                        false,
                        0,
                        false,
                        0,
                        List.of(1.0),
                        List.of(1L, 1L)))
                .toArray(HistogramPointData[]::new);

        exporter.sender
                .begin(new MetricBatch(List.of(
                        batch(checks).groups().get(0),
                        batch(SeriesFixture.histograms("h", sketches)).groups().get(0))))
                .send(account);

        assertThat(account.told).containsOnly(Map.entry("sent", 12_199L), Map.entry("too large", 1L));
        assertThat(exporter.intake.checks()).hasSize(12_000).doesNotHaveDuplicates();
        assertThat(exporter.intake.sketches()).hasSize(199).doesNotHaveDuplicates();
        assertThat(exporter.intake.taken())
                .hasSizeGreaterThanOrEqualTo(4)
                .allMatch(payload -> payload.body().length <= 2_621_440);
    }

    @Test
    @DisplayName("R9 a series over the limit is dropped alone, the rest is sent")
    void r9_oneSeriesTooLarge() {
        SeriesFixture exporter = SeriesFixture.withDefaults();
        Attributes huge = noise(new SplittableRandom(7), 8000, 0);

        exporter.send(batch(gauges("a", at(SECOND, 1)), gauges("b", at(SECOND, 2, huge)), gauges("c", at(SECOND, 3))));

        assertThat(exporter.intake.points()).extracting(Point::metric).containsExactlyInAnyOrder("a", "c");
        assertThat(exporter.test.telemetry().dropped()).containsExactly(Map.entry("too large", 1L));
        assertThat(exporter.test.telemetry().sent()).isEqualTo(2);
    }

    @Test
    @DisplayName("R30 a 413 halves the request, and accepted halves are not sent again")
    void r30_halves() {
        FakeIntake intake = new FakeIntake().refuseAsTooLarge(series -> series > 100);
        SeriesFixture exporter = SeriesFixture.of(intake);

        exporter.send(batch(many(1000)));

        assertThat(intake.points()).hasSize(1000).doesNotHaveDuplicates();
        assertThat(intake.tries()).isEqualTo(16 + 15); // 1000 is halved four times: 16 of 62 or 63
        assertThat(exporter.test.telemetry().sent()).isEqualTo(1000);
    }

    @Test
    @DisplayName("R30 what is refused as too large down to a single point is dropped alone")
    void r30_untilSingleItemsRemain() {
        FakeIntake intake = new FakeIntake().refuseAsTooLarge(series -> true);
        SeriesFixture exporter = SeriesFixture.of(intake);

        exporter.send(batch(many(64)));

        assertThat(intake.tries()).isEqualTo(127);
        assertThat(exporter.test.telemetry().dropped()).containsExactly(Map.entry("too large", 64L));
    }

    @Test
    @DisplayName("R30 a single series is divided into its points")
    void r30_pointsOfOneSeries() {
        FakeIntake intake = new FakeIntake().fail(Route.SERIES, new TooLarge("413"), new TooLarge("413"));
        SeriesFixture exporter = SeriesFixture.of(intake);

        exporter.send(batch(counts("c", at(SECOND - 2, 1), at(SECOND - 1, 2), at(SECOND, 4), at(SECOND, 8))));

        assertThat(intake.points()).extracting(Point::value).containsExactly(1.0, 2.0, 12.0);
        assertThat(exporter.test.telemetry().sent()).isEqualTo(4);
    }

    @Test
    @DisplayName("R30 after a retry only what is left of a halved request is sent")
    void r30_withRetry() {
        FakeIntake intake = new FakeIntake()
                .fail(Route.SERIES, new TooLarge("413"), new TooLarge("413"), FakeIntake.busy(), new TooLarge("413"));
        SeriesFixture exporter = SeriesFixture.of(intake);

        exporter.send(batch(many(8)));
        assertThat(exporter.queued()).isEqualTo(8);
        exporter.advance(Duration.ofMinutes(1));

        assertThat(intake.points()).hasSize(8).doesNotHaveDuplicates();
        assertThat(exporter.accounted()).isEqualTo(8);
    }

    @Test
    @DisplayName("R27 a refused request costs only its own items, whatever else is tried again")
    void r27_refusedAmongRetried() {
        FakeIntake intake = new FakeIntake()
                .fail(Route.SERIES, new TooLarge("413"), DeliveryException.permanent("400: bad"), FakeIntake.busy());
        SeriesFixture exporter = SeriesFixture.of(intake);

        exporter.send(batch(many(10)));
        assertThat(exporter.test.telemetry().dropped()).containsExactly(Map.entry("refused by backend", 5L));
        assertThat(exporter.test.telemetry().warnings()).anyMatch(text -> text.contains("refused 5 items"));
        assertThat(exporter.queued()).isEqualTo(5);
        exporter.advance(Duration.ofMinutes(1));

        assertThat(exporter.test.telemetry().sent()).isEqualTo(5);
        assertThat(intake.points()).hasSize(5);
        assertThat(exporter.accounted()).isEqualTo(10);
    }

    @Test
    @DisplayName("R27 what is refused in the end is dropped, and what was accepted is not")
    void r27_refused() {
        FakeIntake intake =
                new FakeIntake().fail(Route.SERIES, new TooLarge("413"), DeliveryException.permanent("400: bad"));
        SeriesFixture exporter = SeriesFixture.of(intake);

        exporter.send(batch(many(10)));

        assertThat(exporter.test.telemetry().dropped()).containsExactly(Map.entry("refused by backend", 5L));
        assertThat(exporter.test.telemetry().sent()).isEqualTo(5);
        assertThat(exporter.queued()).isZero();
    }

    @RepeatedTest(20)
    @DisplayName("R27 received = sent + dropped + queued, whatever the intake answers and whenever one looks")
    void r27_everyPointIsAccountedFor() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        FakeIntake intake = new FakeIntake();
        SeriesFixture exporter = SeriesFixture.of(intake);
        long received = 0;
        for (int round = 0; round < 15; round++) {
            Exception[] answers = {
                new TooLarge("413"), FakeIntake.busy(), DeliveryException.permanent("400"), new TooLarge("413")
            };
            intake.fail(random.nextBoolean() ? Route.SERIES : Route.CHECK_RUN, answers[random.nextInt(4)]);
            MetricBatch next = anything(random);
            received += next.itemCount();
            exporter.send(next);
            exporter.advance(Duration.ofMillis(random.nextInt(200_000)));
            assertThat(exporter.accounted()).as("seed %d", seed).isEqualTo(received);
        }
        int checked = intake.points().size() + intake.checks().size();
        assertThat(exporter.test.telemetry().sent()).as("seed %d", seed).isGreaterThanOrEqualTo(checked);
    }

    @Test
    @DisplayName("R27 a route that fails holds up none of the others")
    void r27_routesAreApart() {
        FakeIntake intake = new FakeIntake();
        for (int i = 0; i < 50; i++) {
            intake.fail(Route.SERIES, FakeIntake.busy());
        }
        SeriesFixture exporter = SeriesFixture.of(intake);

        exporter.send(new MetricBatch(List.of(
                batch(gauges("m", at(SECOND, 1))).groups().get(0),
                batch(SeriesFixture.histograms("h", SeriesFixture.histogram(SECOND, 3, List.of(1.0), List.of(1L, 1L))))
                        .groups()
                        .get(0))));
        exporter.advance(Duration.ofMinutes(5));

        assertThat(intake.sketches()).hasSize(1);
        assertThat(intake.points()).isEmpty();
        assertThat(exporter.queued()).isEqualTo(1);
    }

    private static MetricBatch anything(SplittableRandom random) {
        List<DoublePointData> points = new ArrayList<>();
        for (int i = random.nextInt(1, 30); i > 0; i--) {
            double value = random.nextInt(10) == 0 ? Double.NaN : random.nextInt(100);
            points.add(at(SECOND + random.nextInt(-4000, 400), value, "k", "v" + random.nextInt(10)));
        }
        Metric counts = counts("c", points.toArray(DoublePointData[]::new));
        Metric check = SeriesFixture.metric(
                SeriesFixture.SERVER,
                SeriesFixture.HEALTH,
                "health",
                MetricDataType.DOUBLE_GAUGE,
                GaugeData.createDoubleGaugeData(List.of(at(SECOND, random.nextInt(5)))));
        return new MetricBatch(
                List.of(batch(counts).groups().get(0), batch(check).groups().get(0)));
    }

    private static Metric many(int series) {
        return gauges(
                "m",
                IntStream.range(0, series)
                        .mapToObj(i -> at(SECOND, i, "k", "v" + i))
                        .toArray(DoublePointData[]::new));
    }

    /** Tags that no compression makes much smaller. */
    private static Attributes noise(SplittableRandom random, int tags, int number) {
        String[] values = new String[tags];
        for (int i = 0; i < tags; i++) {
            char[] chars = new char[random.nextInt(40, 180)];
            for (int c = 0; c < chars.length; c++) {
                chars[c] = (char) random.nextInt('0', 'z');
            }
            values[i] = new String(chars);
        }
        return Attributes.builder().put("k", values).put("n", number).build();
    }
}
