package tscollector.processor.modeldiff;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.resources.Resource;
import java.util.Objects;
import tscollector.kit.inventory.Inventory;

/**
 * One server as its snapshots name it.
 *
 * @param instance its {@code service.instance.id}; empty if the resource has none
 */
record ServerKey(String managementApiUrl, String instance) {
    private static final AttributeKey<String> INSTANCE = AttributeKey.stringKey("service.instance.id");
    private static final char SEPARATOR = '\n'; // in neither a URL nor a name

    static ServerKey of(Inventory inventory, Resource resource) {
        return new ServerKey(
                inventory.managementApiUrl(), Objects.requireNonNullElse(resource.getAttribute(INSTANCE), ""));
    }

    /** The key in a store. */
    String text() {
        return managementApiUrl + SEPARATOR + instance;
    }

    /** Reads {@link #text} back. */
    static ServerKey parse(String text) {
        int separator = text.indexOf(SEPARATOR);
        return separator < 0
                ? new ServerKey(text, "")
                : new ServerKey(text.substring(0, separator), text.substring(separator + 1));
    }
}
