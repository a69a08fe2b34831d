package tscollector.testkit.rules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.opentelemetry.sdk.common.Clock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import tscollector.config.Config;

/**
 * The rules of the house that compiled code shows; the numbers are those of docs/architecture. A module applies them so:
 *
 * <pre>{@code
 * class ArchitectureTest {
 *     @TestFactory
 *     Stream<DynamicTest> keepsTheRulesOfTheHouse() {
 *         return ArchitectureRules.ofThisModule();
 *     }
 * }
 * }</pre>
 */
public final class ArchitectureRules {
    /** One rule with its name in the test report. */
    record Rule(String name, ArchRule rule) {}

    private static final String[] OWN_TIME = {
        "tscollector.kit.time..", "tscollector.simulator..", "tscollector.testkit.."
    };
    private static final String MAIN = "tscollector\\.app\\.Main(\\$.*)?";

    static final List<Rule> ALL = List.of(
            new Rule(
                    "5 components are strangers to each other",
                    slices().assignedFrom(new ComponentSlices())
                            .should()
                            .notDependOnEachOther()
                            .because("a component is changed, moved or left out without looking at others;"
                                    + " what two of them share belongs into the kit")),
            new Rule(
                    "5 components do not know the app",
                    noClasses()
                            .that()
                            .resideInAnyPackage(ComponentSlices.PACKAGES)
                            .should()
                            .dependOnClassesThat()
                            .resideInAPackage("tscollector.app..")
                            .because("a component gets everything from its BuildContext and Host")),
            new Rule(
                    "6 packages without cycles",
                    slices().matching("tscollector.(**)")
                            .should()
                            .beFreeOfCycles()
                            // The binder describes how YAML becomes the record a Descriptor names; both are read
                            // together.
                            .ignoreDependency(
                                    tscollector.config.ConfigBinder.class, tscollector.component.Descriptor.class)
                            .because("two packages that need each other are one package in two places")),
            new Rule(
                    "7 only factory and settings are public",
                    classes()
                            .that()
                            .resideInAnyPackage(ComponentSlices.PACKAGES)
                            .and()
                            .areTopLevelClasses()
                            .and()
                            .arePublic()
                            .should(Conditions.beAFactoryOrSettings())
                            .because("what is not public can be changed without asking anybody")),
            new Rule(
                    "8 no internals of OpenTelemetry",
                    noClasses()
                            .should()
                            .dependOnClassesThat()
                            .resideInAPackage("io.opentelemetry..internal..")
                            .because("internal classes change with any release of the SDK")),
            new Rule(
                    "9 no clock or thread of the JDK",
                    noClasses()
                            .that()
                            .resideOutsideOfPackages(OWN_TIME)
                            .and()
                            .haveNameNotMatching(MAIN)
                            .should(Conditions.useTheJdksTimeOrThreads())
                            .because("clock and threads come from BuildContext, so that tests need no sleep"
                                    + " and threads have names and bounds")),
            new Rule(
                    "9 only the app takes the clock of the SDK",
                    noClasses()
                            .that()
                            .resideOutsideOfPackages(OWN_TIME)
                            .and()
                            .resideOutsideOfPackage("tscollector.app..")
                            .should()
                            .callMethod(Clock.class, "getDefault")
                            .because("the app puts it into BuildContext, and everybody else has it from there")),
            new Rule(
                    "10 no exit and no standard output",
                    noClasses()
                            .that()
                            .haveNameNotMatching(MAIN)
                            .should(Conditions.useTheProcess())
                            .because("only Main ends the process and owns its streams; debug gets its stream from"
                                    + " BuildContext")),
            new Rule(
                    "11 settings are documented records",
                    classes()
                            .that()
                            .areAssignableTo(Config.class)
                            .and()
                            .areNotInterfaces()
                            .should(Conditions.beRecordsOfSettings())
                            .because("validation, schema and reference pages come from the record alone")),
            new Rule(
                    "11 what is called Config is one",
                    classes()
                            .that()
                            .haveSimpleNameEndingWith("Config")
                            .and()
                            .areNotInterfaces()
                            .and()
                            .resideOutsideOfPackages("tscollector.simulator..", "tscollector.app..")
                            .should()
                            .beAssignableTo(Config.class)
                            .because("the word means what a user may set")),
            new Rule(
                    "12 names that say something",
                    noClasses()
                            .should()
                            .haveNameMatching(".*(Util|Utils|Helper|Manager|Common|Impl)(\\$\\d+)?")
                            .because(
                                    "such a class has no subject; if no better name comes, its code belongs elsewhere")),
            new Rule(
                    "packages are null-marked",
                    classes()
                            .should(Conditions.beInANullMarkedPackage())
                            .because("null is annotated or impossible, and every package says what it is")));

    private ArchitectureRules() {}

    /**
     * One test per rule over the main classes of the module that runs this.
     *
     * @throws AssertionError if the module has sources and no classes
     */
    public static Stream<DynamicTest> ofThisModule() {
        return ofModule(".");
    }

    /**
     * The same for a module whose tests cannot see the testkit, because the testkit needs it.
     *
     * @param relative the folder of its pom.xml, seen from the module that runs this
     */
    public static Stream<DynamicTest> ofModule(String relative) {
        Path module = Path.of(System.getProperty("basedir", ""))
                .toAbsolutePath()
                .resolve(relative)
                .normalize();
        Path compiled = module.resolve("target/classes");
        JavaClasses classes =
                new ClassFileImporter().importPaths(Files.isDirectory(compiled) ? List.of(compiled) : List.of());
        if (classes.isEmpty() && Files.isDirectory(module.resolve("src/main/java"))) {
            throw new AssertionError("no classes in " + compiled + ": compile first");
        }
        return ALL.stream().map(rule -> DynamicTest.dynamicTest(rule.name(), () -> check(rule, classes)));
    }

    private static void check(Rule rule, JavaClasses classes) {
        rule.rule().allowEmptyShould(true).check(classes);
    }
}
