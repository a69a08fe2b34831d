package tscollector.kit.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One nonce of a server and what answers need of it (RFC 7616 3.4). Answers to one nonce are numbered. Thread-safe.
 */
final class DigestSession {
    private static final String MD5 = "md5";
    private static final String SESSION = "-sess";
    /** Names in challenges, and the JDK's. */
    private static final Map<String, String> ALGORITHMS =
            Map.of(MD5, "MD5", "sha-256", "SHA-256", "sha-512-256", "SHA-512/256");

    private final Challenge challenge;
    private final AuthConfig.Digest who;
    private final String nonce;
    private final String realm;
    private final boolean counts;
    private final String clientNonce;
    private final String user;
    private final AtomicInteger count = new AtomicInteger();

    private DigestSession(Challenge challenge, AuthConfig.Digest who, String clientNonce) {
        this.challenge = challenge;
        this.who = who;
        this.nonce = String.valueOf(challenge.get("nonce"));
        this.realm = String.valueOf(challenge.get("realm"));
        this.counts = challenge.get("qop") != null;
        this.clientNonce = clientNonce;
        this.user = hash(who.username() + ":" + realm + ":" + who.password().reveal());
    }

    /** A session for the first challenge that can be answered, or null. */
    static @Nullable DigestSession of(List<String> headers, AuthConfig.Digest who, String clientNonce) {
        return Challenge.of(headers).stream()
                .filter(DigestSession::isUsable)
                .findFirst()
                .map(challenge -> new DigestSession(challenge, who, clientNonce))
                .orElse(null);
    }

    /** The header's value for one request; each is different where the server counts them. */
    String answer(String method, String target) {
        String number = String.format(Locale.ROOT, "%08x", count.incrementAndGet());
        String secret = isSession() ? hash(user + ":" + nonce + ":" + clientNonce) : user;
        String request = hash(method + ":" + target);
        String response = counts
                ? hash(String.join(":", secret, nonce, number, clientNonce, "auth", request))
                : hash(String.join(":", secret, nonce, request));
        StringBuilder header = new StringBuilder("Digest username=")
                .append(quoted(hidesUser() ? hash(who.username() + ":" + realm) : who.username()))
                .append(", realm=")
                .append(quoted(realm))
                .append(", nonce=")
                .append(quoted(nonce))
                .append(", uri=")
                .append(quoted(target))
                .append(", response=")
                .append(quoted(response));
        if (challenge.get("algorithm") != null) {
            header.append(", algorithm=").append(challenge.get("algorithm"));
        }
        if (challenge.get("opaque") != null) {
            header.append(", opaque=").append(quoted(String.valueOf(challenge.get("opaque"))));
        }
        if (counts) {
            header.append(", qop=auth, nc=").append(number).append(", cnonce=").append(quoted(clientNonce));
        }
        return header.append(hidesUser() ? ", userhash=true" : "").toString();
    }

    private static boolean isUsable(Challenge challenge) {
        String qop = challenge.get("qop");
        boolean offersAuth = qop == null
                || Stream.of(qop.split(",", -1)).anyMatch(word -> word.strip().equalsIgnoreCase("auth"));
        boolean printable = challenge.parameters().values().stream().allMatch(HeaderText::isValue);
        return challenge.scheme().equals("digest")
                && challenge.get("nonce") != null
                && challenge.get("realm") != null
                && ALGORITHMS.containsKey(plain(algorithm(challenge)))
                && offersAuth
                && printable;
    }

    private static String algorithm(Challenge challenge) {
        String name = challenge.get("algorithm");
        return name == null ? MD5 : name.toLowerCase(Locale.ROOT);
    }

    private static String plain(String algorithm) {
        return algorithm.endsWith(SESSION) ? algorithm.substring(0, algorithm.length() - SESSION.length()) : algorithm;
    }

    private boolean isSession() {
        return algorithm(challenge).endsWith(SESSION);
    }

    private boolean hidesUser() {
        return "true".equalsIgnoreCase(challenge.get("userhash"));
    }

    private String hash(String text) {
        try {
            MessageDigest digest =
                    MessageDigest.getInstance(ALGORITHMS.getOrDefault(plain(algorithm(challenge)), "SHA-256"));
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime lacks a digest that every one must have", e);
        }
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
