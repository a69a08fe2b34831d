package tscollector.kit.http;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.TruncatedChunkException;
import org.jspecify.annotations.Nullable;

/**
 * The words for each way in which an exchange ends without an answer. A message names the address (or the proxy) and the fault in
 * our own fixed words: texts of the libraries change with ports, versions and languages.
 */
final class Failures {
    private static final int LONGEST_MESSAGE = 200;

    private Failures() {}

    /** The failure with a message of bounded length. */
    static HttpFailure of(HttpFailure.Type type, String message, @Nullable Throwable cause) {
        String cut = message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE - 3) + "...";
        return new HttpFailure(type, cut, cause);
    }

    /**
     * What an exception of the client means.
     *
     * @param peer who was connected to, in words
     * @param proxied whether that is a proxy
     * @param answerBegan whether at least one byte of an answer came
     */
    static HttpFailure from(Throwable failure, String peer, boolean proxied, boolean answerBegan) {
        HttpFailure found = fromConnecting(failure, peer, proxied);
        if (found == null) {
            found = fromTalking(failure, peer, answerBegan);
        }
        return found != null
                ? found
                : of(HttpFailure.Type.CONNECTION_FAILED, "the exchange with " + peer + " failed", failure);
    }

    private static @Nullable HttpFailure fromConnecting(Throwable failure, String peer, boolean proxied) {
        HttpFailure.Type type;
        String what;
        if (failure instanceof UnknownHostException) {
            type = HttpFailure.Type.NAME_NOT_FOUND;
            what = "the host name of " + peer + " was not found";
        } else if (failure instanceof ConnectTimeoutException) {
            type = HttpFailure.Type.CONNECT_TIMEOUT;
            what = "no connection to " + peer + " within the timeout";
        } else if (failure instanceof SocketException && saysRefused(failure)) {
            type = HttpFailure.Type.CONNECTION_REFUSED;
            what = "connection to " + peer + " refused: nobody listens there";
        } else if (failure instanceof SocketException && messageOf(failure).contains("no such file")) {
            type = HttpFailure.Type.CONNECTION_FAILED;
            what = "no connection to " + peer + ": there is no such socket";
        } else if (failure instanceof SocketException && messageOf(failure).contains("permission denied")) {
            type = HttpFailure.Type.CONNECTION_FAILED;
            what = "no connection to " + peer + ": this user may not use it";
        } else if (failure instanceof ConnectException || failure instanceof NoRouteToHostException) {
            type = HttpFailure.Type.CONNECTION_FAILED;
            what = "no connection to " + peer + ": the network does not lead there";
        } else if (failure instanceof SSLException) {
            return of(HttpFailure.Type.TLS_FAILED, "TLS with " + peer + " failed: " + tlsReason(failure), failure);
        } else {
            return null;
        }
        return of(proxied ? HttpFailure.Type.PROXY_FAILED : type, what, failure);
    }

    private static @Nullable HttpFailure fromTalking(Throwable failure, String peer, boolean answerBegan) {
        if (failure instanceof BodyConsumer.BodyTooLargeException) {
            return of(
                    HttpFailure.Type.BODY_TOO_LARGE,
                    "the answer of " + peer + " is longer than body_size_limit",
                    failure);
        }
        if (failure instanceof TruncatedChunkException || (isEnd(failure) && answerBegan)) {
            return of(HttpFailure.Type.CUT_OFF, peer + " ended the connection before the answer was complete", failure);
        }
        if (failure instanceof MalformedChunkCodingException) {
            return of(
                    HttpFailure.Type.PROTOCOL_ERROR, "the answer of " + peer + " is not HTTP: broken chunks", failure);
        }
        if (failure instanceof MessageConstraintException) {
            return of(
                    HttpFailure.Type.PROTOCOL_ERROR,
                    "the answer of " + peer + " has too many or too long header lines",
                    failure);
        }
        if (failure instanceof HttpException) {
            return of(HttpFailure.Type.PROTOCOL_ERROR, "the answer of " + peer + " is not HTTP", failure);
        }
        if (failure instanceof SocketTimeoutException) {
            return of(HttpFailure.Type.TIMEOUT, "no complete answer from " + peer + " within the timeout", failure);
        }
        return isEnd(failure)
                ? of(HttpFailure.Type.CONNECTION_RESET, peer + " ended the connection without an answer", failure)
                : null;
    }

    private static boolean isEnd(Throwable failure) {
        return failure instanceof ConnectionClosedException || failure instanceof SocketException || saysReset(failure);
    }

    private static boolean saysRefused(Throwable failure) {
        return messageOf(failure).contains("refused");
    }

    /** Sockets that are read without blocking report a reset as a plain exception. */
    private static boolean saysReset(Throwable failure) {
        String message = messageOf(failure);
        return message.contains("reset") || message.contains("broken pipe") || message.contains("closed");
    }

    private static String tlsReason(Throwable failure) {
        boolean certificate = false;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateExpiredException) {
                return "the certificate has expired";
            }
            if (cause instanceof CertificateNotYetValidException) {
                return "the certificate is not valid yet";
            }
            certificate |= cause instanceof CertificateException
                    || cause instanceof java.security.cert.CertPathBuilderException
                    || cause instanceof java.security.cert.CertPathValidatorException;
        }
        String text = messageOf(failure);
        if (text.contains("subject alternative")
                || text.contains("no name matching")
                || text.contains("doesn't match")) {
            return "the certificate is for another name";
        }
        if (certificate) {
            return "the certificate is not trusted";
        }
        if (text.contains("plaintext") || text.contains("unsupported or unrecognized")) {
            return "the server does not speak TLS on this port";
        }
        return failure instanceof SSLHandshakeException
                ? "the server refused the handshake (version, cipher or client certificate)"
                : "the handshake was not completed";
    }

    private static String messageOf(Throwable failure) {
        return String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    }
}
