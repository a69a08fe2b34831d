package tscollector.torchserve.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tscollector.torchserve.Captures;
import tscollector.torchserve.management.Described.Version;
import tscollector.torchserve.management.Described.Worker;

class DescribedTest {
    @Test
    void readsEveryNumberOfARealAnswer() throws Exception {
        Described described = Described.read(Captures.body("prometheus2/y15-describe-queued"), false);

        assertThat(described.length()).isEqualTo(1);
        assertThat(described.bad()).isZero();
        Version version = described.versions().get(0);
        assertThat(version.numbers().keySet()).containsExactly(VersionNumber.values());
        assertThat(version.numbers().values())
                .containsExactly(1., 1., 1., 100., 1., 99., 120., 120., 20., 0., 0., 0., 0., 0., 0.);
        assertThat(version.loadedAtStartup()).isTrue();
        assertThat(version.workerCount()).isEqualTo(1);
    }

    @Test
    void readsSeveralVersionsAndWorkersInAnOrderOfItsOwn() throws Exception {
        Described described = Described.read(Captures.body("prometheus/a07-describe-all-loading"), false);

        assertThat(described.versions()).extracting(Version::version).containsExactly("1.0", "2.0", "3.1");
        assertThat(described.versions()).extracting(Version::url).doesNotContainNull();
        List<Worker> loading = described.versions().get(2).workers();
        assertThat(loading)
                .containsExactly(
                        new Worker("9002", "-1", 3, false, 0, null), new Worker("9003", "-1", 3, false, 0, null));
        assertThat(loading).noneMatch(Worker::hasPid);
        assertThat(described.versions().get(0).workers()).singleElement().satisfies(worker -> {
            assertThat(worker.hasPid()).isTrue();
            assertThat(worker.status()).isEqualTo(1);
            assertThat(worker.memoryUsage()).isZero(); // not measured yet
        });
        assertThat(described.hasGpu()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "environment/n01-describe-newyork",
                "gpu-simulated/u01-describe",
                "gpu-simulated/u02-describe-deviceids",
                "gpu-simulated/u04-describe-fails",
                "oip-workflow-grpc/w07-describe-node",
                "oip-workflow-grpc/w08-describe-function",
                "prometheus/a04-describe-startup",
                "prometheus/a08-describe-all",
                "prometheus/a11-describe-default",
                "prometheus/a15-describe-batcher",
                "prometheus/a17-describe-customized",
                "prometheus/a18-describe-customized-unaware",
                "prometheus/a19-describe-all-customized",
                "prometheus/a21-describe-noworkers",
                "prometheus/f04-describe-weird",
                "prometheus/g01-describe-busy",
                "prometheus/g05-describe-after-timeout",
                "prometheus/g07-describe-after-crash",
                "prometheus/g08-describe-recovered",
                "prometheus/i03-describe-broken",
                "prometheus/i07-describe-broken-given-up",
                "prometheus2/y04-describe-customized-nondict",
                "prometheus2/y09-describe-broken-nondefault",
                "prometheus2/y17-describe-while-loading"
            })
    void readsEveryRealAnswerWithoutComplaint(String capture) throws Exception {
        Described described = Described.read(Captures.body(capture), false);

        assertThat(described.bad()).isZero();
        assertThat(described.versions()).isNotEmpty().hasSize(described.length());
        for (Version version : described.versions()) {
            assertThat(version.numbers()).hasSize(VersionNumber.COUNT);
            assertThat(version.workers()).hasSize(version.workerCount());
        }
    }

