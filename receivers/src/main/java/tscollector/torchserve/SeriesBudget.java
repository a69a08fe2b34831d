package tscollector.torchserve;

/**
 * The memory that what is remembered of all servers from run to run may take together: series, models, texts. The first 256 KiB of
 * each server are free of it, so a server of ordinary size is never turned away because of others that expose millions of series.
 * What a server was granted stays its own until it needs less: nobody loses the series it has.
 *
 * <p>Bytes are estimates. Thread-safe.
 */
public final class SeriesBudget {
    /** What each server may take without asking: some 600 series, ten times what TorchServe has with a few models. */
    static final long FREE_BYTES = 256 << 10;

    private static final int HEAP_SHARE = 3;
    private static final SeriesBudget OF_PROCESS =
            new SeriesBudget(Runtime.getRuntime().maxMemory() / HEAP_SHARE);

    private final long limit;
    private long used;

    public SeriesBudget(long limit) {
        this.limit = limit;
    }

    /** The one budget of this process: a third of the largest heap. */
    public static SeriesBudget ofProcess() {
        return OF_PROCESS;
    }

    /** Opens a share that holds nothing yet; one per server and API. */
    public Share open() {
        return new Share();
    }

    /** Bytes in use beyond the free ones. */
    public synchronized long used() {
        return used;
    }

    /** What one server holds. */
    public final class Share {
        private long bytes; // all guarded by the budget

        private Share() {}

        /** Holds {@code wanted} bytes in all from now on if there is room, which there always is for less than before; else all stays. */
        public boolean resize(long wanted) {
            synchronized (SeriesBudget.this) {
                long more = charge(wanted) - charge(bytes);
                if (more > 0 && used + more > limit) {
                    return false;
                }
                used += more;
                bytes = wanted;
                return true;
            }
        }

        /** What it holds now, the free part included. */
        public long bytes() {
            synchronized (SeriesBudget.this) {
                return bytes;
            }
        }

        private static long charge(long bytes) {
            return Math.max(0, bytes - FREE_BYTES);
        }
    }
}
