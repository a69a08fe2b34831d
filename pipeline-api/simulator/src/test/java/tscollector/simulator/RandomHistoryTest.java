package tscollector.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Random histories of changes against a slow and obvious model of what the server should show. */
class RandomHistoryTest {
    private static final long SEED = 20261123;
    private static final Pattern ENTRY = Pattern.compile("\"modelName\": \"([^\"]+)\",\\s+\"modelUrl\": \"([^\"]+)\"");
    private static final Pattern TOKEN = Pattern.compile("\"nextPageToken\": \"(\\d+)\"");
    private static final Pattern VERSION = Pattern.compile("\"modelVersion\": \"([^\"]+)\"");

    /** Versions of each model; the default of each. */
    private final Map<String, Set<String>> versions = new TreeMap<>();

    private final Map<String, String> defaults = new HashMap<>();
    private final SplittableRandom random = new SplittableRandom(SEED);

    @Test
    void showsWhatWasDoneWhateverTheHistory() {
        try (TorchServeSimulator server =
                TorchServeSimulator.builder().modelApi().start()) {
            for (int step = 0; step < 600; step++) {
                change(server);
                if (step % 10 == 0) {
                    compare(server, "seed " + SEED + " step " + step);
                }
            }
        }
    }

    private void change(TorchServeSimulator server) {
        String name = "m" + random.nextInt(12);
        String version = random.nextInt(1, 4) + ".0";
        switch (random.nextInt(5)) {
            case 0, 1 -> register(server, name, version);
            case 2 -> setDefault(server, name, version);
            case 3 -> unregister(server, name, version);
            default -> unregisterAll(server, name);
        }
    }

    private void register(TorchServeSimulator server, String name, String version) {
        boolean fresh =
                versions.computeIfAbsent(name, absent -> new HashSet<>()).add(version);
        if (fresh) {
            server.registerModel(settings(name, version));
            defaults.putIfAbsent(name, version);
        } else {
            assertThat(fails(() -> server.registerModel(settings(name, version))))
                    .isTrue();
        }
    }

    private void setDefault(TorchServeSimulator server, String name, String version) {
        int status = RawClient.send(server, Api.MANAGEMENT, "PUT", "/models/" + name + "/" + version + "/set-default")
                .status();
        boolean there = versions.getOrDefault(name, Set.of()).contains(version);
        assertThat(status).isEqualTo(there ? 200 : 404);
        if (there) {
            defaults.put(name, version);
        }
    }

    private void unregister(TorchServeSimulator server, String name, String version) {
        int status = RawClient.send(server, Api.MANAGEMENT, "DELETE", "/models/" + name + "/" + version)
                .status();
        Set<String> there = versions.getOrDefault(name, Set.of());
        if (!there.contains(version)) {
            assertThat(status).isEqualTo(404);
        } else if (there.size() > 1 && version.equals(defaults.get(name))) {
            assertThat(status).isEqualTo(403);
        } else {
            assertThat(status).isEqualTo(200);
            there.remove(version);
            forgetIfEmpty(name);
        }
    }

    private void unregisterAll(TorchServeSimulator server, String name) {
        if (versions.remove(name) == null) {
            assertThat(fails(() -> server.unregisterModel(name))).isTrue();
        } else {
            server.unregisterModel(name);
            defaults.remove(name);
        }
    }

    private void forgetIfEmpty(String name) {
        if (versions.getOrDefault(name, Set.of()).isEmpty()) {
            versions.remove(name);
            defaults.remove(name);
        }
    }

    private void compare(TorchServeSimulator server, String when) {
        List<String> expected = new ArrayList<>();
        versions.keySet().forEach(name -> expected.add(name + " " + name + "-" + defaults.get(name) + ".mar"));
        assertThat(listed(server, random.nextInt(1, 7))).as(when).isEqualTo(expected);
        assertThat(server.modelNames()).as(when).containsExactlyElementsOf(versions.keySet());
        versions.forEach((name, there) -> {
            assertThat(described(server, name + "/all")).as(when).containsExactlyInAnyOrderElementsOf(there);
            assertThat(described(server, name)).as(when).containsExactly(defaults.get(name));
            assertThat(server.model(name).versions()).as(when).containsOnlyKeys(there);
        });
    }

    private static List<String> listed(TorchServeSimulator server, int limit) {
        List<String> all = new ArrayList<>();
        String token = "0";
        while (token != null) {
            String page = RawClient.get(server, Api.MANAGEMENT, "/models?limit=" + limit + "&next_page_token=" + token)
                    .body();
            ENTRY.matcher(page).results().forEach(entry -> all.add(entry.group(1) + " " + entry.group(2)));
            Matcher next = TOKEN.matcher(page);
            token = next.find() ? next.group(1) : null;
        }
        return all;
    }

    private static List<String> described(TorchServeSimulator server, String path) {
        return VERSION.matcher(
                        RawClient.get(server, Api.MANAGEMENT, "/models/" + path).body())
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    private static boolean fails(Runnable work) {
        try {
            work.run();
            return false;
        } catch (IllegalArgumentException e) {
            return true;
        }
    }

    private static ModelSettings settings(String name, String version) {
        return ModelSettings.of(name, version, name + "-" + version + ".mar").withWorkers(0, 0);
    }
}
