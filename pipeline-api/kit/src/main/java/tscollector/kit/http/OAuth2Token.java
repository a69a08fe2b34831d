package tscollector.kit.http;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;
import tscollector.config.Secret;

/**
 * What a token server answered (RFC 6749 5.1).
 *
 * @param lifetime from now on; five minutes if the server does not say, as the official check has it
 */
record OAuth2Token(Secret text, Duration lifetime) {
    private static final JsonFactory JSON = new JsonFactory();
    private static final Duration UNSAID = Duration.ofMinutes(5);
    private static final double LONGEST_SECONDS = Duration.ofDays(365).toSeconds();
    private static final int OK = 200;
    private static final int LAST_OK = 299;
    private static final int LONGEST_ERROR = 40;

    /** @throws NoTokenException that says why, without quoting more than the error's name */
    static OAuth2Token of(int status, byte[] body) throws NoTokenException {
        String token = null;
        String error = null;
        Duration lifetime = UNSAID;
        boolean complete = false;
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), body)) {
            boolean isObject = json.nextToken() == JsonToken.START_OBJECT;
            while (isObject && json.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = json.currentName();
                JsonToken value = json.nextToken();
                if (name.equals("access_token") && value == JsonToken.VALUE_STRING) {
                    token = json.getString();
                } else if (name.equals("error") && value == JsonToken.VALUE_STRING) {
                    error = json.getString();
                } else if (name.equals("expires_in") && value != null && value.isScalarValue()) {
                    lifetime = lifetime(json.getString());
                } else {
                    json.skipChildren();
                }
            }
            complete = isObject && json.currentToken() == JsonToken.END_OBJECT;
        } catch (JacksonException e) {
            complete = false;
        }
        if (status < OK || status > LAST_OK) {
            throw new NoTokenException("answers with status " + status + named(error));
        }
        if (!complete) {
            throw new NoTokenException("answers with something else than a JSON object");
        }
        if (token == null || token.isEmpty() || !HeaderText.isValue(token)) {
            throw new NoTokenException("answers without a usable access_token" + named(error));
        }
        return new OAuth2Token(new Secret(token), lifetime);
    }

    /** A number, or a text with one in it. */
    private static Duration lifetime(@Nullable String text) {
        try {
            double seconds = Double.parseDouble(String.valueOf(text));
            return Double.isNaN(seconds)
                    ? UNSAID
                    : Duration.ofMillis((long) (Math.max(0, Math.min(seconds, LONGEST_SECONDS)) * 1000));
        } catch (NumberFormatException e) {
            return UNSAID;
        }
    }

    private static String named(@Nullable String error) {
        boolean isWord = error != null && error.length() <= LONGEST_ERROR && error.matches("[a-zA-Z0-9_.-]+");
        return isWord ? " (" + error + ")" : "";
    }

    /** The answer has no token; the message continues a sentence that begins with the server. */
    static final class NoTokenException extends IOException {
        private static final long serialVersionUID = 1L;

        NoTokenException(String message) {
            super(message);
        }
    }
}
