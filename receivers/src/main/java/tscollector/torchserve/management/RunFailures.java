package tscollector.torchserve.management;

import java.time.Duration;
import java.util.Map;
import tscollector.telemetry.Telemetry;
import tscollector.torchserve.Outcome;
import tscollector.torchserve.management.ModelDescriber.Result;

/** Counts what a run could not read, and says it now and then: never a line per model. */
final class RunFailures {
    private static final Duration QUIET = Duration.ofMinutes(10);

    private final Telemetry telemetry;
    private final String address;

    RunFailures(Telemetry telemetry, String address) {
        this.telemetry = telemetry;
        this.address = address;
    }

    /** @param results of all describes that came to an end, by name */
    void tell(Run run, Map<String, Result> results, Outcome outcome) {
        long unaskable = run.chosen().keySet().stream()
                .filter(model -> !model.canBeDescribed())
                .count();
        count("models that cannot be described", unaskable);
        DescribeRun describes = run.describes();
        count("models over the limit of points", describes == null ? 0 : describes.tooManyPoints());
        tellUnaffordable(run.unaffordable());
        int failed = 0;
        String first = "";
        for (Map.Entry<String, Result> entry : results.entrySet()) {
            Result result = entry.getValue();
            countMalformed(result.described() == null ? 0 : result.described().bad());
            if (!result.outcome().isOk()) {
                first = failed == 0 ? entry.getKey() + ": " + result.outcome().message() : first;
                failed++;
            }
        }
        count("failed describes", failed);
        if (failed > 0 && outcome.isOk()) {
            telemetry.warnOncePer(
                    QUIET,
                    "describe " + address,
                    "Cannot describe every model. target=" + address + " failed=" + failed + " first=\""
                            + printable(first) + "\"");
        }
    }

    private void tellUnaffordable(int models) {
        if (models > 0) {
            count("models without memory", models);
            telemetry.warnOncePer(
                    QUIET,
                    "memory " + address,
                    "Models are left out: what is known of all servers holds the memory that models and series may use. target="
                            + address + " models=" + models);
        }
    }

    /** Counts fields that are not what they should be. */
    void countMalformed(int fields) {
        if (fields > 0) {
            count("malformed fields", fields);
            telemetry.warnOncePer(
                    QUIET,
                    "malformed " + address,
                    "Answers of the management API have fields that are not what they should be; they count as absent. target="
                            + address);
        }
    }

    private void count(String what, long times) {
        if (times > 0) {
            telemetry.count(what, times);
        }
    }

    /** Model names may hold anything, line breaks too. */
    private static String printable(String text) {
        String line = text.replaceAll("\\p{Cntrl}", "?");
        return line.length() <= 300 ? line : line.substring(0, 300);
    }
}
