package tscollector.testkit.rules;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Each component with what lies below its package is a slice: {@code tscollector.receiver.openmetrics} and so on. */
final class ComponentSlices implements SliceAssignment {
    static final String[] PACKAGES = {
        "tscollector.receiver.*..",
        "tscollector.processor.*..",
        "tscollector.exporter.*..",
        "tscollector.connector.*..",
        "tscollector.extension.*.."
    };

    private static final Pattern COMPONENT =
            Pattern.compile("tscollector\\.(receiver|processor|exporter|connector|extension)\\.(\\w+)(\\..*)?");

    @Override
    public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
        Matcher matcher = COMPONENT.matcher(javaClass.getPackageName());
        return matcher.matches() ? SliceIdentifier.of(matcher.group(1), matcher.group(2)) : SliceIdentifier.ignore();
    }

    @Override
    public String getDescription() {
        return "components";
    }
}
