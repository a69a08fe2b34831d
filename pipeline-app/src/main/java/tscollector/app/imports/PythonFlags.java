package tscollector.app.imports;

import java.util.Locale;
import tscollector.app.imports.PythonRegex.Unusable;

/**
 * The flags of a Python expression and what they become. {@code x} becomes nothing, since the translation leaves out what it makes
 * Python skip. Python's texts are Unicode's unless {@code a} says otherwise; Java wants a flag for it, {@code U} where a category is
 * used and {@code u} where only case does not matter.
 */
final class PythonFlags {
    /** The flags that count inside of a group and no longer behind it. */
    record Scope(boolean verbose, boolean ascii, boolean multiline) {}

    private final StringBuilder global = new StringBuilder();
    private Scope scope = new Scope(false, false, false);
    private boolean unicode;
    private boolean ignoreCase;

    boolean isVerbose() {
        return scope.verbose;
    }

    boolean isAscii() {
        return scope.ascii;
    }

    /** Whether {@code ^} and {@code $} are about lines. */
    boolean isMultiline() {
        return scope.multiline;
    }

    /** A category was read that means more in Unicode. */
    void categoryRead() {
        unicode |= !scope.ascii;
    }

    /** Reads the flags at the very beginning, which count everywhere. */
    void readGlobal(PythonText text) throws Unusable {
        while (text.has("(?")) {
            int letters = text.count("aiLmsux", 2);
            if (letters == 0 || !text.has(')', 2 + letters)) {
                return;
            }
            for (char flag : text.ahead(2 + letters).substring(2).toCharArray()) {
                add(flag, text);
            }
            text.skip(3 + letters);
        }
    }

    /** What stands in front of the translation, when all of it was read. */
    String java() {
        String added = unicode && !scope.ascii ? "U" : ignoreCase && !scope.ascii ? "u" : "";
        String all = global + added;
        return all.isEmpty() ? "" : "(?" + all + ")";
    }

    /** What counts here, for {@link #leave}. */
    Scope scope() {
        return scope;
    }

    /** Reads a group's own flags, from behind {@code (?} to behind the colon; how the translated group opens. */
    String enter(PythonText text) throws Unusable {
        int colon = text.count("aiLmsux-", 0);
        if (colon > 0 && text.has(')', colon)) {
            throw text.invalid("global flags not at the start of the expression");
        }
        String written = text.ahead(colon);
        if (colon == 0 || !text.has(':', colon) || written.contains("L")) {
            throw text.invalid("unknown extension ?" + (text.has('<') ? "<" : ""));
        }
        String flags = written.toLowerCase(Locale.ROOT);
        boolean twice = flags.matches(".*([imsx]).*-.*\\1.*") || (flags.contains("a") && flags.contains("u"));
        if (!flags.matches("[aimsux]*(-[imsx]+)?") || twice) {
            throw text.invalid("bad inline flags");
        }
        int minus = flags.indexOf('-') < 0 ? flags.length() : flags.indexOf('-');
        text.skip(colon + 1);
        return enter(flags.substring(0, minus), flags.substring(minus));
    }

    void leave(Scope outer) {
        scope = outer;
    }

    private String enter(String on, String off) {
        boolean switched = on.contains("a") || on.contains("u");
        scope = new Scope(
                on.contains("x") || (scope.verbose && !off.contains("x")),
                switched ? on.contains("a") : scope.ascii,
                on.contains("m") || (scope.multiline && !off.contains("m")));
        String unicodeOn = switched && !scope.ascii ? "U" : on.contains("i") && !scope.ascii ? "u" : "";
        String removed = off.replaceAll("[-x]", "") + (switched && scope.ascii ? "U" : "");
        return "(?" + on.replaceAll("[aux]", "") + unicodeOn + (removed.isEmpty() ? "" : "-" + removed) + ":";
    }

    private void add(char flag, PythonText text) throws Unusable {
        switch (flag) {
            case 'a' -> scope = new Scope(scope.verbose, true, scope.multiline);
            case 'x' -> scope = new Scope(true, scope.ascii, scope.multiline);
            case 'L' -> throw text.invalid("bad inline flags: cannot use 'L' flag with a str pattern");
            case 'u' -> {} // is so anyhow
            default -> {
                ignoreCase |= flag == 'i';
                scope = new Scope(scope.verbose, scope.ascii, scope.multiline || flag == 'm');
                if (global.indexOf(String.valueOf(flag)) < 0) {
                    global.append(flag);
                }
            }
        }
    }
}
