package tscollector.kit.http;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tscollector.config.Config;
import tscollector.config.Hint;
import tscollector.config.Problems;
import tscollector.config.Secret;
import tscollector.config.Setting;

/** The client credentials grant of OAuth 2 (RFC 6749 4.4); names are those of the Collector's oauth2client. */
@Hint(key = "client_id_file", text = "write client_id: ${file:PATH}")
@Hint(key = "client_secret_file", text = "write client_secret: ${file:PATH}")
@Hint(key = "timeout", text = "the timeout of the request bounds that of its token too; leave it out")
@Hint(key = "tls", text = "the component's own tls holds for the token server too; leave it out")
@Hint(key = "expiry_buffer", text = "a token is renewed when it expires, or is refused; leave it out")
public record OAuth2Config(
        @Setting(doc = "Who we are to the token server.", required = true, format = Setting.Format.NOT_EMPTY)
        String clientId,

        @Setting(doc = "The secret that goes with it.", required = true)
        Secret clientSecret,

        @Setting(
                doc = "Where tokens are fetched. The component's TLS and proxy settings hold for it.",
                required = true,
                format = Setting.Format.HTTP_URL,
                example = "https://id.example.com/oauth2/token")
        String tokenUrl,

        @Setting(doc = "The scopes to ask for.", format = Setting.Format.NOT_EMPTY)
        List<String> scopes,

        @Setting(doc = "Further parameters of the token request.", example = "{audience: torchserve}")
        Map<String, String> endpointParams,

        @Setting(
                doc =
                        "Whether client_id and client_secret go into the Authorization header of the token request; otherwise they stand in its body.")
        boolean basicAuth,

        @Setting(inline = true) TokenHeaderConfig header)
        implements Config {
    private static final Set<String> OURS = Set.of("grant_type", "client_id", "client_secret", "scope");

    public OAuth2Config {
        scopes = List.copyOf(scopes);
        endpointParams = Collections.unmodifiableMap(new LinkedHashMap<>(endpointParams));
    }

    public static OAuth2Config defaults() {
        return new OAuth2Config("", new Secret(""), "", List.of(), Map.of(), false, TokenHeaderConfig.bearer());
    }

    @Override
    public void validate(Problems problems) {
        for (String name : endpointParams.keySet()) {
            problems.checkKey(
                    "endpoint_params." + name, !OURS.contains(name), "has a setting of its own or is always sent");
        }
    }
}
