package tscollector.torchserve;

import io.opentelemetry.api.common.AttributeKey;
import java.util.Locale;
import tscollector.kit.http.HttpFailure;

/**
 * All values that the attribute {@code error.type} of a health metric can have. The list is fixed: dashboards and alerts may
 * name them. Those of {@link HttpFailure.Type} come first, under the same names.
 */
public enum ErrorType {
    NAME_NOT_FOUND("The host name does not resolve."),
    CONNECTION_REFUSED("Nobody listens at that port."),
    CONNECT_TIMEOUT("No connection within the timeout."),
    CONNECTION_FAILED("The connection could not be made for another reason, for instance no route."),
    TLS_FAILED("TLS could not be agreed, or the certificate is not trusted."),
    PROXY_FAILED("The proxy refused or failed."),
    TIMEOUT("The answer was not complete within the timeout."),
    CUT_OFF("The connection ended in the middle of the answer."),
    CONNECTION_RESET("The connection was reset before an answer came."),
    PROTOCOL_ERROR("What came is not HTTP."),
    BODY_TOO_LARGE("The body is longer than body_size_limit."),
    BAD_ENCODING("The body's compression cannot be undone."),
    OUT_OF_MEMORY(
            "Answers, or what is remembered of them, hold as much memory as this process gives them; this one was not used."),
    NO_CREDENTIALS("The configured key or token cannot be read or fetched."),
    CLOSED("This process is stopping."),

    INVALID_KEY("TorchServe wants a key: status 400 with InvalidKeyException."),
    UNAUTHORIZED("Status 401."),
    FORBIDDEN("Status 403."),
    REDIRECT("A redirect that is not followed."),
    CLIENT_ERROR("Another status from 400 to 499."),
    SERVER_ERROR("A status of 500 or above."),
    PING_UNHEALTHY("The server says of itself that it is not healthy."),
    MALFORMED_BODY("Nothing in the body can be read as what it should be."),
    SAMPLE_LIMIT("The body has more samples than sample_limit."),
    PAGING_FAILED("The pages of the model list do not come to an end, or repeat.");

    public static final AttributeKey<String> KEY = AttributeKey.stringKey("error.type");

    private final String doc;

    ErrorType(String doc) {
        this.doc = doc;
    }

    /** What it means, for the reference page. */
    public String doc() {
        return doc;
    }

    /** The word for {@code error.type}: lower snake case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static ErrorType of(HttpFailure.Type type) {
        return valueOf(type.name());
    }

    /** All of them as a Markdown table, for the reference pages. */
    public static String table() {
        StringBuilder table = new StringBuilder("| `error.type` | meaning |\n| --- | --- |\n");
        for (ErrorType type : values()) {
            table.append("| `")
                    .append(type.word())
                    .append("` | ")
                    .append(type.doc)
                    .append(" |\n");
        }
        return table.toString();
    }
}
