package tscollector.exporter.datadog;

import java.time.Duration;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Service checks in the JSON array of {@code /api/v1/check_run}; what is in a slot is the status, 0 to 3. */
final class CheckForm implements DatedCargo.Form<Integer> {
    /** The intake's limit for checks. */
    private static final Duration MAX_AGE = Duration.ofMinutes(10);

    /** Runs of checks, none yet. */
    static DatedCargo<Integer> cargo() {
        return new DatedCargo<>(new CheckForm(), MAX_AGE, DatedCargo.AS_OFTEN_AS_NEEDED);
    }

    /** What the runs of a check have in common; all but status and time. */
    static byte[] head(String name, String host, Collection<String> tags, @Nullable String message) {
        WireBuffer head = new WireBuffer(256);
        head.ascii("{\"check\":").jsonText(name).ascii(",\"host_name\":").jsonText(host);
        head.ascii(",\"tags\":");
        JsonSeries.tags(tags, head);
        if (message != null && !message.isEmpty()) {
            head.ascii(",\"message\":").jsonText(message);
        }
        return head.toBytes();
    }

    @Override
    public String contentType() {
        return Payload.JSON;
    }

    @Override
    public String open() {
        return "[";
    }

    @Override
    public void write(Series of, Integer status, long second, WireBuffer out) {
        out.add(of.head()).ascii(",\"status\":").decimal(status);
        out.ascii(",\"timestamp\":").decimal(second).add('}');
    }

    @Override
    public String comma() {
        return ",";
    }

    @Override
    public String close() {
        return "]";
    }
}
