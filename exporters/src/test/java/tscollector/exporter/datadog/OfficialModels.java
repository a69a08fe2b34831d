package tscollector.exporter.datadog;

import com.datadog.api.client.JSON;
import com.datadog.api.client.ModelEnum;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads JSON into the model classes of Datadog's official Java client, which come from its OpenAPI files, and finds what these accept
 * without understanding it: unknown keys, words that are no enum value, objects that fit no form.
 */
final class OfficialModels {
    private static final ObjectMapper MAPPER = JSON.getDefault().getMapper();

    private OfficialModels() {}

    /**
     * What is not understood, as sentences; empty for good JSON.
     *
     * @throws com.fasterxml.jackson.core.JsonProcessingException if the model refuses it
     */
    static List<String> complaints(byte[] json, Class<?> model) throws Exception {
        Object parsed = MAPPER.readValue(json, model);
        List<String> complaints = new ArrayList<>();
        walk(parsed, model.getSimpleName(), complaints);
        return complaints;
    }

    private static void walk(Object value, String path, List<String> complaints) throws ReflectiveOperationException {
        if (value instanceof List<?> list) {
            for (Object item : list) {
                walk(item, path + "[]", complaints);
            }
        } else if (value instanceof ModelEnum<?> word) {
            if (!word.isValid()) {
                complaints.add(path + " has no such value: " + word);
            }
        } else if (value != null && value.getClass().getName().startsWith("com.datadog.")) {
            walkModel(value, path, complaints);
        }
    }

    private static void walkModel(Object model, String path, List<String> complaints)
            throws ReflectiveOperationException {
        for (Method method : model.getClass().getMethods()) {
            if (method.getName().equals("getAdditionalProperties")
                    && method.invoke(model) instanceof Map<?, ?> more
                    && !more.isEmpty()) {
                complaints.add(path + " has unknown keys: " + more.keySet());
            }
        }
        for (Field field : model.getClass().getDeclaredFields()) {
            if (Modifier.isStatic(field.getModifiers())) {
                continue;
            }
            field.setAccessible(true);
            Object value = field.get(model);
            if (field.getName().equals("unparsed")) {
                if (Boolean.TRUE.equals(value)) {
                    complaints.add(path + " was not understood");
                }
            } else {
                walk(value, path + "." + field.getName(), complaints);
            }
        }
    }
}
