package tscollector.kit.http;

import java.util.Locale;

/** What may stand in a header: nothing that ends it. */
final class HeaderText {
    private static final String NAME_SIGNS = "!#$%&'*+-.^_`|~";

    private HeaderText() {}

    /** One token of visible ASCII. */
    static boolean isWord(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }

    /** A value: visible ASCII, spaces and tabs. */
    static boolean isValue(String text) {
        return text.chars().allMatch(c -> c == '\t' || (c >= ' ' && c < 0x7f));
    }

    /** A name as RFC 9110 5.1 has it. */
    static boolean isName(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> isAlphanumeric(c) || NAME_SIGNS.indexOf(c) >= 0);
    }

    /** TorchServe takes any request with this in it, headers included, for a call of its token API. */
    static boolean looksLikeTokenCall(String text) {
        return text.toLowerCase(Locale.ROOT).contains("/token");
    }

    private static boolean isAlphanumeric(int c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}
