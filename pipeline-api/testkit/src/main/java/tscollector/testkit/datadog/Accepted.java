package tscollector.testkit.datadog;

import java.util.ArrayList;
import java.util.List;

/** What the double took, by kind and in order. Thread-safe. */
final class Accepted {
    private final List<AcceptedSeries> series = new ArrayList<>(); // all guarded by this
    private final List<AcceptedSketch> sketches = new ArrayList<>();
    private final List<AcceptedCheck> checks = new ArrayList<>();
    private final List<AcceptedEvent> events = new ArrayList<>();
    private final List<AcceptedLog> logs = new ArrayList<>();

    synchronized void addSeries(List<AcceptedSeries> more) {
        series.addAll(more);
    }

    synchronized void addSketches(List<AcceptedSketch> more) {
        sketches.addAll(more);
    }

    synchronized void addChecks(List<AcceptedCheck> more) {
        checks.addAll(more);
    }

    synchronized void addEvent(AcceptedEvent more) {
        events.add(more);
    }

    synchronized void addLogs(List<AcceptedLog> more) {
        logs.addAll(more);
    }

    synchronized List<AcceptedSeries> series() {
        return List.copyOf(series);
    }

    synchronized List<AcceptedSketch> sketches() {
        return List.copyOf(sketches);
    }

    synchronized List<AcceptedCheck> checks() {
        return List.copyOf(checks);
    }

    synchronized List<AcceptedEvent> events() {
        return List.copyOf(events);
    }

    synchronized List<AcceptedLog> logs() {
        return List.copyOf(logs);
    }

    synchronized void clear() {
        series.clear();
        sketches.clear();
        checks.clear();
        events.clear();
        logs.clear();
    }
}
