package tscollector.torchserve.management;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GpuUsageTest {
    @Test
    void readsTheTextOf012() {
        assertThat(GpuUsage.parse(
                        "gpuId::0 utilization.gpu [%]::37 % utilization.memory [%]::12 % memory.used [MiB]::2310 MiB"))
                .isEqualTo(new GpuUsage("0", 37, 12, 2310));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2,310 MiB        | 2310",
                "2.310 MiB        | 2310",
                "2\u00a0310 MiB   | 2310",
                "2\u202f310 MiB   | 2310",
                "2'310 MiB        | 2310",
                "12,345,678 MiB   | 12345678",
                "0 MiB            | 0",
                "2310.5 MiB       | 2310.5",
                "2310,25 MiB      | 2310.25",
                "[N/A]            | NaN",
                "N/A              | NaN",
                "-1 MiB           | NaN",
            })
    void readsTheTextOfLaterServersInAnyLocale(String memory, double expected) {
        GpuUsage usage = GpuUsage.parse(
                "gpuId::3 utilization.gpu::37 % utilization.memory::[Not Supported] memory.used::" + memory);

        assertThat(usage).isEqualTo(new GpuUsage("3", 37, Double.NaN, expected));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"N/A", "", "failed to obtained gpu usage", "gpuId::", "gpuId:: ", "gpuId", "utilization.gpu::3 %"
            })
    void isNothingWithoutAGpu(String text) {
        assertThat(GpuUsage.parse(text)).isNull();
        assertThat(GpuUsage.parse("gpuId::" + "9".repeat(2_000))).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gpuId::0",
                "gpuId::0 utilization.gpu",
                "gpuId::0 utilization.gpu::",
                "gpuId::0 utilization.gpu [%]::% memory.used::MiB",
                "gpuId::0 utilization.gpu [%]::"
            })
    void hasNoNumbersWhereTheTextHasNone(String text) {
        assertThat(GpuUsage.parse(text)).isEqualTo(new GpuUsage("0", Double.NaN, Double.NaN, Double.NaN));
    }
}
