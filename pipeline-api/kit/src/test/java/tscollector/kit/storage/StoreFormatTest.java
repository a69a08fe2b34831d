package tscollector.kit.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class StoreFormatTest {
    @Test
    void keepsItsBytesFromVersionToVersion() {
        byte[] encoded = StoreFormat.encode(entries("key", "value", "é", ""));

        assertThat(HexFormat.of().formatHex(encoded))
                .isEqualTo("747363" + "73746f7265" // tscstore
                        + "00000001" // version
                        + "00000002" // entries
                        + "00000003" + "6b6579" + "00000005" + "76616c7565"
                        + "00000002" + "c3a9" + "00000000"
                        + HexFormat.of().toHexDigits(crc(encoded)));
    }

    @Test
    void givesBackWhatItWasGiven() throws Exception {
        SplittableRandom random = new SplittableRandom(7);
        for (int round = 0; round < 200; round++) {
            SortedMap<String, byte[]> entries = new TreeMap<>();
            for (int i = random.nextInt(20); i > 0; i--) {
                byte[] value = new byte[random.nextInt(300)];
                random.nextBytes(value);
                entries.put("k" + random.nextInt(1_000) + "ü", value);
            }

            byte[] encoded = StoreFormat.encode(entries);

            assertThat(encoded).hasSize((int) StoreFormat.sizeOf(entries));
            SortedMap<String, byte[]> decoded = StoreFormat.decode(encoded);
            assertThat(decoded.keySet()).isEqualTo(entries.keySet());
            decoded.forEach(
                    (key, value) -> assertThat(value).as("seed 7, %s", key).isEqualTo(entries.get(key)));
        }
    }

    @Test
    void seesEveryFlippedBitAndEveryCut() {
        byte[] whole = StoreFormat.encode(entries("a", "1", "b", "22"));

        for (int bit = 0; bit < whole.length * 8; bit++) {
            byte[] damaged = whole.clone();
            damaged[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThatThrownBy(() -> StoreFormat.decode(damaged)).isInstanceOf(StoreFormat.CorruptException.class);
        }
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> StoreFormat.decode(cut)).isInstanceOf(StoreFormat.CorruptException.class);
        }
        assertThatThrownBy(() -> StoreFormat.decode(Arrays.copyOf(whole, whole.length + 1)))
                .isInstanceOf(StoreFormat.CorruptException.class);
    }

    @Test
    void tellsANewerVersionFromDamage() {
        byte[] newer = withChecksum(header(2).putInt(0));

        assertThatThrownBy(() -> StoreFormat.decode(newer))
                .isInstanceOf(StoreFormat.NewerVersionException.class)
                .hasMessageContaining("version 2");
    }

    @Test
    void believesNoLengthEvenIfTheChecksumIsRight() {
        byte[] hugeKey = withChecksum(header(1).putInt(1).putInt(Integer.MAX_VALUE));
        byte[] negativeKey = withChecksum(header(1).putInt(1).putInt(-1));
        byte[] hugeCount = withChecksum(header(1).putInt(Integer.MAX_VALUE));
        byte[] negativeCount = withChecksum(header(1).putInt(-5));
        byte[] sameKeyTwice =
                withChecksum(header(1).putInt(2).putInt(0).putInt(0).putInt(0).putInt(0));
        byte[] keyIsNoText =
                withChecksum(header(1).putInt(1).putInt(1).put((byte) 0xff).putInt(0));

        for (byte[] lie : new byte[][] {hugeKey, negativeKey, hugeCount, negativeCount, sameKeyTwice, keyIsNoText}) {
            assertThatThrownBy(() -> StoreFormat.decode(lie)).isInstanceOf(StoreFormat.CorruptException.class);
        }
    }

    private static ByteBuffer header(int version) {
        return ByteBuffer.allocate(64)
                .put("tscstore".getBytes(StandardCharsets.US_ASCII))
                .putInt(version);
    }

    private static byte[] withChecksum(ByteBuffer content) {
        byte[] bytes = new byte[content.position() + 4];
        content.flip().get(bytes, 0, content.limit());
        ByteBuffer.wrap(bytes).putInt(bytes.length - 4, crc(bytes));
        return bytes;
    }

    private static int crc(byte[] withRoomAtTheEnd) {
        CRC32C crc = new CRC32C();
        crc.update(withRoomAtTheEnd, 0, withRoomAtTheEnd.length - 4);
        return (int) crc.getValue();
    }

    private static SortedMap<String, byte[]> entries(String... keysAndValues) {
        SortedMap<String, byte[]> entries = new TreeMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            entries.put(keysAndValues[i], keysAndValues[i + 1].getBytes(StandardCharsets.UTF_8));
        }
        return entries;
    }
}
