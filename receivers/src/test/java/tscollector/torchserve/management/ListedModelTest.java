package tscollector.torchserve.management;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tscollector.torchserve.Captures;

class ListedModelTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "resnet-18_v1.0~x    ; models/resnet-18_v1.0%7Ex",
                "a,b:c|d             ; models/a%2Cb%3Ac%7Cd",
                "caf\u00e9\u6f22     ; models/caf%C3%A9%E6%BC%A2",
                "a b+c*              ; models/a%20b%2Bc*",
                "100%?#&=            ; models/100%25%3F%23%26%3D",
                ".                   ; models/%2E",
                "..                  ; models/%2E%2E",
                "...                 ; models/...",
            })
    void encodesNamesForPaths(String name, String path) {
        assertThat(new ListedModel(name, null).path()).isEqualTo(path);
    }

    @Test
    void knowsWhatTheServerCannotBeAskedFor() throws Exception {
        ListPage page = ListPage.read(Captures.body("prometheus/f01-models-weird"), false);

        assertThat(page.models())
                .hasSize(9)
                .filteredOn(model -> !model.canBeDescribed())
                .extracting(ListedModel::name)
                .containsExactly("sla/sh");
        assertThat(page.models().get(8).path()).isEqualTo("models/we%22ird%5Cname%0Anew");
        for (String name : List.of("", "a/b", "half\ud800")) {
            assertThat(new ListedModel(name, null).canBeDescribed()).isFalse();
        }
    }

    @Test
    void readsPagesWithFieldsItDoesNotKnow() throws Exception {
        ListPage page = ListPage.read(
                "{\"x\":[{\"models\":[]}],\"models\":[{\"modelName\":\"a\",\"new\":{\"modelName\":\"b\"},\"modelUrl\":\"a.mar\"}],\"nextPageToken\":100}"
                        .getBytes(StandardCharsets.UTF_8),
                false);

        assertThat(page).isEqualTo(new ListPage(List.of(new ListedModel("a", "a.mar")), "100", 0, 0));
    }
}
