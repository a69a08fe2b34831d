package tscollector.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A registered version and its workers. Guarded by the store's lock. */
final class VersionState {
    private ModelSettings settings;
    private int pending;
    private final List<Worker> workers = new ArrayList<>();

    VersionState(ModelSettings settings) {
        this.settings = settings;
    }

    ModelSettings settings() {
        return settings;
    }

    List<Worker> workers() {
        return workers;
    }

    void scaled(int min, int max) {
        settings = settings.withWorkers(min, max);
    }

    void pending(int requests) {
        if (requests < 0 || requests > settings.jobQueueSize()) {
            throw new IllegalArgumentException("cannot queue " + requests + " requests of " + settings.jobQueueSize());
        }
        pending = requests;
    }

    boolean canServe() {
        return pending < settings.jobQueueSize() && workers.stream().anyMatch(Worker::ready);
    }

    boolean healthy(Instant now) {
        Duration window = Duration.ofSeconds(settings.maxRetryTimeoutSeconds());
        long healthy = workers.stream()
                .filter(worker -> worker.failedSince() == null
                        || !now.isAfter(worker.failedSince().plus(window)))
                .count();
        return healthy >= settings.minWorkers();
    }

    int indexOf(String workerId) {
        for (int i = 0; i < workers.size(); i++) {
            if (workers.get(i).id().equals(workerId)) {
                return i;
            }
        }
        throw new IllegalArgumentException(
                "cannot find worker " + workerId + " of " + settings.name() + " " + settings.version());
    }

    Model.Version view(boolean loadedAtStartup) {
        return new Model.Version(settings, loadedAtStartup, pending, workers);
    }
}
