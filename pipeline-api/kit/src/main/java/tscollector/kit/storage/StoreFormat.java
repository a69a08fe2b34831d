package tscollector.kit.storage;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * The bytes of a store file. All numbers are big endian:
 *
 * <pre>
 * 8 bytes   "tscstore"
 * 4 bytes   version, 1
 * 4 bytes   number of entries; then for each, keys ascending:
 *   4 bytes   length of the key, then the key in UTF-8
 *   4 bytes   length of the value, then the value
 * 4 bytes   CRC32C of everything before
 * </pre>
 *
 * <p>The first twelve bytes and the last four mean the same in every version, so that damage can be told from a newer version.
 */
final class StoreFormat {
    static final int VERSION = 1;

    private static final byte[] MAGIC = "tscstore".getBytes(StandardCharsets.US_ASCII);
    private static final int HEADER = MAGIC.length + Integer.BYTES;
    private static final int CHECKSUM = Integer.BYTES;

    private StoreFormat() {}

    /** The bytes are not what was written. */
    static final class CorruptException extends Exception {
        private static final long serialVersionUID = 1L;

        CorruptException(String message) {
            super(message);
        }
    }

    /** The bytes are whole and of a version that is not known here. */
    static final class NewerVersionException extends Exception {
        private static final long serialVersionUID = 1L;

        NewerVersionException(int version) {
            super("it has format version " + version + ", and this program knows up to " + VERSION);
        }
    }

    /** How many bytes {@link #encode} would give. */
    static long sizeOf(Map<String, byte[]> entries) {
        long size = (long) HEADER + Integer.BYTES + CHECKSUM;
        for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
            size += 2L * Integer.BYTES
                    + entry.getKey().getBytes(StandardCharsets.UTF_8).length
                    + entry.getValue().length;
        }
        return size;
    }

    static byte[] encode(SortedMap<String, byte[]> entries) {
        ByteBuffer out = ByteBuffer.allocate(Math.toIntExact(sizeOf(entries)));
        out.put(MAGIC).putInt(VERSION).putInt(entries.size());
        entries.forEach((key, value) -> {
            byte[] keyBytes = key.getBytes(StandardCharsets.UTF_8);
            out.putInt(keyBytes.length).put(keyBytes).putInt(value.length).put(value);
        });
        out.putInt(checksum(out.array(), out.position()));
        return out.array();
    }

    /** What {@link #encode} was given. */
    static SortedMap<String, byte[]> decode(byte[] content) throws CorruptException, NewerVersionException {
        if (content.length < HEADER + CHECKSUM) {
            throw new CorruptException("it has only " + content.length + " bytes");
        }
        ByteBuffer in = ByteBuffer.wrap(content);
        if (!ByteBuffer.wrap(MAGIC).equals(in.slice(0, MAGIC.length))) {
            throw new CorruptException("it does not begin as a store does");
        }
        int end = content.length - CHECKSUM;
        if (checksum(content, end) != in.getInt(end)) {
            throw new CorruptException("its checksum does not match");
        }
        int version = in.getInt(MAGIC.length);
        if (version != VERSION) {
            throw new NewerVersionException(version);
        }
        return entries(in.slice(HEADER, end - HEADER));
    }

    private static SortedMap<String, byte[]> entries(ByteBuffer in) throws CorruptException {
        SortedMap<String, byte[]> entries = new TreeMap<>();
        try {
            int count = in.getInt();
            for (int i = 0; i < count; i++) {
                String key = StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes(in)))
                        .toString();
                entries.put(key, bytes(in));
            }
            if (in.hasRemaining() || entries.size() != count) {
                throw new CorruptException("its entries do not add up");
            }
        } catch (BufferUnderflowException | CharacterCodingException e) {
            throw new CorruptException("its entries cannot be read");
        }
        return Collections.unmodifiableSortedMap(entries);
    }

    private static byte[] bytes(ByteBuffer in) {
        int length = in.getInt();
        if (length < 0 || length > in.remaining()) {
            throw new BufferUnderflowException(); // before the array is made: a declared length is not to be trusted
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    private static int checksum(byte[] content, int length) {
        CRC32C crc = new CRC32C();
        crc.update(content, 0, length);
        return (int) crc.getValue();
    }
}
