package tscollector.kit.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;

class StoreFormatFuzzTest {
    /** Half of the inputs get a right checksum, so that what lies behind it is reached. */
    @FuzzTest
    void readsWhatItWouldWriteAndNothingElse(FuzzedDataProvider data) {
        boolean signed = data.consumeBoolean();
        byte[] content = data.consumeRemainingAsBytes();
        if (signed && content.length >= 4) {
            CRC32C crc = new CRC32C();
            crc.update(content, 0, content.length - 4);
            ByteBuffer.wrap(content).putInt(content.length - 4, (int) crc.getValue());
        }
        try {
            byte[] again = StoreFormat.encode(StoreFormat.decode(content));
            assertThat(again).hasSameSizeAs(content); // entries may have come in another order
            assertThat(Arrays.copyOf(again, 16)).isEqualTo(Arrays.copyOf(content, 16));
        } catch (StoreFormat.CorruptException | StoreFormat.NewerVersionException expected) {
            assertThat(expected).hasMessageContaining("it");
        }
    }
}
