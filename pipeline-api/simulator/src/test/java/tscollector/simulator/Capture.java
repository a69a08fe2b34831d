package tscollector.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Answers captured from a real TorchServe 0.12.0, and the comparison with them. */
final class Capture {
    private static final Pattern REQUEST_ID =
            Pattern.compile("(?m)^x-request-id: [0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\r");
    private static final Pattern START_TIME =
            Pattern.compile("\"startTime\": \"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z\"");
    private static final Pattern PID = Pattern.compile("\"pid\": \\d+");
    private static final Pattern MEMORY = Pattern.compile("\"memoryUsage\": \\d+");
    private static final Pattern LENGTH = Pattern.compile("(?m)^content-length: \\d+\r");

    private Capture() {}

    static byte[] bytes(String name) {
        try (InputStream in = Capture.class.getResourceAsStream(resource(name))) {
            return Objects.requireNonNull(in, name).readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException(name, e);
        }
    }

    static String resource(String name) {
        return "/torchserve-0.12.0/" + name;
    }

    static String text(String name) {
        return new String(bytes(name), StandardCharsets.ISO_8859_1);
    }

    /** The reply is the capture, byte for byte, once ids, times, pids and memory are set aside. */
    static void assertSame(Reply reply, String name) {
        assertThat(normal(reply.text())).as(name).isEqualTo(normal(text(name)));
        assertLength(reply);
    }

    /** The same for a metrics page, families in any order, series in the captured one. */
    static void assertSamePage(Reply reply, String name) {
        assertThat(families(normal(reply.text()))).as(name).isEqualTo(families(normal(text(name))));
        assertLength(reply);
    }

    private static void assertLength(Reply reply) {
        assertThat(reply.header("content-length"))
                .isEqualTo(Integer.toString(reply.latin1Body().length()));
    }

    private static String normal(String text) {
        String normal = REQUEST_ID.matcher(text).replaceAll("x-request-id: ID\r");
        normal = START_TIME.matcher(normal).replaceAll("\"startTime\": TIME");
        normal = PID.matcher(normal).replaceAll("\"pid\": PID");
        normal = MEMORY.matcher(normal).replaceAll("\"memoryUsage\": BYTES");
        // Pids and memory differ in digits, so lengths do; assertLength checks the simulator's own.
        return LENGTH.matcher(normal).replaceAll("content-length: LENGTH\r");
    }

    private static String families(String text) {
        int body = text.indexOf("\r\n\r\n") + 4;
        List<String> families = new ArrayList<>(List.of(text.substring(body).split("(?m)^(?=# HELP )")));
        return text.substring(0, body) + families.stream().sorted().collect(Collectors.joining());
    }

    /** Sets the metrics of a server to what a captured page says; its families must be configured. */
    static void load(TorchServeSimulator server, String name) {
        Pattern sample = Pattern.compile("(?m)^([A-Za-z0-9_]+)\\{(.*),\\} (\\S+)$");
        sample.matcher(new String(bytes(name), StandardCharsets.UTF_8))
                .results()
                .forEach(match -> {
                    if (!match.group(1).toLowerCase(Locale.ROOT).contains("histogram")) {
                        List<String> values = labelValues(match.group(2));
                        double now = server.metricValue(match.group(1), values);
                        double wanted = Double.parseDouble(match.group(3));
                        boolean counter = match.group(1).matches("Requests.XX|ts_.*|.*(Count|Counter|Error)");
                        server.updateMetric(match.group(1), values, counter ? wanted - now : wanted);
                    }
                });
    }

    private static List<String> labelValues(String labels) {
        return Pattern.compile("[A-Za-z_]+=\"((?:[^\"\\\\]|\\\\.)*)\"")
                .matcher(labels)
                .results()
                .map(match -> match.group(1)
                        .replace("\\\\", "\0")
                        .replace("\\\"", "\"")
                        .replace("\\n", "\n")
                        .replace("\0", "\\"))
                .toList();
    }
}
