package tscollector.extension.storage;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;
import tscollector.component.Factory;
import tscollector.extension.Extension;
import tscollector.testkit.TestContext;
import tscollector.testkit.contract.ExtensionContract;
import tscollector.testkit.contract.FactoryContract;

class FileStorageContractTest implements FactoryContract<FileStorageConfig>, ExtensionContract {
    @TempDir
    Path directory;

    @Override
    public Factory<FileStorageConfig> factory() {
        return new FileStorageFactory();
    }

    @Override
    public Extension create(TestContext test) {
        return new FileStorageFactory()
                .create(context(test), new FileStorageConfig(directory.toString(), true, Duration.ofSeconds(5)));
    }
}
