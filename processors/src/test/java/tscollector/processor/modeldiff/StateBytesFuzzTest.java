package tscollector.processor.modeldiff;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.EOFException;
import java.io.IOException;

class StateBytesFuzzTest {
    @FuzzTest
    void readsAnythingOrSaysThatItCannot(byte[] bytes) {
        try {
            ServerState state = StateBytes.read(bytes);
            assertThat(StateBytes.read(StateBytes.write(state))).isEqualTo(state);
        } catch (IOException expected) {
            assertThat(expected.getMessage() != null || expected instanceof EOFException)
                    .isTrue();
        }
    }
}
