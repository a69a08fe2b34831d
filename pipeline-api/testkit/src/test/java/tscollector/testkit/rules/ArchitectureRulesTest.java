package tscollector.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ArchitectureRulesTest {
    private static final JavaClasses BROKEN = new ClassFileImporter()
            .importPackages(
                    "tscollector.receiver.nosy", "tscollector.exporter.loud", "tscollector.cycle", "tscollector.app");

    @TestFactory
    Stream<DynamicTest> holdForTheTestkit() {
        return ArchitectureRules.ofThisModule();
    }

    @TestFactory
    Stream<DynamicTest> holdForTheApi() {
        return ArchitectureRules.ofModule("../api");
    }

    @TestFactory
    Stream<DynamicTest> holdForTheSimulator() {
        return ArchitectureRules.ofModule("../simulator");
    }

    @Test
    void letATidyComponentPass() {
        JavaClasses tidy = new ClassFileImporter().importPackages("tscollector.processor.tidy");

        assertThat(tidy).hasSize(3);
        ArchitectureRules.ALL.forEach(rule -> rule.rule().allowEmptyShould(true).check(tidy));
    }

    @Test
    void seeAComponentThatKnowsAnotherOneAndTheApp() {
        assertThat(violations("5 components are strangers to each other"))
                .anyMatch(text -> text.contains("NosyReceiver.knowsOthers()") && text.contains("LoudExporter.shout()"));
        assertThat(violations("5 components do not know the app")).hasSize(1).allMatch(text -> text.contains("Main"));
    }

    @Test
    void seeACycleOfPackages() {
        assertThat(violations("6 packages without cycles"))
                .anyMatch(text -> text.contains("Egg") && text.contains("Hen"));
    }

    @Test
    void seeWhatIsPublicWithoutNeed() {
        assertThat(classesIn(violations("7 only factory and settings are public")))
                .containsExactly("LoudExporter", "NosyReceiver");
    }

    @Test
    void seeInternalsOfTheSdk() {
        assertThat(violations("8 no internals of OpenTelemetry"))
                .hasSize(1)
                .allMatch(text -> text.contains("StringUtils.isNullOrEmpty"));
    }

    @Test
    void seeClocksAndThreadsHoweverTheyAreReached() {
        List<String> violations = violations("9 no clock or thread of the JDK");

        for (String access : List.of(
                "System.nanoTime()",
                "Instant.now()",
                "System.currentTimeMillis()",
                "NosyReceiver$Worker.<init>()",
                "Thread.<init>()",
                "Executors.newCachedThreadPool()")) {
            assertThat(violations).anyMatch(text -> text.contains("NosyReceiver") && text.contains(access));
        }
        assertThat(violations("9 only the app takes the clock of the SDK")).hasSize(1);
        assertThat(violations).hasSize(6).noneMatch(text -> text.contains("app.Main"));
    }

    @Test
    void seeWhoTakesTheProcessAndLetMainDoSo() {
        assertThat(violations("10 no exit and no standard output"))
                .hasSize(2)
                .anyMatch(text -> text.contains("LoudExporter") && text.contains("System.out"))
                .anyMatch(text -> text.contains("LoudExporter") && text.contains("Runtime.halt"));
    }

    @Test
    void seeSettingsThatAreNoDocumentedRecords() {
        assertThat(violations("11 settings are documented records"))
                .hasSize(2)
                .anyMatch(text -> text.contains("ClassConfig is no record"))
                .anyMatch(text -> text.contains("LoudConfig has secretly without @Setting"));
        assertThat(violations("11 what is called Config is one"))
                .hasSize(1)
                .allMatch(text -> text.contains("OnlyInNameConfig"));
    }

    @Test
    void seeNamesWithoutSubjectAndPackagesWithoutMark() {
        assertThat(classesIn(violations("12 names that say something"))).containsExactly("StringUtil");
        assertThat(violations("packages are null-marked"))
                .anyMatch(text -> text.contains("tscollector.exporter.loud, which is not @NullMarked"));
    }

    @Test
    void giveAReasonEach() {
        assertThat(ArchitectureRules.ALL)
                .allMatch(rule -> rule.rule().getDescription().contains(", because "));
        assertThat(ArchitectureRules.ALL.stream().map(ArchitectureRules.Rule::name))
                .doesNotHaveDuplicates();
    }

    private static List<String> violations(String name) {
        return ArchitectureRules.ALL.stream()
                .filter(rule -> rule.name().equals(name))
                .flatMap(rule -> rule.rule().evaluate(BROKEN).getFailureReport().getDetails().stream())
                .toList();
    }

    /** The simple names of fixture classes that the texts name. */
    private static Set<String> classesIn(List<String> texts) {
        return Pattern.compile("tscollector\\.[\\w.]+\\.(\\w+)")
                .matcher(String.join(" ", texts))
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
