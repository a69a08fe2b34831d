package tscollector.kit.config;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One text that configuration is read from: a file as the user named it, the argument of a {@code --set}, a file that a variable
 * names. It remembers which parts of itself must not be shown. One thread at a time.
 */
public final class YamlSource {
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final String name;
    private final String text;
    private final List<String> lines;
    private final int order;
    private final List<Span> hidden = new ArrayList<>();
    private boolean readable = true;

    YamlSource(String name, String text, int order) {
        this.name = name;
        this.text = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
        this.lines = this.text.lines().toList();
        this.order = order;
    }

    /** As the user named it; it begins each message. */
    public String name() {
        return name;
    }

    /** The whole text, without a byte order mark. */
    public String text() {
        return text;
    }

    /** The place of a character; both numbers begin with 1. */
    public Place at(int line, int column) {
        return new Place(this, line, column, 1);
    }

    /** The place after the last character. */
    public Place end() {
        int line = Math.max(1, lines.size());
        return at(line, (int) line(line).codePoints().count() + 1);
    }

    int order() {
        return order;
    }

    /** The line without its end; empty for a line that is not there. */
    String line(int number) {
        return number >= 1 && number <= lines.size() ? lines.get(number - 1) : "";
    }

    boolean hasLine(int number) {
        return number >= 1 && number <= lines.size();
    }

    /** Nothing between these two places is ever shown. */
    void hide(Span span) {
        hidden.add(span);
    }

    /** No structure was found, so that nobody can tell what is secret: every value counts as such. */
    void markUnreadable() {
        readable = false;
    }

    boolean isReadable() {
        return readable;
    }

    List<Span> hidden() {
        return hidden;
    }

    /**
     * Reads UTF-8.
     *
     * @return the text; up to the first wrong byte where the bytes are no UTF-8
     */
    public static Decoded decode(byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer target = CharBuffer.allocate(bytes.length);
        ByteBuffer input = ByteBuffer.wrap(bytes);
        CoderResult result = decoder.decode(input, target, true);
        target.flip();
        return new Decoded(target.toString(), !result.isError());
    }

    /** What was read, and whether it is all there is. */
    public record Decoded(String text, boolean whole) {}

    /** From one place to another in the same source, the end exclusive; lines and columns begin with 1. */
    public record Span(int line, int column, int endLine, int endColumn) {}
}
