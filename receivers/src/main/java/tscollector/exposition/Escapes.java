package tscollector.exposition;

/** The backslash escapes of label values and help texts. */
final class Escapes {
    private Escapes() {}

    /**
     * Resolves <code>\\</code>, <code>\"</code> and {@code \n}. Any other backslash stays as it is: paths of Windows are exposed that way, and
     * nothing is lost.
     */
    static String resolve(String text) {
        int at = text.indexOf('\\');
        if (at < 0) {
            return text;
        }
        StringBuilder resolved = new StringBuilder(text.length()).append(text, 0, at);
        for (; at < text.length(); at++) {
            char c = text.charAt(at);
            char next = c == '\\' && at + 1 < text.length() ? text.charAt(at + 1) : 0;
            if (next == '\\' || next == '"') {
                resolved.append(next);
                at++;
            } else if (next == 'n') {
                resolved.append('\n');
                at++;
            } else {
                resolved.append(c);
            }
        }
        return resolved.toString();
    }
}
