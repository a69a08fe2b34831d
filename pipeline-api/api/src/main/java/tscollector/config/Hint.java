package tscollector.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What to say about a key that users know from elsewhere and that is not a setting here. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Repeatable(Hint.List.class)
public @interface Hint {
    /** The key. */
    String key();

    /** What follows "is not a setting here; ": what to use instead. */
    String text();

    /** Several hints on one record. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.TYPE)
    @interface List {
        Hint[] value();
    }
}
