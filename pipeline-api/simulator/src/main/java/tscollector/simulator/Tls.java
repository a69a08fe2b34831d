package tscollector.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** TLS as a real server offers it: version 1.2 and two RSA cipher suites, no client certificates. */
final class Tls {
    private static final List<String> SUITES =
            List.of("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA");

    private Tls() {}

    /** The server's side on top of a connection of which the first bytes were read already. */
    static Socket server(SSLContext context, Socket socket, InputStream consumed) throws IOException {
        Socket secured = context.getSocketFactory().createSocket(socket, consumed, true);
        if (secured instanceof SSLSocket ssl) {
            ssl.setUseClientMode(false);
            ssl.setEnabledProtocols(new String[] {"TLSv1.2"});
            List<String> supported = Arrays.asList(ssl.getSupportedCipherSuites());
            ssl.setEnabledCipherSuites(
                    SUITES.stream().filter(supported::contains).toArray(String[]::new));
        }
        return secured;
    }
}
