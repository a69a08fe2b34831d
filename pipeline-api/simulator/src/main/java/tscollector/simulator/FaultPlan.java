package tscollector.simulator;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The faults still to come and the captured answers, by address and path. Thread-safe. */
final class FaultPlan {
    /** Times of a fault that stays until it is cleared. */
    static final int UNTIL_CLEARED = -1;

    private final Object lock = new Object();
    private final List<Entry> entries = new ArrayList<>();
    private final List<Replay> replays = new ArrayList<>();

    void add(Api api, String path, Fault fault, int times) {
        if (times == 0 || times < UNTIL_CLEARED) {
            throw new IllegalArgumentException("cannot play a fault " + times + " times");
        }
        synchronized (lock) {
            entries.add(new Entry(api, path, fault, times));
        }
    }

    void clear() {
        synchronized (lock) {
            entries.clear();
        }
    }

    /** The oldest fault for this request, used up once; null when there is none. */
    @Nullable
    Fault take(Api api, Request request) {
        synchronized (lock) {
            for (Iterator<Entry> all = entries.iterator(); all.hasNext(); ) {
                Entry entry = all.next();
                if (entry.api == api && matches(entry.path, request) && meets(entry.fault, request)) {
                    entry.times -= entry.times > 0 ? 1 : 0;
                    if (entry.times == 0) {
                        all.remove();
                    }
                    return entry.fault instanceof Fault.FromPage page ? page.fault() : entry.fault;
                }
            }
            return null;
        }
    }

    /** A later replay of the same path replaces the earlier one. */
    void replay(Api api, String path, Answer answer) {
        synchronized (lock) {
            stopReplay(api, path);
            replays.add(new Replay(api, path, answer));
        }
    }

    void stopReplay(Api api, String path) {
        synchronized (lock) {
            replays.removeIf(replay -> replay.api == api && replay.path.equals(path));
        }
    }

    @Nullable
    Answer replayed(Api api, Request request) {
        synchronized (lock) {
            for (Replay replay : replays) {
                if (replay.api == api && matches(replay.path, request)) {
                    return replay.answer;
                }
            }
            return null;
        }
    }

    private static boolean matches(String path, Request request) {
        if (path.endsWith("*")) {
            return request.target().startsWith(path.substring(0, path.length() - 1));
        }
        return path.equals(path.indexOf('?') < 0 ? request.rawPath() : request.target());
    }

    private static boolean meets(Fault fault, Request request) {
        return !(fault instanceof Fault.FromPage page) || request.parameter("next_page_token", 0) >= page.offset();
    }

    private static final class Entry {
        private final Api api;
        private final String path;
        private final Fault fault;
        private int times;

        Entry(Api api, String path, Fault fault, int times) {
            this.api = api;
            this.path = path;
            this.fault = fault;
            this.times = times;
        }
    }

    private record Replay(Api api, String path, Answer answer) {}
}
