package tscollector.kit.http;

import io.opentelemetry.sdk.common.Clock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tscollector.config.Secret;
import tscollector.kit.http.CredentialFile.MalformedException;
import tscollector.kit.http.HttpAsk.KeyRole;

/**
 * A token that a pattern finds in a file which others write. Whatever goes wrong may be the token's fault, so that after every
 * failure the file is read again and the request sent once more: what the official check does.
 */
final class TokenFileAuthorizer implements Authorizer {
    private static final int FIRST_FAILURE = 400;

    private final CredentialFile<Secret> file;
    private final TokenHeaderConfig header;

    TokenFileAuthorizer(TokenFileConfig config, Clock clock) {
        Pattern pattern = config.pattern() == null ? null : Pattern.compile(config.pattern());
        file = new CredentialFile<>(
                Path.of(config.path()), "auth.token_file.path", bytes -> parse(bytes, pattern), clock);
        header = config.header();
    }

    @Override
    public HeaderLine header(HttpAsk ask, String target) throws HttpFailure {
        return header.with(file.get().reveal());
    }

    @Override
    public boolean mustLook() {
        return file.mustLook();
    }

    @Override
    public boolean isRefusal(Refusal refusal) {
        return refusal.status() == 0 || refusal.status() >= FIRST_FAILURE;
    }

    @Override
    public boolean renew(Refusal refusal) {
        file.renew();
        return true;
    }

    @Override
    public String remedyForRefusal(KeyRole role) {
        String fault = file.fault();
        return "the server does not accept the token in auth.token_file, " + file.path()
                + (fault == null ? "" : ", which was read some time ago and cannot be read any more: " + fault);
    }

    static Secret parse(byte[] bytes, @Nullable Pattern pattern) throws MalformedException {
        String text = new String(bytes, StandardCharsets.UTF_8);
        String token = pattern == null ? text.strip() : found(pattern, text);
        if (token.isEmpty()) {
            throw new MalformedException(pattern == null ? "it is empty" : "the group of the pattern is empty there");
        }
        if (!HeaderText.isValue(token)) {
            throw new MalformedException("what is found there cannot stand in a header");
        }
        return new Secret(token);
    }

    private static String found(Pattern pattern, String text) throws MalformedException {
        Matcher matcher = pattern.matcher(text);
        try {
            if (!matcher.find()) {
                throw new MalformedException("the pattern is not found there");
            }
        } catch (StackOverflowError e) {
            throw new MalformedException("the pattern is too complex for what stands there");
        }
        String group = matcher.group(1);
        return group == null ? "" : group;
    }
}
