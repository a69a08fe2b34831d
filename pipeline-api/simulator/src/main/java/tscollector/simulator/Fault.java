package tscollector.simulator;

import java.time.Duration;

/**
 * Something that goes wrong between the server's answer and the client, as a value: pass it to
 * {@link TorchServeSimulator#fault(Api, String, Fault)}. Faults that change an answer work on the real one (or the replayed one)
 * of that moment.
 */
public sealed interface Fault {

    /** The port is closed and open connections are reset; the path is ignored. Ends with {@link TorchServeSimulator#clearFaults}. */
    record RefuseConnections() implements Fault {}

    /** The request is read and never answered, until the client or the simulator closes. */
    record Hang() implements Fault {}

    /** The answer comes late. */
    record Delay(Duration by) implements Fault {}

    /** The connection is reset instead of an answer. */
    record ResetAtOnce() implements Fault {}

    /** The connection is reset after so many bytes of the body; the head is complete. */
    record ResetMidBody(int afterBytes) implements Fault {}

    /**
     * The promised length is not the body's: positive, the header promises that much more and the connection ends early;
     * negative, the body is that much longer than promised and the connection stays open.
     */
    record ContentLengthOff(int by) implements Fault {}

    /** No content-length; the end of the connection ends the body. */
    record NoContentLength() implements Fault {}

    /** 200 without content-length, and this text again and again until the client or the simulator closes. */
    record EndlessBody(String text) implements Fault {}

    /** 200 with a gzip body that unpacks to so many bytes of one character. */
    record GzipBomb(long unpackedBytes) implements Fault {}

    /** 200 with a single line of so many characters. */
    record LongLine(int bytes) implements Fault {}

    /** Bytes that are no UTF-8 stand before the last quote of the body, or at its end when it has none. */
    record InvalidUtf8() implements Fault {}

    /** The same body in chunks of so many bytes instead of a length. */
    record Chunked(int chunkBytes) implements Fault {}

    /** Another status, content type and body; a status of 400 or more resets the connection like a real one. */
    record Respond(int status, String contentType, String body) implements Fault {}

    /** A redirect without a body. */
    record Redirect(int status, String location) implements Fault {}

    /** The whole answer, head included, at so many bytes a second. */
    record Drip(int bytesPerSecond) implements Fault {}

    /** These characters (Latin-1) instead of HTTP, then the end of the connection. */
    record Garbage(String latin1) implements Fault {}

    /** The same body under another content type; empty for none. */
    record ContentType(String value) implements Fault {}

    /** 200 with the right headers and no body. */
    record EmptyBody() implements Fault {}

    /** Paging: every page request gets the first page, token included. */
    record RepeatPage() implements Fault {}

    /** Paging: every page but the first begins so many entries too early. */
    record OverlapPages(int entries) implements Fault {}

    /** Paging: another fault, only for page requests whose {@code next_page_token} is at least {@code offset}. */
    record FromPage(int offset, Fault fault) implements Fault {}
}
