package tscollector.kit.config;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Says in our words why a text is no YAML. */
final class YamlFaults {
    private static final String NO_COLON = "a key without \": \" after it";
    private static final Pattern GLUED = Pattern.compile("( *(?:- +)?)[\\w./-]+:[^\\s/].*");

    private YamlFaults() {}

    static void report(YamlSource source, YamlEngineException fault, Mistakes mistakes) {
        if (reportTabs(source, mistakes)) {
            return;
        }
        if (fault instanceof ReaderException reader) {
            Place place = placeOf(source, reader.getPosition());
            mistakes.add(place, "", String.format("the character U+%04X cannot stand in YAML", reader.getCodePoint()));
        } else if (fault instanceof MarkedYamlEngineException marked) {
            String problem = marked.getProblem() == null ? "" : marked.getProblem();
            Mark mark = (isNoticedLate(problem)
                            ? marked.getContextMark().or(marked::getProblemMark)
                            : marked.getProblemMark().or(marked::getContextMark))
                    .orElse(null);
            Place place = mark == null ? source.at(1, 1) : source.at(mark.getLine() + 1, mark.getColumn() + 1);
            Place glued = problem.contains("mapping values") ? keyWithoutSpaceAbove(source, place.line()) : null;
            if (glued != null) {
                mistakes.add(glued, "", NO_COLON);
                return;
            }
            String text = source.line(place.line()).contains("${")
                    ? "the text is not valid YAML here; within [ ] and { } a ${...} must stand in quotes"
                    : explain(problem, String.valueOf(marked.getContext()));
            mistakes.add(inside(place), "", text);
        } else {
            String text = String.valueOf(fault.getMessage()).toLowerCase(Locale.ROOT);
            mistakes.add(
                    source.at(1, 1),
                    "",
                    text.contains("alias")
                            ? "more than 100 aliases of lists and maps are used"
                            : text.contains("code point") ? "the file is too large" : "the file is not valid YAML");
        }
    }

    /** {@code timeout:5s} is a text that goes on in the next line, where the engine then stumbles over the next key. */
    private static @Nullable Place keyWithoutSpaceAbove(YamlSource source, int line) {
        int above = line - 1;
        while (above > 0 && source.line(above).isBlank()) {
            above--;
        }
        Matcher glued = GLUED.matcher(above > 0 ? source.line(above) : "");
        return glued.matches() ? source.at(above, glued.end(1) + 1) : null;
    }

    /** The engine notices these where the text goes on or ends; the user looks for where it began. */
    private static boolean isNoticedLate(String problem) {
        return problem.contains("could not find expected ':'")
                || problem.contains("unexpected end of stream")
                || problem.contains("document separator");
    }

    /** The engine places what is missing at the end after the last line; the user looks at the last line. */
    private static Place inside(Place place) {
        YamlSource source = place.source();
        int line = place.line();
        while (line > 1 && !source.hasLine(line)) {
            line--;
        }
        return line == place.line()
                ? place
                : source.at(line, (int) source.line(line).codePoints().count() + 1);
    }

    /** YAML knows no tabs in indentation; all of them are named at once. */
    private static boolean reportTabs(YamlSource source, Mistakes mistakes) {
        boolean found = false;
        for (int number = 1; source.hasLine(number); number++) {
            String line = source.line(number);
            int indent = line.length() - line.stripLeading().length();
            int tab = line.indexOf('\t');
            if (tab >= 0 && tab < indent && indent < line.length()) {
                mistakes.add(source.at(number, tab + 1), "", "the line is indented by a tab; YAML wants spaces");
                found = true;
            }
        }
        return found;
    }

    private static Place placeOf(YamlSource source, int position) {
        int line = 1;
        int column = 1;
        int[] text = source.text().codePoints().limit(position).toArray();
        for (int c : text) {
            line = c == '\n' ? line + 1 : line;
            column = c == '\n' ? 1 : column + 1;
        }
        return source.at(line, column);
    }

    /** The engine's words are for people who wrote a YAML parser. */
    private static String explain(String problem, String context) {
        if (problem.contains("undefined alias")) {
            return "the alias *" + problem.substring(problem.lastIndexOf(' ') + 1)
                    + " is not defined; write &name before the value it stands for";
        }
        if (problem.contains("TAB")) {
            return "a tab stands where YAML wants spaces";
        }
        if (problem.contains("mapping values are not allowed")) {
            return "a \": \" stands where none can be; put the value in quotes, or check the indentation";
        }
        if (problem.contains("could not find expected ':'")) {
            return NO_COLON;
        }
        if (problem.contains("cannot start any token")) {
            return "a value begins with a character that has a meaning in YAML; put it in quotes";
        }
        if (problem.contains("expected <block end>")) {
            return "the indentation does not fit the lines above, or a quote or bracket is misplaced";
        }
        if (problem.contains("expected ',' or")) {
            return "a bracket or brace is not closed, or a comma is missing";
        }
        if (problem.contains("unexpected end of stream") || problem.contains("document separator")) {
            return "a quote is not closed";
        }
        if (problem.contains("escape")) {
            return "a backslash in double quotes is followed by something that has no meaning there; use single quotes";
        }
        if (context.contains("flow") || problem.contains("<stream end>")) {
            return "a bracket, brace or quote is not closed";
        }
        if (problem.contains("anchor") || problem.contains("alias")) {
            return "the anchor or alias has no name";
        }
        if (problem.contains("recursive")) {
            return "an alias contains itself";
        }
        return "the text is not valid YAML here";
    }
}
