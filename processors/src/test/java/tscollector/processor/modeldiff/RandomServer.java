package tscollector.processor.modeldiff;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import tscollector.kit.inventory.Inventory;
import tscollector.kit.inventory.Inventory.Model;
import tscollector.kit.inventory.Inventory.Version;

/** A server with at most three models of at most three versions that change at random, and what a receiver sees of it. */
final class RandomServer {
    private static final String[] NAMES = {"a", "b", "c"};
    private static final String[] VERSIONS = {"1", "2", "3"};

    private static final class Truth {
        private final TreeMap<String, String> archiveOf = new TreeMap<>(); // by version
        private String defaultVersion = "1";
    }

    private final SplittableRandom random;
    private final TreeMap<String, Truth> models = new TreeMap<>();

    RandomServer(SplittableRandom random) {
        this.random = random;
        change();
        change();
    }

    /** Registers, unregisters, or sets another default. */
    void change() {
        String name = pick(NAMES);
        Truth truth = models.get(name);
        if (truth == null || random.nextInt(3) == 0) {
            String version = pick(VERSIONS);
            Truth registered = truth == null ? new Truth() : truth;
            registered.archiveOf.put(version, pick(VERSIONS) + ".mar");
            registered.defaultVersion = registered.archiveOf.size() == 1 ? version : registered.defaultVersion;
            models.put(name, registered);
        } else if (random.nextBoolean()) {
            truth.defaultVersion = pick(new TreeSet<>(truth.archiveOf.keySet()).toArray(String[]::new));
        } else if (truth.archiveOf.size() == 1 || random.nextInt(3) == 0) {
            models.remove(name);
        } else {
            truth.archiveOf.remove(pick(VERSIONS));
            if (!truth.archiveOf.containsKey(truth.defaultVersion)) {
                truth.defaultVersion = truth.archiveOf.firstKey();
            }
        }
    }

    /** What a run finds out: pages may fail (not complete, some models missing), repeat (some twice), describes may fail. */
    Inventory snapshot() {
        boolean complete = random.nextInt(4) > 0;
        List<Model> seen = new ArrayList<>();
        models.forEach((name, truth) -> {
            if (complete || random.nextBoolean()) {
                Model model = look(name, truth);
                seen.add(model);
                if (random.nextInt(8) == 0) {
                    seen.add(model);
                }
            }
        });
        if (random.nextInt(10) == 0) {
            Collections.reverse(seen);
        }
        return new Inventory(Snapshots.URL, complete, seen);
    }

    private Model look(String name, Truth truth) {
        String url = random.nextInt(10) == 0 ? null : truth.archiveOf.get(truth.defaultVersion);
        if (random.nextInt(4) == 0) {
            return new Model(name, url, false, List.of());
        }
        boolean ambiguous = random.nextInt(8) == 0;
        List<Version> versions = new ArrayList<>();
        truth.archiveOf.forEach((version, archive) ->
                versions.add(new Version(version, archive, !ambiguous && version.equals(truth.defaultVersion))));
        return new Model(name, url, true, versions);
    }

    private String pick(String[] choices) {
        return choices[random.nextInt(choices.length)];
    }
}
