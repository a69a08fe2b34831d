package tscollector.kit.http;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tscollector.config.Config;
import tscollector.config.Hint;
import tscollector.config.Problems;
import tscollector.config.Secret;
import tscollector.config.Setting;

/** How requests are authorised: exactly one of its settings. */
@Hint(
        key = "authenticator",
        text =
                "write basic: {username, password}, digest: {username, password}, bearer: {token} or {token_file}, oauth2: {client_id, client_secret, token_url}, token_file: {path, pattern}, or torchserve_key_file: PATH here")
public record AuthConfig(
        @Setting(doc = "User and password in every request.") @Nullable
        Basic basic,

        @Setting(
                doc =
                        "User and password as an answer to the server's challenge (RFC 7616); they themselves are never sent. MD5, SHA-256 and SHA-512-256.")
        @Nullable
        Digest digest,

        @Setting(doc = "A bearer token in every request.") @Nullable
        Bearer bearer,

        @Setting(doc = "A token that is fetched from a token server, and renewed when it expires or is refused.")
        @Nullable
        OAuth2Config oauth2,

        @Setting(
                doc =
                        "A token that stands somewhere in a file. After any failure, also a status of 400 and above, the file is read again and the request is sent once more.")
        @Nullable
        TokenFileConfig tokenFile,

        @Setting(
                doc =
                        "TorchServe's key_file.json. The key of the API that is asked goes with every request; the file is read again when it changes and when the server says that the key is not valid.",
                example = "/home/model-server/key_file.json")
        @Nullable
        String torchserveKeyFile)
        implements Config {

    /** Only with what every exporter can send, too. */
    public AuthConfig(@Nullable Basic basic, @Nullable Bearer bearer, @Nullable String torchserveKeyFile) {
        this(basic, null, bearer, null, null, torchserveKeyFile);
    }

    public static AuthConfig defaults() {
        return new AuthConfig(null, null, null);
    }

    @Override
    public void validate(Problems problems) {
        long set = Stream.of(basic, digest, bearer, oauth2, tokenFile, torchserveKeyFile)
                .filter(Objects::nonNull)
                .count();
        problems.check(
                "", set == 1, "needs exactly one of basic, digest, bearer, oauth2, token_file and torchserve_key_file");
    }

    /** HTTP Basic (RFC 7617). */
    public record Basic(
            @Setting(doc = "User name.", required = true) String username,
            @Setting(doc = "Password.", required = true) Secret password,

            @Setting(doc = "How user and password become bytes: utf-8 or latin-1.")
            String encoding)
            implements Config {
        static final String LATIN_1 = "latin-1";
        private static final List<String> ENCODINGS = List.of("utf-8", LATIN_1);

        /** In UTF-8. */
        public Basic(String username, Secret password) {
            this(username, password, "utf-8");
        }

        public static Basic defaults() {
            return new Basic("", new Secret(""));
        }

        @Override
        public void validate(Problems problems) {
            problems.check("encoding", ENCODINGS.contains(encoding), "must be utf-8 or latin-1");
            problems.check(
                    "username", username.indexOf(':') < 0, "must not have a colon: it separates user and password");
            if (encoding.equals(LATIN_1)) {
                problems.check("username", isLatin(username), "has characters that latin-1 does not have");
                problems.check("password", isLatin(password.reveal()), "has characters that latin-1 does not have");
            }
        }

        /** How the header's bytes are made of the two. */
        public Charset charset() {
            return encoding.equals(LATIN_1) ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8;
        }

        private static boolean isLatin(String text) {
            return text.chars().allMatch(c -> c <= 0xff);
        }
    }

    /** HTTP Digest (RFC 7616). */
    public record Digest(
            @Setting(doc = "User name.", required = true, format = Setting.Format.NOT_EMPTY)
            String username,

            @Setting(doc = "Password.", required = true) Secret password)
            implements Config {
        public static Digest defaults() {
            return new Digest("", new Secret(""));
        }

        @Override
        public void validate(Problems problems) {
            problems.check("username", HeaderText.isValue(username), "must be printable ASCII");
        }
    }

    /** RFC 6750. */
    public record Bearer(
            @Setting(doc = "The token.") @Nullable Secret token,

            @Setting(doc = "A file with the token; read again when it changes.", format = Setting.Format.EXISTING_FILE)
            @Nullable
            String tokenFile)
            implements Config {
        public static Bearer defaults() {
            return new Bearer(null, null);
        }

        @Override
        public void validate(Problems problems) {
            problems.check("", (token == null) != (tokenFile == null), "needs exactly one of token and token_file");
            problems.check(
                    "token",
                    token == null || HeaderText.isWord(token.reveal()),
                    "must be one word without spaces and line breaks");
        }
    }
}
