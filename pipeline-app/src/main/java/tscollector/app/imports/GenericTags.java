package tscollector.app.imports;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code disable_generic_tags}: names that other integrations use too get the check's name in front. */
final class GenericTags {
    private static final List<String> GENERIC = List.of(
            "cluster_name",
            "clustername",
            "cluster",
            "clusterid",
            "cluster_id",
            "env",
            "host_name",
            "hostname",
            "host",
            "service",
            "version");
    private static final String PREFIX = "torchserve_";

    private GenericTags() {}

    /** The labels to rename: those the user renames, and all generic ones. */
    static Map<String, String> renamed(Map<String, String> written) {
        Map<String, String> all = new LinkedHashMap<>();
        written.forEach((label, name) -> all.put(label, name(name)));
        GENERIC.forEach(generic -> all.putIfAbsent(generic, PREFIX + generic));
        return all;
    }

    /** One tag, {@code name:value} or {@code name}. */
    static String tag(String tag) {
        int colon = tag.indexOf(':');
        if (colon == tag.length() - 1 && GENERIC.contains(tag.substring(0, colon))) {
            return name(tag.substring(0, colon)); // the check forgets the colon that nothing follows
        }
        return colon < 0 ? name(tag) : name(tag.substring(0, colon)) + tag.substring(colon);
    }

    private static String name(String name) {
        return GENERIC.contains(name) ? PREFIX + name : name;
    }
}
