package tscollector.kit.http;

import tscollector.config.Secret;
import tscollector.kit.http.HttpAsk.KeyRole;

/**
 * The same header with every request.
 *
 * @param header its value
 * @param setting where the user wrote it, for messages
 */
record FixedAuthorizer(Secret header, String setting) implements Authorizer {
    @Override
    public HeaderLine header(HttpAsk ask, String target) {
        return HeaderLine.authorization(header.reveal());
    }

    @Override
    public String remedyForRefusal(KeyRole role) {
        return "the server does not accept what " + setting + " says"
                + (role == KeyRole.NONE
                        ? ""
                        : "; for TorchServe's own keys, which expire, there is auth.torchserve_key_file");
    }
}
