package tscollector.kit.compress;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;
import tscollector.component.StartException;

/** The optional library com.github.luben:zstd-jni; found by name, so that nobody who does not want it has to carry it. */
public final class Zstd {
    /** As the Agent's: more makes the processor dearer than the line. */
    private static final int LEVEL = 1;

    private static final @Nullable MethodHandle COMPRESS = find();

    private Zstd() {}

    /** @throws StartException if the library is not on the class path */
    public static void require() throws StartException {
        if (COMPRESS == null) {
            throw new StartException(
                    "compression: zstd needs the library com.github.luben:zstd-jni on the class path; add it, or use gzip");
        }
    }

    /** One whole frame. */
    public static byte[] compress(byte[] plain) {
        if (COMPRESS == null) {
            throw new IllegalStateException("no zstd library");
        }
        try {
            return (byte[]) COMPRESS.invokeExact(plain, LEVEL);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("zstd failed", e);
        }
    }

    private static @Nullable MethodHandle find() {
        try {
            Class<?> library = Class.forName("com.github.luben.zstd.Zstd");
            return MethodHandles.publicLookup()
                    .findStatic(library, "compress", MethodType.methodType(byte[].class, byte[].class, int.class));
        } catch (ReflectiveOperationException | LinkageError e) {
            return null;
        }
    }
}
