package tscollector.kit.http;

import io.opentelemetry.sdk.common.Clock;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hc.client5.http.DnsResolver;
import org.jspecify.annotations.Nullable;
import tscollector.time.Scheduler;

/**
 * Host names as addresses. The JDK's lookup blocks, so it runs on the blocking lane, once per name however many wait for it, and
 * what came of it is kept for as long as the JDK keeps it. The client itself is only ever given what is known already: its own
 * threads never look up. Thread-safe.
 */
final class Names implements DnsResolver {
    /** The JDK's own default for names that were found. */
    private static final long KEPT_NANOS = Duration.ofSeconds(30).toNanos();
    /** Redirects may lead anywhere; beyond this many names all are forgotten. */
    private static final int MOST_NAMES = 10_000;

    private record Known(List<InetAddress> addresses, long atNanos) {}

    private final Scheduler scheduler;
    private final Clock clock;
    private final Lookup lookup;
    private final Map<String, Known> known = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<Void>> underWay = new ConcurrentHashMap<>();

    Names(Scheduler scheduler, Clock clock, Lookup lookup) {
        this.scheduler = scheduler;
        this.clock = clock;
        this.lookup = lookup;
    }

    /** Completes once {@link #resolve} knows the name, or with {@link UnknownHostException}; at once if it is known. */
    CompletionStage<Void> learn(String host) {
        if (isAddress(host) || isKnown(host)) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Void> mine = new CompletableFuture<>();
        CompletableFuture<Void> other = underWay.putIfAbsent(host, mine);
        if (other != null) {
            return other;
        }
        scheduler.executeBlocking(() -> lookUp(host, mine));
        return mine;
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        Known found = known.get(host);
        if (found != null) {
            return found.addresses().toArray(InetAddress[]::new);
        }
        if (isAddress(host)) {
            return new InetAddress[] {InetAddress.getByName(host)}; // only parsed, nobody is asked
        }
        throw new UnknownHostException(host);
    }

    @Override
    public @Nullable String resolveCanonicalHostname(@Nullable String host) {
        return host;
    }

    /** Whether the host is written as an IPv4 or IPv6 address, brackets or not. */
    static boolean isAddress(String host) {
        return host.indexOf(':') >= 0
                || (!host.isEmpty() && host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9')));
    }

    private boolean isKnown(String host) {
        Known found = known.get(host);
        return found != null && clock.nanoTime() - found.atNanos() < KEPT_NANOS;
    }

    private void lookUp(String host, CompletableFuture<Void> done) {
        try {
            List<InetAddress> addresses = List.of(lookup.allByName(host));
            if (known.size() >= MOST_NAMES) {
                known.clear();
            }
            known.put(host, new Known(addresses, clock.nanoTime()));
            underWay.remove(host, done);
            done.complete(null);
        } catch (UnknownHostException | RuntimeException e) {
            underWay.remove(host, done);
            done.completeExceptionally(e);
        }
    }

    /** The blocking part; a seam for tests. */
    @FunctionalInterface
    interface Lookup {
        InetAddress[] allByName(String host) throws UnknownHostException;
    }
}
