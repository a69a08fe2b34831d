package tscollector.torchserve.management;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import tscollector.signal.Metric;
import tscollector.signal.MetricGroup;
import tscollector.signal.Shape;
import tscollector.torchserve.FakeHttp.Reply;
import tscollector.torchserve.management.FakeModels.Version;

/** While the set of series does not change, a group's shape, resource, scope, attributes and order are the same objects. */
class IdentityLawTest {
    private final ManagementFixture fixture = new ManagementFixture();
    private final FakeModels models = fixture.models;

    @Test
    void keepsEverythingWhileOnlyValuesChange() {
        models.add("b", new Version("1", "b.mar", List.of(FakeModels.gpuWorker(9000, 1, 3))));
        models.with(20);
        fixture.run();
        MetricGroup first = fixture.data();
        models.add("b", new Version("1", "b.mar", List.of(FakeModels.gpuWorker(9000, 1, 99))));
        fixture.test.scheduler().advance(Duration.ofSeconds(61));
        fixture.run();
        fixture.run();
        MetricGroup later = fixture.data();

        assertThat(fixture.points("model.worker.gpu.utilization").get(0)).endsWith(" 99.0");
        assertThat(later.shape()).isSameAs(first.shape());
        assertThat(later.resource()).isSameAs(first.resource());
        assertThat(later.scope()).isSameAs(first.scope());
        assertSame(attributes(first), attributes(later));
    }

    @Test
    void changesTheShapeWithTheSet() {
        models.add("b", new Version("1", "b.mar", List.of(FakeModels.worker(9000, 1))));
        fixture.run();
        Shape first = fixture.data().shape();
        models.add("b", new Version("1", "b.mar", List.of(FakeModels.worker(9000, 2)))); // another pid
        fixture.run();
        Shape second = fixture.data().shape();
        fixture.server.version("0.12.0");
        fixture.run();
        Shape third = fixture.data().shape();

        assertThat(second).isNotSameAs(first);
        assertThat(third).isNotSameAs(second);
    }

    /** Histories at random: two runs with the same shape have the very same names, attributes and order, and the other way round. */
    @Test
    void holdsOverRandomHistories() {
        long seed = Long.getLong("seed", System.nanoTime());
        SplittableRandom random = new SplittableRandom(seed);
        IdentityHashMap<Shape, List<Object>> faces = new IdentityHashMap<>();
        List<Object> previous = List.of();
        Shape previousShape = new Shape();
        for (int round = 0; round < 800; round++) {
            if (random.nextInt(3) == 0) {
                change(random);
            }
            int failing = random.nextInt(4) == 0 ? random.nextInt(6) : -1;
            models.before(ask -> ask.uri().getPath().equals("/models/n" + failing + "/all") ? Reply.of(500, "") : null);
            fixture.runAndWait(Duration.ofSeconds(15));
            MetricGroup data = fixture.data();
            List<Object> face = attributes(data);
            List<Object> known = faces.putIfAbsent(data.shape(), face);
            if (known != null) {
                assertSame(known, face);
            }
            boolean sameFace = isSame(previous, face);
            assertThat(data.shape() == previousShape)
                    .as("seed " + seed + " round " + round)
                    .isEqualTo(sameFace);
            previous = face;
            previousShape = data.shape();
            fixture.metrics.clear();
        }
        assertThat(faces.size()).isBetween(50, 799);
    }

    private void change(SplittableRandom random) {
        String name = "n" + random.nextInt(6);
        if (random.nextInt(5) == 0) {
            models.remove(name);
            return;
        }
        List<Version> versions = new ArrayList<>();
        for (int v = 0; v <= random.nextInt(3); v++) {
            List<String> workers = new ArrayList<>();
            for (int w = 0; w < random.nextInt(3); w++) {
                workers.add(FakeModels.worker(9000 + w, 100 + random.nextInt(2)));
            }
            versions.add(new Version("" + v, name + v + ".mar", workers));
        }
        models.add(name, versions.toArray(Version[]::new));
    }

    private static List<Object> attributes(MetricGroup group) {
        List<Object> face = new ArrayList<>(List.of(group.resource(), group.scope()));
        for (Metric metric : group.metrics()) {
            face.add(metric.name().intern());
            metric.data().getPoints().forEach(point -> face.add(point.getAttributes()));
        }
        return face;
    }

    private static void assertSame(List<Object> one, List<Object> other) {
        assertThat(isSame(one, other)).isTrue();
    }

    private static boolean isSame(List<Object> one, List<Object> other) {
        if (one.size() != other.size()) {
            return false;
        }
        for (int i = 0; i < one.size(); i++) {
            if (one.get(i) != other.get(i)) {
                return false;
            }
        }
        return true;
    }
}
