package tscollector.testkit.datadog;

import io.opentelemetry.sdk.common.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Datadog's intake for tests: {@code /api/v2/series} (JSON and protobuf), {@code /api/beta/sketches}, {@code /api/v1/check_run},
 * {@code /api/v1/events}, {@code /api/v2/logs} and {@code /api/v1/validate}, with the limits, headers, forms and time windows of
 * the real one, in places stricter: what Datadog would change or drop in silence is refused with 400. Keeps what it took as plain
 * records, and every refusal with its reason. Answers can be scripted per path.
 *
 * <p>Asked directly by {@link #answer}, or over HTTP by {@link DatadogServer}. Thread-safe.
 *
 * <pre>{@code
 * DatadogIntake intake = new DatadogIntake(scheduler.clock());
 * intake.script("/api/v2/series", IntakeAnswer.of(429).with("Retry-After", "7"));
 * ...
 * assertThat(intake.refusals()).isEmpty();
 * assertThat(intake.series()).extracting(AcceptedSeries::metric).containsExactly("a.b");
 * }</pre>
 */
public final class DatadogIntake {
    /** The key it takes at first. */
    public static final String KEY = "0123456789abcdef0123456789abcdef";

    /** One request and what came of it. */
    public record Exchange(IntakeRequest request, int status) {}

    private final Accepted accepted = new Accepted();
    private final IntakeRules rules;
    private final Map<String, Deque<IntakeAnswer>> scripts = new HashMap<>(); // all guarded by this
    private final Map<String, IntakeAnswer> always = new HashMap<>();
    private final List<Exchange> exchanges = new ArrayList<>();
    private final List<String> refusals = new ArrayList<>();

    /** @param clock the time that points, checks, events and logs are compared with */
    public DatadogIntake(Clock clock) {
        this.rules = new IntakeRules(clock, KEY, accepted);
    }

    /** Takes only these keys from now on. */
    public void setKeys(String... keys) {
        rules.setKeys(Set.of(keys));
    }

    /** The next requests to {@code path} get these answers, one each; then the rules decide again. */
    public synchronized void script(String path, IntakeAnswer... answers) {
        scripts.computeIfAbsent(path, key -> new ArrayDeque<>()).addAll(List.of(answers));
    }

    /** Every request to {@code path} gets this answer once its script is used up; null ends that. */
    public synchronized void always(String path, @Nullable IntakeAnswer answer) {
        if (answer == null) {
            always.remove(path);
        } else {
            always.put(path, answer);
        }
    }

    /** Answers one request; of a scripted answer the caller observes the delay and the missing status. */
    public IntakeAnswer answer(IntakeRequest request) {
        IntakeAnswer told = told(request.path());
        if (told == null) {
            return noted(request, byRules(request));
        }
        if (told.takes()) {
            byRules(request);
        }
        return noted(request, told);
    }

    public List<AcceptedSeries> series() {
        return accepted.series();
    }

    public List<AcceptedSketch> sketches() {
        return accepted.sketches();
    }

    public List<AcceptedCheck> checks() {
        return accepted.checks();
    }

    public List<AcceptedEvent> events() {
        return accepted.events();
    }

    public List<AcceptedLog> logs() {
        return accepted.logs();
    }

    /** Every request so far, in order, with the status it got. */
    public synchronized List<Exchange> exchanges() {
        return List.copyOf(exchanges);
    }

    /** The statuses of the requests to {@code path}, in order. */
    public synchronized List<Integer> statuses(String path) {
        return exchanges.stream()
                .filter(exchange -> exchange.request().path().equals(path))
                .map(Exchange::status)
                .toList();
    }

    /** What the rules refused, as {@code path: reason}; scripted refusals are not among them. */
    public synchronized List<String> refusals() {
        return List.copyOf(refusals);
    }

    /** Forgets what it took and saw; scripts and keys stay. */
    public synchronized void clear() {
        accepted.clear();
        exchanges.clear();
        refusals.clear();
    }

    private synchronized IntakeAnswer noted(IntakeRequest request, IntakeAnswer answer) {
        exchanges.add(new Exchange(request, answer.status()));
        return answer;
    }

    private synchronized @Nullable IntakeAnswer told(String path) {
        Deque<IntakeAnswer> script = scripts.get(path);
        IntakeAnswer next = script == null ? null : script.poll();
        return next == null ? always.get(path) : next;
    }

    private IntakeAnswer byRules(IntakeRequest request) {
        try {
            return rules.answer(request);
        } catch (Refusal refusal) {
            synchronized (this) {
                refusals.add(request.path() + ": " + refusal.reason());
            }
            return IntakeRules.refusal(refusal);
        }
    }
}
