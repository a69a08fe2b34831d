package tscollector.exporter.datadog;

/** How many bytes texts take in JSON as {@link WireBuffer#jsonText} writes them, without their quotes. */
final class JsonLength {
    private JsonLength() {}

    static int of(String text) {
        int bytes = 0;
        for (int i = 0; i < text.length(); ) {
            int codePoint = text.codePointAt(i);
            bytes += bytes(codePoint);
            i += Character.charCount(codePoint);
        }
        return bytes;
    }

    /** As much of the beginning as fits in {@code room} bytes; ends between two code points. */
    static String first(String text, int room) {
        int left = room;
        int end = 0;
        while (end < text.length()) {
            int codePoint = text.codePointAt(end);
            left -= bytes(codePoint);
            if (left < 0) {
                break;
            }
            end += Character.charCount(codePoint);
        }
        return text.substring(0, end);
    }

    private static int bytes(int codePoint) {
        if (codePoint < ' ') {
            return 6;
        }
        if (codePoint < 0x80) {
            return codePoint == '"' || codePoint == '\\' ? 2 : 1;
        }
        if (codePoint < 0x800) {
            return 2;
        }
        if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
            return 1; // alone: a question mark
        }
        return codePoint < 0x10000 ? 3 : 4;
    }
}
