package tscollector.kit.http;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tscollector.kit.http.HttpAsk.KeyRole;

/**
 * Answers a server's challenge, and the requests after it without being asked again, for as long as the server takes the nonce.
 * The first request to a server goes without credentials.
 */
final class DigestAuthorizer implements Authorizer {
    private static final int UNAUTHORIZED = 401;
    private static final int CLIENT_NONCE_BYTES = 16;
    /** Far more than any component has targets; beyond it, servers ask again. */
    private static final int MOST_SERVERS = 10_000;

    private final AuthConfig.Digest who;
    private final SecureRandom random = new SecureRandom();
    private final Map<Origin, DigestSession> sessions = new ConcurrentHashMap<>();

    DigestAuthorizer(AuthConfig.Digest who) {
        this.who = who;
    }

    @Override
    public @Nullable HeaderLine header(HttpAsk ask, String target) {
        DigestSession session = sessions.get(Origin.of(ask.uri()));
        return session == null ? null : HeaderLine.authorization(session.answer(ask.method(), target));
    }

    @Override
    public boolean isRefusal(Refusal refusal) {
        return refusal.status() == UNAUTHORIZED && !refusal.challenges().isEmpty();
    }

    /** A nonce that is out of date is refused like a wrong password; a new one tells which it was. */
    @Override
    public boolean renew(Refusal refusal) {
        DigestSession session = DigestSession.of(refusal.challenges(), who, clientNonce());
        if (session == null) {
            return false;
        }
        if (sessions.size() >= MOST_SERVERS) {
            sessions.clear();
        }
        sessions.put(Origin.of(refusal.ask().uri()), session);
        return true;
    }

    @Override
    public String remedyForRefusal(KeyRole role) {
        return "the server does not accept what auth.digest says, or asks for another kind of authorisation";
    }

    private String clientNonce() {
        byte[] bytes = new byte[CLIENT_NONCE_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
