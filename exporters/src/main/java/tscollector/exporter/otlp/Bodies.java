package tscollector.exporter.otlp;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tscollector.kit.delivery.RetryAfter;

/** Reads the protobuf messages that backends answer with. */
final class Bodies {
    private static final String RETRY_INFO = "google.rpc.RetryInfo";
    private static final int MAX_TEXT = 200;

    private Bodies() {}

    /**
     * Reads an {@code ExportMetricsServiceResponse} or {@code ExportLogsServiceResponse}: both have {@code partial_success} as field 1,
     * with the rejected count as 1 and a message as 2.
     */
    static Answer exportResponse(byte[] body) throws IOException {
        long rejected = 0;
        String note = "";
        ProtoReader response = new ProtoReader(body);
        while (response.next()) {
            if (!response.isBytes(1)) {
                continue;
            }
            ProtoReader partial = response.message();
            while (partial.next()) {
                if (partial.isNumber(1)) {
                    rejected = partial.number();
                } else if (partial.isBytes(2)) {
                    note = oneLine(partial.text());
                }
            }
        }
        return Answer.taken(Math.max(0, rejected), note);
    }

    /** The message of a {@code google.rpc.Status}; null if these bytes are none or it has no text. */
    static @Nullable String statusMessage(byte[] body) {
        try {
            String message = null;
            ProtoReader status = new ProtoReader(body);
            while (status.next()) {
                if (status.isBytes(2)) {
                    message = oneLine(status.text());
                } else if (!status.isNumber(1) && !status.isBytes(3)) {
                    return null;
                }
            }
            return message;
        } catch (IOException e) {
            return null;
        }
    }

    /** The delay of the {@code RetryInfo} among a {@code google.rpc.Status}' details; null if there is none that can be read. */
    static @Nullable Duration retryDelay(byte[] status) {
        try {
            ProtoReader reader = new ProtoReader(status);
            while (reader.next()) {
                Duration delay = reader.isBytes(3) ? retryInfo(reader.message()) : null;
                if (delay != null) {
                    return delay;
                }
            }
            return null;
        } catch (IOException e) {
            return null;
        }
    }

    /** At most 200 characters of a text from outside, without line breaks and control characters. */
    static String oneLine(String text) {
        String clean = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return clean.length() <= MAX_TEXT ? clean : clean.substring(0, MAX_TEXT - 3) + "...";
    }

    private static @Nullable Duration retryInfo(ProtoReader any) throws IOException {
        boolean isRetryInfo = false;
        Duration delay = Duration.ZERO;
        while (any.next()) {
            if (any.isBytes(1)) {
                isRetryInfo = any.text().endsWith("/" + RETRY_INFO);
            } else if (any.isBytes(2) && isRetryInfo) { // the type precedes the value in every known encoder
                delay = delay(any.message());
            }
        }
        return isRetryInfo ? delay : null;
    }

    private static Duration delay(ProtoReader retryInfo) throws IOException {
        long seconds = 0;
        long nanos = 0;
        while (retryInfo.next()) {
            if (!retryInfo.isBytes(1)) {
                continue;
            }
            ProtoReader duration = retryInfo.message();
            while (duration.next()) {
                if (duration.isNumber(1)) {
                    seconds = duration.number();
                } else if (duration.isNumber(2)) {
                    nanos = duration.number();
                }
            }
        }
        return RetryAfter.bounded(seconds, Math.min(Math.max(nanos, 0), 999_999_999));
    }
}
