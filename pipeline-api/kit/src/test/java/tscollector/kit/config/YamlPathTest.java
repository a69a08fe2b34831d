package tscollector.kit.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlPathTest {
    private static final String YAML = """
            a:
              b: [one, {c: two}]
              "x.y": dotted
              x: {y: plain}
              "k[0]": bracket
            long:
              - first
            """;

    private final Mistakes mistakes = new Mistakes();
    private final YamlNode root = new YamlReader(mistakes).read(mistakes.source("f", YAML));

    @ParameterizedTest
    @CsvSource({
        "a.b[0], true, 2:7",
        "a.b[1].c, true, 2:16",
        "a.b, true, 2:6",
        "a.x.y, true, 3:10",
        "a.k[0], true, 5:11",
        "long[0], true, 7:5",
        "a.b[2], false, 2:3",
        "a.b[x], false, 2:3",
        "a.b[, false, 2:3",
        "a.b[99999999999], false, 2:3",
        "a.b.c, false, 2:3",
        "a.nope.deeper, false, 1:1",
        "long[0].x, false, 7:5"
    })
    void followsAPathAsFarAsItGoesAndBlamesWhatTheUserSees(String path, boolean exact, String place) {
        YamlPath.Found found = YamlPath.find(root, null, path);

        assertThat(found.exact()).isEqualTo(exact);
        assertThat(found.blamed()).hasToString("f:" + place);
    }

    @Test
    void blamesTheKeyOfWhatBeginsBelowIt() {
        assertThat(YamlPath.find(root, null, "long").blamed()).hasToString("f:6:1");
        assertThat(YamlPath.find(root, null, "a").blamed()).hasToString("f:1:1");
    }

    @Test
    void blamesTheKeyWhereTheKeyIsWrong() {
        assertThat(YamlPath.find(root, null, "a.b").blamedKey()).hasToString("f:2:3");
        assertThat(YamlPath.find(root, null, "").blamedKey()).isEqualTo(root.place());
    }

    @Test
    void meansTheRootByAnEmptyPath() {
        Place key = mistakes.source("g", "key: v").at(1, 1);

        assertThat(YamlPath.find(root, null, "").value()).isSameAs(root);
        assertThat(YamlPath.find(root, key, "nothing").blamed()).isEqualTo(key);
    }

    @Test
    void writesPathsAsProblemsDo() {
        assertThat(YamlPath.child("", "a")).isEqualTo("a");
        assertThat(YamlPath.child(YamlPath.child(YamlPath.child("a", "b"), 3), "c"))
                .isEqualTo("a.b[3].c");
    }
}
