package tscollector.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static tscollector.signal.Samples.RESOURCE;
import static tscollector.signal.Samples.SCOPE;
import static tscollector.signal.Samples.gauge;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class PlanCacheTest {
    private final PlanCache<Object> plans = new PlanCache<>();
    private final AtomicInteger planned = new AtomicInteger();

    private Object plan(MetricGroup group) {
        return plans.planFor(group, any -> {
            planned.incrementAndGet();
            return new Object();
        });
    }

    private static MetricGroup groupOf(Shape shape, int points) {
        return MetricGroup.of(RESOURCE, SCOPE, List.of(gauge(RESOURCE, SCOPE, "m", points)), shape);
    }

    @Test
    void plansOncePerShapeHoweverManyGroupsHaveIt() {
        Shape shape = new Shape();
        Object first = plan(groupOf(shape, 1));

        assertThat(plan(groupOf(shape, 1))).isSameAs(first);
        assertThat(plan(groupOf(shape, 2))).isSameAs(first);
        assertThat(planned).hasValue(1);
    }

    @Test
    void plansAnewForAnotherShapeThoughTheGroupLooksTheSame() {
        Shape one = new Shape();
        Shape two = new Shape();

        assertThat(plan(groupOf(one, 1))).isNotSameAs(plan(groupOf(two, 1)));
        assertThat(plans.size()).isEqualTo(2);
        assertThat(one).isNotEqualTo(two);
    }

    @Test
    void triesAgainAfterAPlannerFailed() {
        MetricGroup group = groupOf(new Shape(), 1);
        assertThatIllegalStateException()
                .isThrownBy(() -> plans.planFor(group, any -> {
                    throw new IllegalStateException("broken");
                }));

        assertThat(plans.size()).isZero();
        assertThat(plan(group)).isNotNull();
    }

    @Test
    void forgetsThePlanWhenTheShapeIsGoneAndKeepsTheOthers() {
        Shape kept = new Shape();
        Object keptPlan = plan(groupOf(kept, 1));
        WeakReference<Shape> gone = planForAShapeThatIsForgotten();

        // The collector clears the reference, and a thread of the machine's queues it some time later.
        Awaitility.await().until(() -> {
            System.gc();
            return gone.get() == null && plans.size() < 2;
        });

        assertThat(plans.size()).isEqualTo(1);
        assertThat(plan(groupOf(kept, 1))).isSameAs(keptPlan);
    }

    private WeakReference<Shape> planForAShapeThatIsForgotten() {
        Shape shape = new Shape();
        Object unused = plan(groupOf(shape, 1));
        return new WeakReference<>(shape);
    }

    @Test
    void givesAllThreadsTheSamePlan() throws Exception {
        int threads = 8;
        List<Shape> shapes = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            shapes.add(new Shape());
        }
        CountDownLatch begin = new CountDownLatch(1);
        Set<Object> seen = ConcurrentHashMap.newKeySet();
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> runs = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                runs.add(pool.submit(() -> {
                    begin.await();
                    shapes.forEach(shape -> seen.add(plan(groupOf(shape, 1))));
                    return null;
                }));
            }
            begin.countDown();
            for (Future<?> run : runs) {
                run.get(30, TimeUnit.SECONDS);
            }
        } finally {
            pool.shutdownNow();
        }

        assertThat(seen).hasSameSizeAs(shapes);
        assertThat(planned).hasValueGreaterThanOrEqualTo(shapes.size()); // two may plan one at the same moment
        assertThat(plans.size()).isEqualTo(shapes.size());
    }

    @Test
    void aLargePlanHoldsUpNoOtherShape() throws Exception {
        CountDownLatch planning = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        MetricGroup large = groupOf(new Shape(), 1);
        ExecutorService pool = Executors.newFixedThreadPool(2);
        try {
            Future<Object> slow = pool.submit(() -> plans.planFor(large, any -> {
                planning.countDown();
                await(done);
                return "slow";
            }));
            assertThat(planning.await(30, TimeUnit.SECONDS)).isTrue();

            Future<Object> other = pool.submit(() -> plan(groupOf(new Shape(), 1)));
            assertThat(other.get(30, TimeUnit.SECONDS)).isNotNull();
            Object first = plan(large);
            done.countDown();

            assertThat(slow.get(30, TimeUnit.SECONDS)).isSameAs(first);
        } finally {
            done.countDown();
            pool.shutdownNow();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
