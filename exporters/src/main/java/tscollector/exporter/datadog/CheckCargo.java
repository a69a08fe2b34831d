package tscollector.exporter.datadog;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tscollector.kit.delivery.Progress;

/** Service checks, one a slot, in the JSON array of {@code /api/v1/check_run}. */
final class CheckCargo implements Cargo {
    /** The intake's limit for checks. */
    private static final Duration MAX_AGE = Duration.ofMinutes(10);

    private static final class Run {
        private final Series check;
        private final int status;
        private final long second;
        private boolean isGone;

        Run(Series check, int status, long second) {
            this.check = check;
            this.status = status;
            this.second = second;
        }
    }

    private final List<Run> runs = new ArrayList<>();

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

    /** @param status 0 to 3 */
    void add(Series check, int status, long second) {
        runs.add(new Run(check, status, second));
    }

    @Override
    public String contentType() {
        return Payload.JSON;
    }

    @Override
    public int slots() {
        return runs.size();
    }

    @Override
    public long items(int slot) {
        return points(slot);
    }

    @Override
    public int points(int slot) {
        return runs.get(slot).isGone ? 0 : 1;
    }

    @Override
    public void open(WireBuffer out) {
        out.add('[');
    }

    @Override
    public void write(boolean isFirst, int slot, WireBuffer out) {
        Run run = runs.get(slot);
        if (!isFirst) {
            out.add(',');
        }
        out.add(run.check.head()).ascii(",\"status\":").decimal(run.status);
        out.ascii(",\"timestamp\":").decimal(run.second).add('}');
    }

    @Override
    public void close(WireBuffer out) {
        out.add(']');
    }

    @Override
    public void sortOut(int fromSlot, long nowEpochNanos, Progress progress) {
        TimeWindow window = TimeWindow.around(nowEpochNanos, MAX_AGE);
        for (Run run : runs.subList(fromSlot, runs.size())) {
            String objection = run.isGone ? null : window.objection(run.second);
            if (objection != null) {
                run.isGone = true;
                progress.dropped(objection, 1);
            }
        }
    }

    @Override
    public @Nullable Cargo apart(int slot) {
        return null;
    }

    @Override
    public void outcomeUnknown(int from, int to) {
        // a run that arrives twice says the same twice
    }
}
