package tscollector.processor.naming;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;

/**
 * The names that were dropped because nobody lists them: said once in the log, and counted by name for as many as
 * {@value #LIMIT}. Thread-safe.
 */
final class UnlistedNames {
    /** Names that are told apart; a server that makes up names must not fill memory or the self-telemetry. */
    static final int LIMIT = 100;

    private static final String OTHER = "other";

    private final Logger logger;
    private final Set<String> known = new HashSet<>(); // guarded by this
    private boolean full; // guarded by this

    UnlistedNames(Logger logger) {
        this.logger = logger;
    }

    /** The name under which points of this metric are counted. */
    synchronized String countedAs(String name) {
        return known.contains(name) ? name : OTHER;
    }

    /** Notes the names of one series set, and says those that are new. */
    synchronized void note(Collection<String> names) {
        List<String> fresh = names.stream()
                .distinct()
                .sorted()
                .filter(name -> !known.contains(name))
                .toList();
        List<String> taken = fresh.subList(0, Math.min(fresh.size(), LIMIT - known.size()));
        known.addAll(taken);
        if (!taken.isEmpty()) {
            logger.info(
                    "Not sent, since they are neither official metrics nor listed in extra_metrics: {}.",
                    String.join(", ", taken));
        }
        if (taken.size() < fresh.size() && !full) {
            full = true;
            logger.info("More than {} names are not sent; the others are counted together.", LIMIT);
        }
    }
}
