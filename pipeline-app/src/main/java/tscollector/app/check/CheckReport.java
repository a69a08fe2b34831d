package tscollector.app.check;

import java.io.PrintStream;
import java.util.List;

/** Prints what was collected, for people. */
final class CheckReport {
    private static final String[] STATES = {"OK", "WARNING", "CRITICAL", "UNKNOWN"};

    private final PrintStream out;

    CheckReport(PrintStream out) {
        this.out = out;
    }

    /**
     * The report.
     *
     * @param silent targets that did not answer
     */
    void print(Collected collected, int targets, List<String> silent) {
        List<Collected.Series> metrics = collected.metrics();
        out.println("Metrics (" + metrics.size() + "): type, name, value, tags");
        metrics.forEach(series -> line(pad(series.type(), 9), series.name(), figures(series), series.tags()));
        out.println();
        List<Collected.Series> checks = collected.checks();
        out.println("Service checks (" + checks.size() + ")");
        checks.forEach(check -> line(
                pad(state(check.value()), 8),
                check.name(),
                check.tags(),
                check.text().isEmpty() ? "" : "\"" + check.text() + "\""));
        out.println();
        List<String> events = collected.events();
        out.println("Events and logs (" + events.size() + ")");
        events.forEach(event -> out.println("  " + event.replaceAll("\\p{Cntrl}", "?")));
        out.println();
        if (collected.leftOut() > 0) {
            out.println(collected.leftOut() + " more found no room here.");
        }
        out.println(targets + " target" + (targets == 1 ? "" : "s") + " asked, "
                + (targets - Math.min(targets, silent.size())) + " answered well. Nothing was sent.");
        silent.forEach(target -> out.println("  no good answer: " + target));
        out.flush();
    }

    private void line(String... parts) {
        out.println(("  " + String.join("  ", parts)).stripTrailing());
    }

    private static String figures(Collected.Series series) {
        String value = Figures.of(series.value());
        return switch (series.type()) {
            case "count" ->
                value + " in all"
                        + (series.before() == null
                                ? ""
                                : ", " + signed(series.value() - series.before()) + " since the run before");
            case "increase" -> signed(series.value());
            case "histogram", "summary" -> value + " values, " + series.text();
            default -> value;
        };
    }

    private static String signed(double difference) {
        return (difference < 0 ? "" : "+") + Figures.of(difference);
    }

    private static String state(double value) {
        return value >= 0 && value < STATES.length ? STATES[(int) value] : Figures.of(value);
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}
