package tscollector.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Documents and bounds one setting where it is declared. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Setting {
    /** One or two sentences for the reference page; empty only for {@link #inline} sections. */
    String doc() default "";

    /** The keys of this section stand among its parent's own: {@code endpoint}, not {@code http.endpoint}. */
    boolean inline() default false;

    /** Must be set by the user. */
    boolean required() default false;

    /** The least value, as it would be written in YAML ({@code 1}, {@code 1s}, {@code 64KiB}); also for elements of a list. */
    String min() default "";

    /** The greatest value, as it would be written in YAML. */
    String max() default "";

    /** What the text must look like; also for the elements of a list and the values of a map. */
    Format format() default Format.ANY;

    /** A value worth showing in the reference page, as YAML. */
    String example() default "";

    /** The forms that are checked the same way, with the same words, wherever they occur. */
    enum Format {
        ANY,
        /** Not empty. */
        NOT_EMPTY,
        /** An absolute URL that begins with http:// or https://, with a host, and a port up to 65535 if any. */
        HTTP_URL,
        /**
         * As {@link #HTTP_URL}, or a path at a Unix socket: {@code unix:///run/x.sock/path}, or with the socket's slashes
         * percent-encoded, {@code unix://%2Frun%2Fx.sock/path}.
         */
        HTTP_OR_UNIX_URL,
        /** {@code host:port}, or a URL as in {@link #HTTP_URL}. */
        HOST_PORT,
        /** A regular expression in Java's syntax. */
        REGEX,
        /** The path of a file that is there and can be read. */
        EXISTING_FILE,
        /** The path of a file or of a folder that is there and can be read. */
        EXISTING_PATH
    }
}
