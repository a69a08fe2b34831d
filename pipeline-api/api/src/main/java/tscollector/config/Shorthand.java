package tscollector.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Lets a plain value stand for a section with only this setting: {@code - http://a:8082/metrics} for {@code - endpoint: ...}. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Shorthand {
    /** The YAML key of the setting that a plain value means. */
    String value();
}