    @Test
    void readsGpus() throws Exception {
        List<Worker> workers = Described.read(Captures.body("gpu-simulated/u01-describe"), false)
                .versions()
                .get(0)
                .workers();

        assertThat(workers).extracting(Worker::gpu).containsOnly(true);
        assertThat(workers)
                .extracting(Worker::gpuUsage)
                .containsExactly(new GpuUsage("0", 37, 12, 2310), new GpuUsage("1", Double.NaN, Double.NaN, 0));
        assertThat(Described.read(Captures.body("gpu-simulated/u04-describe-fails"), false)
                        .versions()
                        .get(0)
                        .workers())
                .extracting(Worker::gpuUsage)
                .contains((GpuUsage) null);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "READY          | 1",
                "LOADING        | 2",
                "UNLOADING      | 3",
                "UNKNOWN        | 0",
                "unknown_value  | 0",
                "ready          | 0"
            })
    void readsAStatus(String status, int value) throws Exception {
        assertThat(worker("{\"id\":\"1\",\"status\":\"" + status + "\"}").status())
                .isEqualTo(value);
        assertThat(worker("{\"id\":\"1\"}").status()).isZero();
    }

    @Test
    void takesWhatIsNotThereForAbsent() throws Exception {
        Described described = read("[{\"modelVersion\":\"1\",\"minWorkers\":null,\"workers\":[{\"id\":\"9\"}]}]");

        assertThat(described.bad()).isZero();
        Version version = described.versions().get(0);
        assertThat(version.numbers()).isEmpty();
        assertThat(version.url()).isNull();
        assertThat(version.loadedAtStartup()).isFalse();
        assertThat(version.workers()).containsExactly(new Worker("9", null, 0, false, Double.NaN, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"workers\":null", "\"workers\":[]"})
    void hasNoWorkersWhereTheAnswerHasNone(String field) throws Exception {
        Described described = read("[{\"modelVersion\":\"1\"" + (field.isEmpty() ? "" : ",") + field + "}]");

        assertThat(described.versions().get(0).workerCount()).isZero();
        assertThat(described.bad()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"minWorkers\":\"many\"",
                "\"minWorkers\":true",
                "\"minWorkers\":[1]",
                "\"minWorkers\":{\"x\":{}}",
                "\"minWorkers\":1e999",
                "\"modelUrl\":7",
                "\"loadedAtStartup\":\"perhaps\"",
                "\"loadedAtStartup\":[]",
                "\"workers\":\"none\"",
                "\"workers\":{}",
                "\"workers\":[3]",
                "\"workers\":[{\"status\":\"READY\"}]",
                "\"workers\":[{\"id\":null,\"pid\":1}]",
                "\"workers\":[{\"id\":\"1\",\"pid\":[]}]",
                "\"workers\":[{\"id\":\"1\",\"gpu\":7}]",
                "\"workers\":[{\"id\":\"1\",\"memoryUsage\":\"big\"}]",
                "\"workers\":[{\"id\":\"1\",\"status\":5}]",
                "\"workers\":[{\"id\":\"1\"},{\"id\":\"1\"}]",
                "\"jobQueueStatus\":[]",
                "\"jobQueueStatus\":{\"pendingRequests\":\"x\"}",
            })
    void countsAFieldThatIsNotWhatItShouldBeAndReadsOn(String field) throws Exception {
        Described described = read("[{\"modelVersion\":\"1\"," + field + ",\"batchSize\":3},{\"modelVersion\":\"2\"}]");

        assertThat(described.bad()).isEqualTo(1);
        assertThat(described.versions()).hasSize(2);
        assertThat(described.versions().get(0).numbers()).containsEntry(VersionNumber.BATCH_SIZE, 3.);
    }

    @Test
    void losesAVersionWithoutAVersion() throws Exception {
        Described described =
                read("[{\"minWorkers\":1},{\"modelVersion\":{}},7,{\"modelVersion\":\"2\"},{\"modelVersion\":\"2\"}]");

        assertThat(described.length()).isEqualTo(5);
        assertThat(described.versions()).extracting(Version::version).containsExactly("2");
        assertThat(described.bad()).isEqualTo(5); // two for the version that is an object: the field and the loss
    }

    @Test
    void takesNumbersAndTruthInQuotesAndIdsWithout() throws Exception {
        Described described = read(
                "[{\"modelVersion\":2,\"minWorkers\":\"3\",\"loadedAtStartup\":\"True\",\"workers\":[{\"id\":9000,\"pid\":\"77\",\"gpu\":\"true\"}]}]");

        Version version = described.versions().get(0);
        assertThat(described.bad()).isZero();
        assertThat(version.version()).isEqualTo("2");
        assertThat(version.numbers()).containsEntry(VersionNumber.MIN_WORKERS, 3.);
        assertThat(version.loadedAtStartup()).isTrue();
        assertThat(version.workers()).containsExactly(new Worker("9000", "77", 0, true, Double.NaN, null));
    }

    @Test
    void strictReadsAsPythonPrints() throws Exception {
        Described described = Described.read(
                "[{\"modelVersion\":null,\"minWorkers\":true,\"maxWorkers\":false,\"workers\":[{\"id\":null,\"memoryUsage\":true}]},{\"modelVersion\":1.5},{\"modelVersion\":true}]"
                        .getBytes(StandardCharsets.UTF_8),
                true);

        assertThat(described.versions()).extracting(Version::version).containsExactly("None", "1.5", "True");
        Version version = described.versions().get(0);
        assertThat(version.numbers())
                .containsEntry(VersionNumber.MIN_WORKERS, 1.)
                .containsEntry(VersionNumber.MAX_WORKERS, 0.);
        assertThat(version.workers()).containsExactly(new Worker("None", "None", 0, false, 1, null));
        assertThat(described.bad()).isZero();
    }

    @Test
    void strictKeepsTheServersOrderAndOfTwoEntriesTheLaterValues() throws Exception {
        Described described = Described.read(
                ("[{\"modelVersion\":\"2\",\"minWorkers\":1,\"maxWorkers\":2,\"workers\":["
                                + "{\"id\":\"9001\",\"pid\":5,\"memoryUsage\":1},{\"id\":\"9000\",\"pid\":6},"
                                + "{\"id\":\"9001\",\"pid\":7},{\"id\":\"9001\",\"pid\":5,\"memoryUsage\":3}]},"
                                + "{\"modelVersion\":\"1\"},{\"modelVersion\":2,\"maxWorkers\":9,\"loadedAtStartup\":true}]")
                        .getBytes(StandardCharsets.UTF_8),
                true);

        assertThat(described.length()).isEqualTo(3);
        assertThat(described.versions()).extracting(Version::version).containsExactly("2", "1");
        Version twice = described.versions().get(0);
        assertThat(twice.numbers())
                .containsEntry(VersionNumber.MIN_WORKERS, 1.)
                .containsEntry(VersionNumber.MAX_WORKERS, 9.);
        assertThat(twice.loadedAtStartup()).isTrue();
        assertThat(twice.workerCount()).isZero();
        assertThat(twice.workers())
                .extracting(worker -> worker.id() + " " + worker.pid() + " " + worker.memoryUsage())
                .containsExactly("9001 5 3.0", "9000 6 NaN", "9001 7 NaN");
        ModelSeries series = new ModelSeries("http://a", "m");
        series.update(described, 1);
        assertThat(series.version(twice).workers())
                .extracting(worker -> worker.attributes().get(ManagementMetrics.WORKER_PID))
                .containsExactly("5", "6", "7");
    }

    @Test
    void sortsWorkersByTheirPorts() throws Exception {
        Described described =
                read("[{\"modelVersion\":\"1\",\"workers\":[{\"id\":\"10000\"},{\"id\":\"9999\"},{\"id\":\"9000\"}]}]");

        assertThat(described.versions().get(0).workers())
                .extracting(Worker::id)
                .containsExactly("9000", "9999", "10000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "{}",
                "{\"code\":404}",
                "\"x\"",
                "<html>",
                "[{",
                "[{\"modelVersion\":\"1\"}",
                "[}",
                "[1,2"
            })
    void refusesWhatIsNoDescribe(String body) {
        assertThatThrownBy(() -> read(body)).isInstanceOf(MalformedAnswerException.class);
    }

    @Test
    void survivesDepth() {
        String deep = "[{\"modelVersion\":\"1\",\"x\":" + "[".repeat(100_000);
        assertThatThrownBy(() -> read(deep)).isInstanceOf(MalformedAnswerException.class);
    }

    @Test
    void survivesSize() throws Exception {
        String workers = IntStream.range(0, 30_000)
                .mapToObj(i -> "{\"id\":\"" + i + "\"}")
                .collect(Collectors.joining(","));
        Described described = read("[{\"modelVersion\":\"1\",\"workers\":[" + workers + "]}]");

        assertThat(described.versions().get(0).workers()).hasSize(10_000);
        assertThat(described.versions().get(0).workerCount()).isEqualTo(30_000);
        assertThat(described.bad()).isEqualTo(20_000);

        String versions = IntStream.range(0, 3_000)
                .mapToObj(i -> "{\"modelVersion\":\"" + i + "\"}")
                .collect(Collectors.joining(","));
        assertThat(read("[" + versions + "]").versions()).hasSize(1_000);
        assertThat(read("[{\"modelVersion\":\"" + "1".repeat(5_000) + "\"}]").versions())
                .isEmpty();
        assertThatThrownBy(() -> read("[{\"modelVersion\":\"" + "1".repeat(2_000_000) + "\"}]"))
                .isInstanceOf(MalformedAnswerException.class);
    }

    private static Worker worker(String json) throws MalformedAnswerException {
        return read("[{\"modelVersion\":\"1\",\"workers\":[" + json + "]}]")
                .versions()
                .get(0)
                .workers()
                .get(0);
    }

    private static Described read(String json) throws MalformedAnswerException {
        return Described.read(json.getBytes(StandardCharsets.UTF_8), false);
    }
}
