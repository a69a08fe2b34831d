package tscollector.simulator;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A response before it meets the wire: head lines without line ends, and the body. Immutable. */
final class Answer {
    private static final String JSON = "application/json";

    private final List<String> head;
    private final byte[] body;
    private final boolean closes;
    private final boolean counted;

    private Answer(List<String> head, byte[] body, boolean closes, boolean counted) {
        this.head = List.copyOf(head);
        this.body = body;
        this.closes = closes;
        this.counted = counted;
    }

    /** An answer of TorchServe itself, in its order of headers. */
    static Answer of(int status, String reason, String contentType, String requestId, byte[] body) {
        List<String> head = new ArrayList<>();
        head.add("HTTP/1.1 " + status + " " + reason);
        if (!contentType.isEmpty()) {
            head.add("content-type: " + contentType);
        }
        if (!requestId.isEmpty()) {
            head.add("x-request-id: " + requestId);
        }
        head.add("Pragma: no-cache");
        head.add("Cache-Control: no-cache; no-store, must-revalidate, private");
        head.add("Expires: Thu, 01 Jan 1970 00:00:00 UTC");
        head.add("content-length: " + body.length);
        head.add("connection: " + (status >= 400 ? "close" : "keep-alive"));
        return new Answer(head, body, status >= 400, true);
    }

    /** A tree as JSON with the final newline. */
    static Answer json(int status, String requestId, Object tree) {
        return of(status, Reasons.of(status), JSON, requestId, utf8(Json.pretty(tree) + "\n"));
    }

    /** What the HTTP layer says to a body over the limit: no body, connection left open, counted nowhere. */
    static Answer tooLarge() {
        return new Answer(
                List.of("HTTP/1.1 413 Request Entity Too Large", "content-length: 0"), new byte[0], false, false);
    }

    /** Captured bytes, sent as they are; closes as their connection header says. */
    static Answer raw(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            throw new IllegalArgumentException("cannot replay " + bytes.length + " bytes: no end of headers in them");
        }
        List<String> head = List.of(text.substring(0, end).split("\r\n", -1));
        boolean closes = head.stream().anyMatch(line -> line.equalsIgnoreCase("connection: close"));
        byte[] body = text.substring(end + 4).getBytes(StandardCharsets.ISO_8859_1);
        return new Answer(head, body, closes, true);
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    int status() {
        return Integer.parseInt(head.get(0).split(" ", 3)[1]);
    }

    /** Whether the server resets the connection afterwards. */
    boolean closes() {
        return closes;
    }

    /** Whether it counts in Requests2XX and its sisters. */
    boolean counted() {
        return counted;
    }

    byte[] body() {
        return body;
    }

    /** Status line and headers with the empty line that ends them. */
    byte[] headBytes() {
        return (String.join("\r\n", head) + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The same with a header set or, with an empty value, removed. */
    Answer withHeader(String name, String value) {
        List<String> lines = new ArrayList<>();
        boolean done = value.isEmpty();
        for (String line : head) {
            if (!line.regionMatches(true, 0, name + ":", 0, name.length() + 1)) {
                lines.add(line);
            } else if (!done) {
                lines.add(name + ": " + value);
                done = true;
            }
        }
        if (!done) {
            lines.add(name + ": " + value);
        }
        return new Answer(lines, body, closes, counted);
    }

    /** The same head with another body and its length. */
    Answer withBody(byte[] other) {
        return new Answer(head, other, closes, counted).withHeader("content-length", Integer.toString(other.length));
    }
}
