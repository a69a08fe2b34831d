package tscollector.exporter.datadog;

import tscollector.component.StartException;

/** As {@link tscollector.kit.compress.Zstd}. */
final class Zstd {
    private Zstd() {}

    /** @throws StartException if the library is not on the class path */
    static void require() throws StartException {
        tscollector.kit.compress.Zstd.require();
    }

    static byte[] compress(byte[] plain) {
        return tscollector.kit.compress.Zstd.compress(plain);
    }
}
