package tscollector.kit.http;

import io.opentelemetry.sdk.common.Clock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;
import tscollector.config.Secret;
import tscollector.kit.http.CredentialFile.MalformedException;
import tscollector.kit.http.HttpAsk.KeyRole;

/**
 * The keys that TorchServe writes at its start, and whenever one is renewed, over the old ones in place:
 *
 * <pre>{@code
 * {"management": {"key": "...", "expiration time": "2026-11-22T21:33:01.123Z"}, "inference": {...}, "API": {"key": "..."}}
 * }</pre>
 *
 * <p>The key of the token API is not read: nothing here may renew keys. A key that is not valid is answered with 400 and
 * {@code InvalidKeyException}, whatever the reason.
 */
final class TorchServeKeyAuthorizer implements Authorizer {
    private static final int REFUSED = 400;
    private static final byte[] REFUSAL = "InvalidKeyException".getBytes(StandardCharsets.US_ASCII);
    /** TorchServe's error bodies have some 200 bytes. */
    private static final int REFUSAL_WITHIN_BYTES = 4096;

    /**
     * One key.
     *
     * @param expires null if the file does not say
     */
    record Key(Secret text, @Nullable Instant expires) {}

    private static final JsonFactory JSON = new JsonFactory();

    private final CredentialFile<Map<String, Key>> file;
    private final Clock clock;

    TorchServeKeyAuthorizer(Path path, Clock clock) {
        file = new CredentialFile<>(path, "auth.torchserve_key_file", TorchServeKeyAuthorizer::parse, clock);
        this.clock = clock;
    }

    @Override
    public @Nullable HeaderLine header(HttpAsk ask, String target) throws HttpFailure {
        String name = nameOf(ask.keyRole());
        if (name == null) {
            return null;
        }
        Key key = file.get().get(name);
        if (key == null) {
            throw Failures.of(
                    HttpFailure.Type.NO_CREDENTIALS,
                    "the file in auth.torchserve_key_file has no key for \"" + name + "\"",
                    null);
        }
        return HeaderLine.authorization("Bearer " + key.text().reveal());
    }

    @Override
    public boolean mustLook() {
        return file.mustLook();
    }

    @Override
    public boolean isRefusal(Refusal refusal) {
        return refusal.status() == REFUSED
                && refusal.ask().keyRole() != KeyRole.NONE
                && contains(refusal.body(), REFUSAL);
    }

    /** The key may have been renewed since the file was read; asks again if so, and only then. */
    @Override
    public boolean renew(Refusal refusal) {
        file.renew();
        try {
            return !Objects.equals(header(refusal.ask(), ""), refusal.sent());
        } catch (HttpFailure e) {
            return false;
        }
    }

    /** The file's own time tells an expired key from one that is not this server's; the server's answer is the same. */
    @Override
    public String remedyForRefusal(KeyRole role) {
        Map<String, Key> keys = file.last();
        String name = nameOf(role);
        Key key = keys == null || name == null ? null : keys.get(name);
        String which = "the " + (name == null ? "" : name + " ") + "key in auth.torchserve_key_file, " + file.path();
        String fault = file.fault();
        if (fault != null) {
            return which + ", was read some time ago and is refused now; the file cannot be read any more: " + fault;
        }
        Instant expires = key == null ? null : key.expires();
        if (expires != null && !expires.isAfter(Instant.ofEpochSecond(0, clock.now()))) {
            return which + ", expired at " + expires + "; renew it through the server's token API ("
                    + "GET /token?type=" + name + " with the API key), and the file is read again by itself";
        }
        return which + ", is refused although it should be good" + (expires == null ? "" : " until " + expires)
                + ": the file must be the one that this server has written since its last start";
    }

    private static @Nullable String nameOf(KeyRole role) {
        return switch (role) {
            case NONE -> null;
            case INFERENCE -> "inference";
            case MANAGEMENT -> "management";
        };
    }

    static Map<String, Key> parse(byte[] bytes) throws MalformedException {
        Map<String, Key> keys = new HashMap<>();
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), bytes)) {
            expect(json.nextToken() == JsonToken.START_OBJECT);
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = json.currentName();
                if (json.nextToken() == JsonToken.START_OBJECT) {
                    readKey(json, name, keys);
                } else {
                    json.skipChildren();
                }
            }
            expect(json.currentToken() == JsonToken.END_OBJECT && json.nextToken() == null);
        } catch (JacksonException e) {
            throw new MalformedException("it is not (yet) a complete key file of TorchServe");
        }
        return keys;
    }

    private static void readKey(JsonParser json, String name, Map<String, Key> keys) throws MalformedException {
        Secret key = null;
        Instant expires = null;
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String field = json.currentName();
            if (json.nextToken() != JsonToken.VALUE_STRING) {
                json.skipChildren();
            } else if (field.equals("key")) {
                key = usable(json.getString());
            } else if (field.equals("expiration time")) {
                expires = instant(json.getString());
            }
        }
        if (key != null) {
            keys.put(name, new Key(key, expires));
        }
    }

    private static Secret usable(String key) throws MalformedException {
        if (!HeaderText.isWord(key) || HeaderText.looksLikeTokenCall(key)) {
            throw new MalformedException("a key in it cannot stand in a header");
        }
        return new Secret(key);
    }

    private static @Nullable Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            return null; // only messages would name it
        }
    }

    private static void expect(boolean holds) throws MalformedException {
        if (!holds) {
            throw new MalformedException("it is not (yet) a complete key file of TorchServe");
        }
    }

    private static boolean contains(byte[] body, byte[] text) {
        int last = Math.min(body.length, REFUSAL_WITHIN_BYTES) - text.length;
        for (int start = 0; start <= last; start++) {
            if (java.util.Arrays.equals(body, start, start + text.length, text, 0, text.length)) {
                return true;
            }
        }
        return false;
    }
}
