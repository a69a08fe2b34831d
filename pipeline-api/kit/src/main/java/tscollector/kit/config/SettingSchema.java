package tscollector.kit.config;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import org.jspecify.annotations.Nullable;
import tscollector.config.Config;
import tscollector.config.Setting;

/**
 * One setting of a config record.
 *
 * @param key in YAML
 * @param nullable whether it may be absent
 * @param setting its documentation and bounds
 */
record SettingSchema(String key, boolean nullable, ValueType type, Setting setting, Method accessor) {
    static SettingSchema of(Class<?> owner, RecordComponent component) {
        String where = owner.getName() + "." + component.getName();
        Setting setting = component.getAnnotation(Setting.class);
        if (setting == null) {
            throw new IllegalStateException(where + " has no @Setting");
        }
        ValueType type = ValueType.of(component.getGenericType(), where);
        if (setting.inline() && !(type instanceof ValueType.Section)) {
            throw new IllegalStateException(where + " is inline and no section");
        }
        Method accessor = component.getAccessor();
        accessor.setAccessible(true);
        boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
        return new SettingSchema(RecordSchema.snakeCase(component.getName()), nullable, type, setting, accessor);
    }

    /** The schema of the section this is. */
    RecordSchema section() {
        return ((ValueType.Section) type).schema();
    }

    /** The value that a record has here. */
    @Nullable
    Object of(Config record) {
        try {
            return accessor.invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(accessor + " fails", e);
        }
    }
}
