package tscollector.app.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tscollector.app.interop.OtlpFile.Point;
import tscollector.app.it.Program;
import tscollector.simulator.Api;

/** A real TorchServe with its default, token authorization: without a key, with the key file, rotated keys, expired keys. */
class TokenInteropIT {
    private static final String KEY_FILE_SETTING = ".auth.torchserve_key_file";

    @TempDir
    private Path folder;

    @Test
    void followsTheKeyFileThroughRotationsAndSaysWhatIsMissingWithoutIt() throws Exception {
        try (RealTorchServe server = RealTorchServe.start(folder.resolve("ts"), "token")) {
            withoutAKey(server);
            withTheKeyFile(server);
        }
    }

    private void withoutAKey(RealTorchServe server) throws Exception {
        Path out = Files.createDirectories(folder.resolve("without"));
        try (Program program = Line.toFilesOnly(server::port, out).start()) {
            program.awaitReady();
            awaitHealth(out, "inference_api", 4);
            awaitHealth(out, "management_api", 4);
            awaitHealth(out, "openmetrics", 4);
            program.terminate();
            assertThat(program.exitCode()).isZero();

            assertThat(health(out, "inference_api")).allMatch(TokenInteropIT::wantsAKey);
            assertThat(health(out, "management_api")).allMatch(TokenInteropIT::wantsAKey);
            assertThat(health(out, "openmetrics")).allMatch(point -> point.number() == 0); // it never asks for one
            List<String> warnings = program.errors()
                    .lines()
                    .filter(line -> line.contains("auth.torchserve_key_file"))
                    .toList();
            assertThat(warnings).as(program.errors()).hasSize(2).allMatch(line -> line.contains("WARN"));
            assertThat(warnings).anyMatch(line -> line.contains("torchserve_inference"));
            assertThat(warnings).anyMatch(line -> line.contains("torchserve_management"));
        }
    }

    private void withTheKeyFile(RealTorchServe server) throws Exception {
        Path out = Files.createDirectories(folder.resolve("with"));
        try (Program program = withKeyFile(server, out).start()) {
            program.awaitReady();
            awaitHealth(out, "management_api", 2);
            for (int i = 1; i <= 2; i++) {
                String old = server.key("management");
                rotate(server, "management");
                rotate(server, "inference");
                assertThat(server.key("management")).isNotEqualTo(old);
                server.register("meter.mar", "&model_name=round-" + i, "Authorization", bearer(server, "management"));
                int round = i;
                RealTorchServe.until(
                        () -> OtlpFile.events(out.resolve("events.jsonl")), events -> events.size() >= round);
                int answered = health(out, "inference_api").size();
                awaitHealth(out, "inference_api", answered + 2);
            }
            program.terminate();
            assertThat(program.exitCode()).as(program.errors()).isZero();

            assertThat(OtlpFile.events(out.resolve("events.jsonl")))
                    .extracting(event -> event.name() + " " + event.attribute("torchserve.model.name"))
                    .containsExactly("torchserve.model.added round-1", "torchserve.model.added round-2");
            for (String api : List.of("inference_api", "management_api", "openmetrics")) {
                assertThat(health(out, api)).as(api).allMatch(point -> point.number() == 0);
            }
            for (String owner : List.of("management", "inference", "API")) {
                assertThat(program.errors()).doesNotContain(server.key(owner));
            }
            assertThat(program.errors()).doesNotContain("WARN  receiver");
        }
    }

    @Test
    void saysThatKeysExpiredAndComesBackWhenTheyAreRenewed() throws Exception {
        try (RealTorchServe server =
                        RealTorchServe.start(folder.resolve("ts"), "token", "--property", "token_expiration_min=0.05");
                Program program = withKeyFile(server, folder).start()) {
            program.awaitReady();
            awaitLastHealth("inference_api", 1);
            awaitLastHealth("management_api", 1);
            assertThat(health(folder, "management_api"))
                    .filteredOn(point -> point.number() != 0)
                    .allMatch(TokenInteropIT::wantsAKey);
            int before = health(folder, "management_api").size();
            rotate(server, "management");
            rotate(server, "inference");
            RealTorchServe.until(
                    () -> health(folder, "management_api"),
                    points -> points.subList(before, points.size()).stream().anyMatch(point -> point.number() == 0));
            awaitHealthy("inference_api");
            program.terminate();

            assertThat(program.exitCode()).as(program.errors()).isZero();
            assertThat(health(folder, "openmetrics")).allMatch(point -> point.number() == 0);
        }
    }

    private static Program.Builder withKeyFile(RealTorchServe server, Path out) {
        return Line.toFilesOnly(server::port, out)
                .set("receivers.torchserve_management" + KEY_FILE_SETTING, server.keyFile())
                .set("receivers.torchserve_inference" + KEY_FILE_SETTING, server.keyFile());
    }

    private static void rotate(RealTorchServe server, String owner) {
        assertThat(server.send(
                                Api.MANAGEMENT,
                                "GET",
                                "/token?type=" + owner,
                                "",
                                "Authorization",
                                bearer(server, "API"))
                        .statusCode())
                .isEqualTo(200);
    }

    private static String bearer(RealTorchServe server, String owner) {
        return "Bearer " + server.key(owner);
    }

    private static boolean wantsAKey(Point health) {
        return health.number() == 1
                && health.attribute("torchserve.api.state").equals("auth_failed")
                && health.attribute("error.type").equals("invalid_key")
                && !health.attribute("error.message").isEmpty();
    }

    private void awaitLastHealth(String api, double value) {
        RealTorchServe.until(
                () -> health(folder, api),
                points -> !points.isEmpty() && points.get(points.size() - 1).number() == value);
    }

    /** Ready again after something else. */
    private void awaitHealthy(String api) {
        RealTorchServe.until(() -> health(folder, api), points -> {
            List<Double> values = points.stream().map(Point::number).toList();
            return values.lastIndexOf(0.0) > values.indexOf(1.0) && values.contains(1.0);
        });
    }

    private static void awaitHealth(Path out, String api, int count) {
        RealTorchServe.until(() -> health(out, api), points -> points.size() >= count);
    }

    private static List<Point> health(Path out, String api) {
        return OtlpFile.points(out.resolve("metrics.jsonl")).stream()
                .filter(point -> point.name().equals("torchserve." + api + ".health"))
                .toList();
    }
}
