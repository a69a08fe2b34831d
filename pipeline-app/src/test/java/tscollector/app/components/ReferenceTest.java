package tscollector.app.components;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import tscollector.app.load.ComponentCatalog;
import tscollector.app.load.GeneratedFiles;

/** The committed schema and reference pages are those of the components that ship. */
class ReferenceTest {
    private static final String REFRESH =
            "mvn -Dquick -pl pipeline-app -am test -Dtest=ReferenceTest -Dsurefire.failIfNoSpecifiedTests=false -Dgenerated.update";

    @Test
    void schemaAndReferencePagesAreFresh() {
        Path checkout = Path.of("..").toAbsolutePath().normalize();
        GeneratedFiles files = GeneratedFiles.of(ComponentCatalog.load());

        if (System.getProperty("generated.update") != null) {
            files.write(checkout);
        }

        assertThat(files.differences(checkout, REFRESH)).isEmpty();
    }
}
