package tscollector.app.imports;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import tscollector.kit.config.YamlWriter;

/** Names receivers by kind, host and port; a second one of the same gets a short hash of its settings. */
final class ReceiverIds {
    private static final int SHORT = 6;

    private final Set<String> taken = new HashSet<>();

    String of(Instances.Receiver receiver) {
        String authority = receiver.address()
                .authority()
                .replaceAll("%%(?:env_)?([^%]+)%%", "$1")
                .replaceAll("[^\\p{L}\\p{N}_.:/-]+", "_")
                .replaceAll("^/+|/+$", "");
        String shortened = authority.length() > 200 ? authority.substring(0, 200) : authority;
        String plain = receiver.kind().receiver() + "/" + (shortened.isEmpty() ? "instance" : shortened);
        if (taken.add(plain)) {
            return plain;
        }
        String base = plain + "-" + hash(receiver);
        String id = base;
        for (int i = 2; !taken.add(id); i++) {
            id = base + "-" + i;
        }
        return id;
    }

    private static String hash(Instances.Receiver receiver) {
        String settings = YamlWriter.block(receiver.settings()) + YamlWriter.block(receiver.naming());
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(settings.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, SHORT);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
