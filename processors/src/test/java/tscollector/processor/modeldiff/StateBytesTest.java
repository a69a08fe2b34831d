package tscollector.processor.modeldiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tscollector.processor.modeldiff.Snapshots.complete;
import static tscollector.processor.modeldiff.Snapshots.described;
import static tscollector.processor.modeldiff.Snapshots.listed;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class StateBytesTest {
    private final ServerState state = Differences.between(
                    null, complete(described("a\nü漢", "1*", "2"), listed("b", null), described("c")), 123)
            .state();

    @Test
    void readsBackWhatItWrote() throws Exception {
        ServerState read = StateBytes.read(StateBytes.write(state));

        assertThat(read).isEqualTo(state);
        assertThat(read.models().keySet())
                .containsExactlyElementsOf(state.models().keySet());
    }

    @Test
    void tellsBytesThatAreCutShort() {
        byte[] bytes = StateBytes.write(state);

        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> StateBytes.read(cut)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void tellsAnotherFormatAndATail() {
        byte[] other = StateBytes.write(state);
        other[0] = 2;
        byte[] longer = Arrays.copyOf(StateBytes.write(state), 1000);

        assertThatThrownBy(() -> StateBytes.read(other)).hasMessage("unknown format 2");
        assertThatThrownBy(() -> StateBytes.read(longer)).hasMessage("something follows the end");
    }
}
