package tscollector.kit.inventory;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a TorchServe had at one moment.
 *
 * @param managementApiUrl the address it was read from, as configured, without credentials
 * @param complete whether every page of the list was read and the list did not move meanwhile; says nothing about describes
 * @param models in the order of the list
 */
public record Inventory(String managementApiUrl, boolean complete, List<Model> models) {
    public Inventory {
        models = List.copyOf(models);
    }

    /**
     * One model.
     *
     * @param name not restricted by TorchServe in any way
     * @param url the archive of the default version as the list gives it; null where the list had none
     * @param described whether its versions were read in this run; if not, {@code versions} is empty
     */
    public record Model(String name, @Nullable String url, boolean described, List<Version> versions) {
        public Model {
            versions = List.copyOf(versions);
        }
    }

    /**
     * One version of a model.
     *
     * @param version free text
     * @param url the archive; null where describe had none
     */
    public record Version(String version, @Nullable String url, boolean isDefault) {}
}
