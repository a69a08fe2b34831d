package tscollector.config;

import java.util.Objects;

/** A text that never prints: passwords, tokens, header values, keys. */
public final class Secret {
    private final String text;

    public Secret(String text) {
        this.text = Objects.requireNonNull(text, "text");
    }

    /** The text itself; only for the place that sends it. */
    public String reveal() {
        return text;
    }

    public boolean isEmpty() {
        return text.isEmpty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && secret.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** Four stars, whatever the text. */
    @Override
    public String toString() {
        return "****";
    }
}
