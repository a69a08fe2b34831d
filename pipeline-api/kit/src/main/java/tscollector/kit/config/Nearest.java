package tscollector.kit.config;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds the word that somebody meant. */
public final class Nearest {
    private static final int LONGEST = 80;

    private Nearest() {}

    /** The closest of {@code known}, if it is close: one slip in a short word, up to three in a long one. */
    public static Optional<String> to(String word, Collection<String> known) {
        int best = word.length() <= 3 ? 1 : word.length() <= 8 ? 2 : 3;
        String found = null;
        String folded = fold(word);
        for (String candidate : known) {
            if (word.length() > LONGEST || candidate.length() > LONGEST) {
                continue;
            }
            int distance = fold(candidate).equals(folded) ? 0 : distance(folded, fold(candidate));
            if (distance < best || (distance == best && found == null)) {
                best = distance;
                found = candidate;
            }
        }
        return Optional.ofNullable(found);
    }

    /** {@code ; did you mean "x"?}, or nothing. */
    public static String suggestion(String word, Collection<String> known) {
        return to(word, known).map(near -> "; did you mean \"" + near + "\"?").orElse("");
    }

    /**
     * {@code ; did you mean "x"? LIST}, or {@code ; list} where nothing is close.
     *
     * @param known to look in, of which {@code list} may name fewer
     * @param list all there is, as the rest of a sentence, for instance {@code known are a, b}; empty for none
     */
    public static String suggestionAnd(String word, Collection<String> known, String list) {
        String suggestion = suggestion(word, known);
        if (suggestion.isEmpty() || list.isEmpty()) {
            return suggestion + (list.isEmpty() ? "" : "; " + list);
        }
        return suggestion + ' ' + Character.toUpperCase(list.charAt(0)) + list.substring(1);
    }

    /** {@code ; did you mean "x"?}, else the list of what is known. */
    public static String suggestionOr(String word, Collection<String> known) {
        String suggestion = suggestion(word, known);
        if (!suggestion.isEmpty()) {
            return suggestion;
        }
        return known.isEmpty() ? "; there are none here" : "; known are " + String.join(", ", known);
    }

    private static String fold(String word) {
        return word.toLowerCase(Locale.ROOT).replace('-', '_');
    }

    /** Optimal string alignment: insert, delete, replace, swap neighbours. */
    private static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            d[i][0] = i;
        }
        for (int j = 0; j <= b.length(); j++) {
            d[0][j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            for (int j = 1; j <= b.length(); j++) {
                int cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                d[i][j] = Math.min(Math.min(d[i - 1][j] + 1, d[i][j - 1] + 1), d[i - 1][j - 1] + cost);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
