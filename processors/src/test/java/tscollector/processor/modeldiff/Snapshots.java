package tscollector.processor.modeldiff;

import io.opentelemetry.sdk.resources.Resource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tscollector.kit.inventory.Inventory;
import tscollector.kit.inventory.Inventory.Model;
import tscollector.kit.inventory.Inventory.Version;
import tscollector.kit.inventory.InventoryRecord;
import tscollector.signal.LogBatch;
import tscollector.signal.LogGroup;
import tscollector.signal.LogRecord;
import tscollector.testkit.Batches;

/** Snapshots of servers, as receivers send them. */
final class Snapshots {
    static final String URL = "http://host:8081";
    static final Resource RESOURCE = Resource.create(Batches.attributes("service.instance.id", "host:8080"));

    private Snapshots() {}

    /** A model in the list whose describe failed. */
    static Model listed(String name, @Nullable String url) {
        return new Model(name, url, false, List.of());
    }

    /** A model with its versions; a star marks the default, whose archive the list has: {@code "1.0", "2.0*"}. Archives are named {@code name-version.mar}. */
    static Model described(String name, String... versions) {
        List<Version> all = new ArrayList<>();
        String url = null;
        for (String written : versions) {
            boolean isDefault = written.endsWith("*");
            String version = isDefault ? written.substring(0, written.length() - 1) : written;
            String archive = name + "-" + version + ".mar";
            url = url == null && isDefault ? archive : url;
            all.add(new Version(version, archive, isDefault));
        }
        return new Model(name, url, true, all);
    }

    static Inventory complete(Model... models) {
        return new Inventory(URL, true, List.of(models));
    }

    static Inventory incomplete(Model... models) {
        return new Inventory(URL, false, List.of(models));
    }

    static LogBatch batch(long epochNanos, Inventory... inventories) {
        return new LogBatch(List.of(group(RESOURCE, epochNanos, inventories)));
    }

    static LogGroup group(Resource resource, long epochNanos, Inventory... inventories) {
        List<LogRecord> records = Arrays.stream(inventories)
                .map(inventory -> InventoryRecord.write(inventory, resource, Batches.SCOPE, epochNanos))
                .toList();
        return new LogGroup(resource, Batches.SCOPE, records);
    }
}
