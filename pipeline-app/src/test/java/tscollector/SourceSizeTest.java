package tscollector;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import tscollector.testkit.rules.SourceSize;

class SourceSizeTest {
    @Test
    void filesOfAllModulesStayReadable() {
        SourceSize.check(
                Path.of(System.getProperty("basedir", "")).toAbsolutePath().getParent());
    }
}
