package tscollector.kit.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * A server that insists on RFC 7616: it computes each response itself, takes each count of a nonce once and in order, and gives a
 * nonce up after a number of uses.
 */
final class DigestServer implements AutoCloseable {
    private final String algorithm;
    private final String extras;
    private final boolean counts;
    private final int usesOfANonce;
    private final AtomicInteger nonces = new AtomicInteger();
    private final Map<String, AtomicInteger> uses = new ConcurrentHashMap<>();
    private final RawServer server;

    /**
     * A server for user {@code me} with password {@code pass:wörd}.
     *
     * @param algorithm in the JDK's words
     * @param extras further parameters of the challenge; {@code qop} among them decides whether counts are wanted
     */
    DigestServer(String algorithm, String extras, int usesOfANonce) {
        this.algorithm = algorithm;
        this.extras = extras;
        this.counts = extras.contains("qop");
        this.usesOfANonce = usesOfANonce;
        this.server = RawServer.start((request, to) -> {
            String header = request.header("authorization");
            String fault = header == null ? "none" : fault(request.line(), header);
            if (fault == null) {
                to.ok("welcome");
            } else {
                String nonce = "n" + nonces.incrementAndGet() + "\\\"=,x";
                uses.put(nonce.replace("\\", ""), new AtomicInteger());
                to.send("HTTP/1.1 401 Unauthorized\r\nx-fault: " + fault + "\r\n"
                        + "www-authenticate: Negotiate, Basic realm=\"other, realm\"\r\n"
                        + "www-authenticate: Digest realm=\"a \\\"realm\\\"\", nonce=\"" + nonce + "\"" + extras
                        + (fault.equals("stale") ? ", stale=true" : "")
                        + "\r\ncontent-length: 0\r\n\r\n");
            }
        });
    }

    RawServer server() {
        return server;
    }

    int challenges() {
        return nonces.get();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private String fault(String line, String header) throws Exception {
        Map<String, String> sent = parameters(header);
        AtomicInteger used = uses.get(sent.get("nonce"));
        String method = line.split(" ", -1)[0];
        String target = line.split(" ", -1)[1];
        String secret = hash("me:a \"realm\":pass:wörd");
        if (extras.contains("-sess")) {
            secret = hash(secret + ":" + sent.get("nonce") + ":" + sent.get("cnonce"));
        }
        if (used == null) {
            return "unknown nonce";
        }
        String user = extras.contains("userhash=true") ? hash("me:a \"realm\"") : "me";
        if (!user.equals(sent.get("username"))
                || !target.equals(sent.get("uri"))
                || !"a \"realm\"".equals(sent.get("realm"))) {
            return "other user, realm or address";
        }
        if (extras.contains("opaque") && !"o=1".equals(sent.get("opaque"))) {
            return "opaque is missing";
        }
        String between = "";
        if (counts) {
            if (!"auth".equals(sent.get("qop")) || sent.get("cnonce").isEmpty()) {
                return "no qop";
            }
            if (used.get() == usesOfANonce) {
                return "stale";
            }
            if (Integer.parseInt(sent.get("nc"), 16) != used.incrementAndGet()) {
                return "wrong count";
            }
            between = sent.get("nc") + ":" + sent.get("cnonce") + ":auth:";
        }
        String response = hash(secret + ":" + sent.get("nonce") + ":" + between + hash(method + ":" + target));
        return response.equals(sent.get("response")) ? null : "wrong response";
    }

    private String hash(String text) throws Exception {
        byte[] digest = MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest);
    }

    private static Map<String, String> parameters(String header) {
        return Arrays.stream(header.substring("Digest ".length()).split(", (?=[a-z]+=)"))
                .collect(Collectors.toMap(
                        pair -> pair.substring(0, pair.indexOf('=')),
                        pair -> plain(pair.substring(pair.indexOf('=') + 1))));
    }

    private static String plain(String value) {
        boolean quoted = value.startsWith("\"");
        return quoted ? value.substring(1, value.length() - 1).replaceAll("\\\\(.)", "$1") : value;
    }
}
