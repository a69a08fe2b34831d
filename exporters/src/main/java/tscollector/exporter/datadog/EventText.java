package tscollector.exporter.datadog;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.Value;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import org.jspecify.annotations.Nullable;

/**
 * What a Datadog event says. The three changes that the Agent's check knows have its words, to the letter, since people filter by
 * them; further ones have words like them, and events of other kinds their name and body.
 *
 * @param alertType one of Datadog's words
 */
record EventText(String title, String text, String alertType) {
    static final String OF_MODEL = "torchserve.model.";

    static final AttributeKey<String> MANAGEMENT_API_URL = AttributeKey.stringKey("management_api_url");
    static final AttributeKey<String> MODEL = AttributeKey.stringKey("torchserve.model.name");
    private static final AttributeKey<String> URL = AttributeKey.stringKey("torchserve.model.url");
    private static final AttributeKey<String> PREVIOUS_URL = AttributeKey.stringKey("torchserve.model.previous_url");
    private static final AttributeKey<String> VERSION = AttributeKey.stringKey("torchserve.model.version");
    private static final AttributeKey<String> PREVIOUS_VERSION =
            AttributeKey.stringKey("torchserve.model.previous_version");

    private static final String INFO = "info";

    /** Whether it is one of the changes of models that {@code model_diff} finds. */
    static boolean isOfModel(LogRecordData logRecord) {
        return name(logRecord).startsWith(OF_MODEL);
    }

    static EventText of(LogRecordData logRecord) {
        Attributes facts = logRecord.getAttributes();
        String model = "[" + facts.get(MODEL) + "]";
        String url = facts.get(URL);
        String file = url == null ? "" : " with the file [" + url + "]";
        String version = "[" + facts.get(VERSION) + "]";
        return switch (facts.get(MODEL) == null ? "" : name(logRecord)) {
            case "torchserve.model.added" ->
                info("A new model has been added", "The model " + model + " has been added" + file + ".");
            case "torchserve.model.removed" ->
                info("A model has been removed", "The model " + model + " has been removed.");
            case "torchserve.model.default_version.changed" ->
                info(
                        "A new default version has been set for a model",
                        "A new default version has been set for the model " + model + fromTo(facts) + ".");
            case "torchserve.model.version.added" ->
                info(
                        "A new version of a model has been added",
                        "The version " + version + " of the model " + model + " has been added" + file + ".");
            case "torchserve.model.version.removed" ->
                info(
                        "A version of a model has been removed",
                        "The version " + version + " of the model " + model + " has been removed.");
            default -> other(logRecord);
        };
    }

    /** By files as the check, unless only the versions tell them apart. */
    private static String fromTo(Attributes facts) {
        String before = facts.get(PREVIOUS_URL);
        String now = facts.get(URL);
        String versionBefore = facts.get(PREVIOUS_VERSION);
        String version = facts.get(VERSION);
        boolean versionsTell = versionBefore != null && version != null && !version.equals(versionBefore);
        if (before != null && now != null && !(before.equals(now) && versionsTell)) {
            return ", from file [" + before + "] to file [" + now + "]";
        }
        return versionsTell ? ", from version [" + versionBefore + "] to version [" + version + "]" : "";
    }

    private static EventText other(LogRecordData logRecord) {
        Value<?> body = logRecord.getBodyValue();
        String name = name(logRecord);
        return new EventText(name, body == null ? name : body.asString(), alertType(logRecord.getSeverity()));
    }

    private static String alertType(Severity severity) {
        int number = severity.getSeverityNumber();
        if (number >= Severity.ERROR.getSeverityNumber()) {
            return "error";
        }
        return number >= Severity.WARN.getSeverityNumber() ? "warning" : INFO;
    }

    private static EventText info(String title, String text) {
        return new EventText(title, text, INFO);
    }

    private static String name(LogRecordData logRecord) {
        @Nullable String name = logRecord.getEventName();
        return name == null ? "" : name;
    }
}
