package tscollector.exporter.datadog;

import org.jspecify.annotations.Nullable;

/**
 * The finished body of one request.
 *
 * @param contentType for instance {@code application/json}
 * @param contentEncoding null if the body is sent as it is
 * @param body the bytes themselves as they are sent, not a copy
 * @param plainBytes how many these were before compression
 */
@SuppressWarnings("ArrayRecordComponent") // requests are never compared
record Payload(String contentType, @Nullable String contentEncoding, byte[] body, int plainBytes) {
    static final String JSON = "application/json";
    static final String PROTOBUF = "application/x-protobuf";

    /** An uncompressed body. */
    static Payload plain(String contentType, byte[] plain) {
        return new Payload(contentType, null, plain, plain.length);
    }

    /** Whether the intake takes a body of this size. */
    boolean fits(Route route) {
        return body.length <= route.wireLimit() && plainBytes <= route.plainLimit();
    }
}
