package tscollector.app.load;

import java.util.List;
import tscollector.kit.config.Mistake;

/** The configuration cannot be used. The message is the whole report, ready for standard error. */
public final class ConfigException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<Mistake> mistakes;

    ConfigException(List<Mistake> mistakes) {
        super(report(mistakes));
        this.mistakes = List.copyOf(mistakes);
    }

    /** Everything that is wrong, by source and place. */
    public List<Mistake> mistakes() {
        return mistakes;
    }

    private static String report(List<Mistake> mistakes) {
        StringBuilder report = new StringBuilder();
        mistakes.forEach(mistake -> report.append(mistake.block()));
        return report.append(mistakes.size() == 1 ? "1 mistake" : mistakes.size() + " mistakes")
                .append(" in the configuration")
                .toString();
    }
}
