package tscollector.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class HostMetricsTest {
    private final MetricRegistry registry = new MetricRegistry(1, List.of());
    private final HostMetrics host = new HostMetrics(registry, "h", 2, new Random(7));

    @Test
    void staysPlausibleOverManyCollections() {
        for (int i = 0; i < 1_000; i++) {
            host.collect();
            assertThat(value("CPUUtilization")).isIn(0.0, 100.0);
            assertThat(value("MemoryUsed")).isBetween(900.0, 1_900.0);
            assertThat(value("MemoryUtilization")).isCloseTo(100 * value("MemoryUsed") / 24_112, Offset.offset(0.051));
            assertThat(value("DiskUsage") + value("DiskAvailable")).isCloseTo(101.5, Offset.offset(1e-9));
            assertThat(value("DiskUtilization")).isBetween(24.0, 26.0);
            for (String device : List.of("0", "1")) {
                assertThat(gpu("GPUUtilization", device)).isBetween(0.0, 100.0);
                assertThat(gpu("GPUMemoryUtilization", device))
                        .isCloseTo(100 * gpu("GPUMemoryUsed", device) / 81_559, Offset.offset(1e-9));
            }
        }
    }

    @Test
    void showsBothValuesThatARealServerShowsForTheCpu() {
        Set<Double> seen = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            host.collect();
            seen.add(value("CPUUtilization"));
        }

        assertThat(seen).containsExactlyInAnyOrder(0.0, 100.0);
    }

    @Test
    void hasMemoryOfWorkersInWholePages() {
        for (int i = 0; i < 100; i++) {
            assertThat(host.workerMemory()).isBetween(240_000_000L, 244_000_000L);
            assertThat(host.workerMemory() % 4096).isZero();
        }
    }

    @Test
    void writesNoGpuFamiliesWithoutGpus() {
        MetricRegistry plain = new MetricRegistry(1, List.of());
        new HostMetrics(plain, "h", 0, new Random(7)).collect();

        assertThat(plain.page(MetricsMode.PROMETHEUS, Set.of()))
                .contains("# TYPE GPUUtilization gauge\n")
                .doesNotContain("DeviceId");
    }

    @Test
    void followsItsSeed() {
        MetricRegistry other = new MetricRegistry(9, List.of());
        HostMetrics same = new HostMetrics(other, "h", 2, new Random(7));
        host.collect();
        same.collect();

        assertThat(other.value("MemoryUsed", List.of("Host", "h"))).isEqualTo(value("MemoryUsed"));
    }

    private double value(String gauge) {
        return registry.value(gauge, List.of("Host", "h"));
    }

    private double gpu(String gauge, String device) {
        return registry.value(gauge, List.of("Host", device, "h"));
    }
}
