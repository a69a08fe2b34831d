package tscollector.kit.inventory;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.KeyValue;
import io.opentelemetry.api.common.Value;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tscollector.kit.inventory.Inventory.Model;
import tscollector.kit.inventory.Inventory.Version;
import tscollector.signal.LogRecord;

/**
 * The log record {@code torchserve.inventory.snapshot}: an {@link Inventory} in plain OpenTelemetry data, so that it travels
 * through any processor to any backend.
 *
 * <p>Attributes: {@code management_api_url}, {@code torchserve.inventory.complete}, {@code torchserve.inventory.models} (a
 * count). Body: a map with {@code models}, a list of maps with {@code name}, {@code url} (absent if unknown), {@code described}
 * and {@code versions}, a list of maps with {@code version}, {@code url} (absent if unknown) and {@code default}.
 */
public final class InventoryRecord {
    public static final String EVENT_NAME = "torchserve.inventory.snapshot";
    public static final AttributeKey<String> MANAGEMENT_API_URL = AttributeKey.stringKey("management_api_url");
    public static final AttributeKey<Boolean> COMPLETE = AttributeKey.booleanKey("torchserve.inventory.complete");
    public static final AttributeKey<Long> MODEL_COUNT = AttributeKey.longKey("torchserve.inventory.models");

    private InventoryRecord() {}

    /** The record of {@code inventory}, taken at {@code epochNanos}. */
    public static LogRecord write(
            Inventory inventory, Resource resource, InstrumentationScopeInfo scope, long epochNanos) {
        List<Value<?>> models = new ArrayList<>();
        inventory.models().forEach(model -> models.add(write(model)));
        return new LogRecord(
                resource,
                scope,
                epochNanos,
                epochNanos,
                Severity.INFO,
                Value.of(KeyValue.of("models", Value.of(models))),
                Attributes.of(
                        MANAGEMENT_API_URL,
                        inventory.managementApiUrl(),
                        COMPLETE,
                        inventory.complete(),
                        MODEL_COUNT,
                        (long) inventory.models().size()),
                EVENT_NAME);
    }

    /** The inventory in {@code logRecord}, or null if it is another kind of record or cannot be read as one. */
    public static @Nullable Inventory read(LogRecord logRecord) {
        String url = logRecord.attributes().get(MANAGEMENT_API_URL);
        Boolean complete = logRecord.attributes().get(COMPLETE);
        if (!logRecord.eventName().equals(EVENT_NAME) || url == null || complete == null || logRecord.body() == null) {
            return null;
        }
        try {
            List<Model> models = new ArrayList<>();
            for (Value<?> model : list(map(logRecord.body()).get("models"))) {
                models.add(readModel(map(model)));
            }
            return new Inventory(url, complete, models);
        } catch (ClassCastException e) {
            return null; // somebody else's record of the same name
        }
    }

    private static Value<?> write(Model model) {
        List<Value<?>> versions = new ArrayList<>();
        for (Version version : model.versions()) {
            List<KeyValue> entries = new ArrayList<>();
            entries.add(KeyValue.of("version", Value.of(version.version())));
            if (version.url() != null) {
                entries.add(KeyValue.of("url", Value.of(version.url())));
            }
            entries.add(KeyValue.of("default", Value.of(version.isDefault())));
            versions.add(Value.of(entries.toArray(KeyValue[]::new)));
        }
        List<KeyValue> entries = new ArrayList<>();
        entries.add(KeyValue.of("name", Value.of(model.name())));
        if (model.url() != null) {
            entries.add(KeyValue.of("url", Value.of(model.url())));
        }
        entries.add(KeyValue.of("described", Value.of(model.described())));
        entries.add(KeyValue.of("versions", Value.of(versions)));
        return Value.of(entries.toArray(KeyValue[]::new));
    }

    private static Model readModel(Map<String, Value<?>> model) {
        List<Version> versions = new ArrayList<>();
        for (Value<?> value : list(model.get("versions"))) {
            Map<String, Value<?>> version = map(value);
            versions.add(new Version(
                    text(version.get("version")), textOrNull(version.get("url")), truth(version.get("default"))));
        }
        return new Model(
                text(model.get("name")), textOrNull(model.get("url")), truth(model.get("described")), versions);
    }

    @SuppressWarnings("unchecked") // a value of type KEY_VALUE_LIST holds exactly this; others fail at the first use
    private static Map<String, Value<?>> map(@Nullable Value<?> value) {
        return ((List<KeyValue>) present(value).getValue())
                .stream().collect(Collectors.toMap(KeyValue::getKey, KeyValue::getValue, (first, last) -> last));
    }

    @SuppressWarnings("unchecked") // a value of type ARRAY holds exactly this; others fail at the first use
    private static List<Value<?>> list(@Nullable Value<?> value) {
        return (List<Value<?>>) present(value).getValue();
    }

    private static String text(@Nullable Value<?> value) {
        return (String) present(value).getValue();
    }

    private static @Nullable String textOrNull(@Nullable Value<?> value) {
        return value == null ? null : text(value);
    }

    private static boolean truth(@Nullable Value<?> value) {
        return (Boolean) present(value).getValue();
    }

    private static Value<?> present(@Nullable Value<?> value) {
        if (value == null) {
            throw new ClassCastException("a value is missing");
        }
        return value;
    }
}
