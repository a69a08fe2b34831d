package tscollector.torchserve;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What is known of one server's version, and whether it is being asked just now. Thread-safe. */
final class KnownVersion {
    private volatile String version = "";
    private boolean sure; // since any of the server's APIs was away; guarded by this, as what follows
    private @Nullable CompletableFuture<Void> question;

    /** The version that was heard last; empty before the first. */
    String version() {
        return version;
    }

    void version(String newVersion) {
        version = newVersion;
    }

    /** Whether the caller is to ask now and to call {@link #answered} then; nobody else does meanwhile. */
    synchronized boolean beginsQuestion() {
        if (sure || question != null) {
            return false;
        }
        question = new CompletableFuture<>();
        return true;
    }

    /** Ends the question; null if nothing was learned. */
    void answered(@Nullable String newVersion) {
        CompletableFuture<Void> ended;
        synchronized (this) {
            if (newVersion != null) {
                sure = true;
                version = newVersion;
            }
            ended = question;
            question = null;
        }
        if (ended != null) {
            ended.complete(null);
        }
    }

    /** The server was away and may come back as another version. */
    synchronized void doubt() {
        sure = false;
    }

    /** Completes when the question that is under way is answered; null if there is none. */
    synchronized @Nullable CompletableFuture<Void> question() {
        return question;
    }
}
