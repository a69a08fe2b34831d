package tscollector.kit.http;

import org.jspecify.annotations.Nullable;
import tscollector.config.Config;
import tscollector.config.Hint;
import tscollector.config.Problems;
import tscollector.config.Secret;
import tscollector.config.Setting;

/** How requests are authorised: exactly one of its settings. */
@Hint(
        key = "authenticator",
        text = "write basic: {username, password}, bearer: {token} or {token_file}, or torchserve_key_file: PATH here")
public record AuthConfig(
        @Setting(doc = "User and password in every request.") @Nullable
        Basic basic,

        @Setting(doc = "A bearer token in every request.") @Nullable
        Bearer bearer,

        @Setting(
                doc =
                        "TorchServe's key_file.json. The key of the API that is asked goes with every request; the file is read again when it changes and when the server says that the key is not valid.",
                example = "/home/model-server/key_file.json")
        @Nullable
        String torchserveKeyFile)
        implements Config {

    public static AuthConfig defaults() {
        return new AuthConfig(null, null, null);
    }

    @Override
    public void validate(Problems problems) {
        int set = (basic == null ? 0 : 1) + (bearer == null ? 0 : 1) + (torchserveKeyFile == null ? 0 : 1);
        problems.check("", set == 1, "needs exactly one of basic, bearer and torchserve_key_file");
    }

    /** HTTP Basic. */
    public record Basic(
            @Setting(doc = "User name.", required = true) String username,
            @Setting(doc = "Password.", required = true) Secret password)
            implements Config {
        public static Basic defaults() {
            return new Basic("", new Secret(""));
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
