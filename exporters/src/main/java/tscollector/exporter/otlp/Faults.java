package tscollector.exporter.otlp;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import tscollector.consumer.DeliveryException;

/** Says in words why a backend gave no answer: the same words for the same fault, without ports of ours and durations. */
final class Faults {
    private Faults() {}

    /** All of them are worth another try: the connection failed, not the request. */
    static DeliveryException of(IOException fault, String address, boolean grpc, Duration timeout) {
        return DeliveryException.retryable(address + ": " + text(fault, address, grpc, timeout), fault);
    }

    private static String text(IOException fault, String address, boolean grpc, Duration timeout) {
        String message = fault.getMessage() == null ? "" : fault.getMessage();
        if (fault instanceof UnknownHostException) {
            return "the name of the host is not known";
        }
        if (fault instanceof SSLPeerUnverifiedException) {
            return "the backend's certificate is for another host; see tls.server_name_override";
        }
        if (fault instanceof SSLException) {
            return tls(fault, message, grpc);
        }
        if (fault instanceof ConnectException) {
            return root(fault).contains("refused") ? "connection refused" : "cannot connect";
        }
        if (fault instanceof SocketTimeoutException || fault instanceof InterruptedIOException) {
            return "no answer within " + timeout.toMillis() + " ms (timeout)";
        }
        if (fault instanceof ProtocolException && message.contains("\u0015\u0003")) {
            return "the backend speaks TLS; write https://";
        }
        if (grpc && address.startsWith("http://")) {
            return "connection lost; does the backend speak gRPC without TLS at this port?";
        }
        if (message.contains("CONNECT")) {
            return Bodies.oneLine("the proxy refused: " + message);
        }
        return "connection lost before the answer was complete";
    }

    private static String tls(IOException fault, String message, boolean grpc) {
        if (message.contains("Unsupported or unrecognized SSL message")) {
            return grpc
                    ? "the backend does not speak TLS at this port; for one without TLS set tls.insecure: true"
                    : "the backend does not speak TLS at this port; for one without TLS write http://";
        }
        String reason = root(fault);
        if (reason.contains("unable to find valid certification path") || reason.contains("PKIX")) {
            return "the backend's certificate is not trusted; name its authority in tls.ca_file";
        }
        if (reason.contains("certificate_required") || reason.contains("bad_certificate")) {
            return "the backend wants a client certificate that it knows; see tls.cert_file and tls.key_file";
        }
        return Bodies.oneLine("TLS failed: " + (reason.isEmpty() ? message : reason));
    }

    /** The message of the first cause. */
    private static String root(Throwable fault) {
        Throwable root = fault;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root.getMessage() == null ? "" : root.getMessage();
    }
}
