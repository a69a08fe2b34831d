package tscollector.kit.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tscollector.component.ComponentId;
import tscollector.component.Kind;

class StoreNameTest {
    @Test
    void readsLikeTheIdItStandsFor() {
        assertThat(fileName("model_diff", "")).isEqualTo("processor.model_diff.store");
        assertThat(fileName("model_diff/gpu-a", "")).isEqualTo("processor.model_diff.gpu-a.store");
        assertThat(fileName("model_diff/gpu-a", "events")).isEqualTo("processor.model_diff.gpu-a.events.store");
        assertThat(fileName("model_diff", "events")).isEqualTo("processor.model_diff..events.store");
    }

    @Test
    void leavesTheDirectoryUnderNoName() {
        assertThat(fileName("a/../../etc/passwd", "../x"))
                .isEqualTo("processor.a.%2e%2e%2f%2e%2e%2fetc%2fpasswd.%2e%2e%2fx.store");
    }

    @Test
    void givesNoTwoStoresOneFileEvenWhereCapitalsDoNotCount() {
        List<String> parts =
                List.of("a", "A", "a.b", "a_b", "%61", "store", "a/b", "ä", "x".repeat(300), "X".repeat(300));
        Map<String, StoreName> owners = new HashMap<>();
        for (Kind kind : Kind.values()) {
            for (String type : List.of("a", "A", "store")) {
                for (String name : with(parts, "")) {
                    for (String store : with(parts, "", "a~")) {
                        StoreName owner = new StoreName(kind, new ComponentId(type, name), store);
                        StoreName other = owners.put(owner.fileName().toLowerCase(Locale.ROOT), owner);
                        assertThat(other).as("the other one with %s", owner).isNull();
                    }
                }
            }
        }
        assertThat(owners.size()).isEqualTo(Kind.values().length * 3 * 11 * 12);
    }

    @Test
    void fitsIntoAFileSystemHoweverLongTheNameIs() {
        String name = fileName("model_diff/" + "é".repeat(1024), "x".repeat(500));

        assertThat(name).hasSizeLessThan(230).matches("[a-z0-9._%~-]+").endsWith(".store");
    }

    private static String fileName(String owner, String store) {
        return new StoreName(Kind.PROCESSOR, ComponentId.parse(owner), store).fileName();
    }

    private static List<String> with(List<String> parts, String... more) {
        List<String> all = new ArrayList<>(parts);
        all.addAll(List.of(more));
        return all;
    }
}
