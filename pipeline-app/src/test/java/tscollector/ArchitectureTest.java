package tscollector;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tscollector.testkit.rules.ArchitectureRules;

class ArchitectureTest {
    @TestFactory
    Stream<DynamicTest> keepsTheRulesOfTheHouse() {
        return ArchitectureRules.ofThisModule();
    }
}
