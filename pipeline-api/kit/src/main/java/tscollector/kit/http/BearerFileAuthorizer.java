package tscollector.kit.http;

import io.opentelemetry.sdk.common.Clock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import tscollector.kit.http.CredentialFile.MalformedException;
import tscollector.kit.http.HttpAsk.KeyRole;

/** A bearer token that stands in a file which others renew. */
final class BearerFileAuthorizer implements Authorizer {
    private final CredentialFile<String> file;

    BearerFileAuthorizer(Path path, Clock clock) {
        file = new CredentialFile<>(path, "auth.bearer.token_file", BearerFileAuthorizer::parse, clock);
    }

    @Override
    public HeaderLine header(HttpAsk ask, String target) throws HttpFailure {
        return HeaderLine.authorization(file.get());
    }

    @Override
    public boolean mustLook() {
        return file.mustLook();
    }

    @Override
    public String remedyForRefusal(KeyRole role) {
        return "the server does not accept the token in auth.bearer.token_file, " + file.path();
    }

    private static String parse(byte[] bytes) throws MalformedException {
        String token = new String(bytes, StandardCharsets.UTF_8).strip();
        if (token.isEmpty()) {
            throw new MalformedException("it is empty");
        }
        if (!HeaderText.isWord(token)) {
            throw new MalformedException("it must hold one token and nothing else");
        }
        return "Bearer " + token;
    }
}
