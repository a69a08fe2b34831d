package tscollector.torchserve.management;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the model list.
 *
 * @param name not restricted by TorchServe in any way
 * @param url the archive of the default version; null where the entry has none
 */
record ListedModel(String name, @Nullable String url) {
    /**
     * Whether the server can be asked for it: a name with a slash can be listed but never found in a path, however it is encoded;
     * an empty one would ask for something else, and so would half a surrogate pair.
     */
    boolean canBeDescribed() {
        return !name.isEmpty()
                && name.indexOf('/') < 0
                && StandardCharsets.UTF_8.newEncoder().canEncode(name);
    }

    /** Characters of name and URL. */
    int textLength() {
        return name.length() + (url == null ? 0 : url.length());
    }

    /** {@code models/NAME} with the name percent-encoded. */
    String path() {
        String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
        if (name.equals(".") || name.equals("..")) {
            encoded = name.replace(".", "%2E"); // as they are, they would be taken for steps in the path
        }
        return "models/" + encoded;
    }
}
