package tscollector.torchserve;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tscollector.component.BuildContext;
import tscollector.kit.http.HttpCaller;
import tscollector.signal.Metric;
import tscollector.signal.MetricGroup;
import tscollector.signal.Shape;

/**
 * Turns what runs of one API of one server were like into the scrape numbers, the health metric and one log line per outage.
 *
 * <p>Two groups a run, scrape numbers and health, apart from the data, so that a change of health changes no other group's shape.
 * While resource and outcome stay, so do shapes and {@code Attributes} instances, also when two outcomes take turns. One run
 * at a time; the runs may be on different threads.
 */
public final class ApiHealth {
    /** Outcomes whose shape is remembered; more than a server that flaps between a few faults needs. */
    private static final int REMEMBERED = 16;

    private record Face(Attributes attributes, Shape shape) {}

    private final Api api;
    private final Scopes scopes;
    private final OutageLog outages;
    private final Reporting reporting;
    private final Map<Outcome, Face> faces = new LinkedHashMap<>();
    private Shape scrapeShape = new Shape();
    private @Nullable Resource resourceOfShapes;

    /**
     * The health of one API of one server.
     *
     * @param caller through which the API is asked: it knows what to do when its credentials are refused
     */
    public ApiHealth(
            Api api, Target target, Reporting reporting, HttpCaller caller, Scopes scopes, BuildContext context) {
        this.api = api;
        this.scopes = scopes;
        this.outages = new OutageLog(api, target.site(), () -> caller.remedyForRefusal(api.keyRole()), context);
        this.reporting = reporting;
    }

    /**
     * The groups of a run, as far as they are to be sent, and its log line if an outage begins or ends.
     *
     * @param resource the same instance as that of the run's other groups
     * @param epochNanos the time of all points of the run
     */
    public List<MetricGroup> report(RunReport run, Resource resource, long epochNanos) {
        outages.run(run.outcome());
        if (resource != resourceOfShapes) {
            resourceOfShapes = resource;
            scrapeShape = new Shape();
            faces.clear();
        }
        List<MetricGroup> groups = new ArrayList<>(2);
        if (reporting.scrapeNumbers()) {
            groups.add(scrapeNumbers(run, resource, epochNanos));
        }
        if (reporting.health()) {
            groups.add(health(run.outcome(), resource, epochNanos));
        }
        return groups;
    }

    private MetricGroup scrapeNumbers(RunReport run, Resource resource, long epochNanos) {
        InstrumentationScopeInfo scope = scopes.scrape();
        double seconds = run.elapsed().toNanos() / 1e9;
        Attributes address = reporting.address();
        double up = run.outcome().isOk() ? 1 : 0;
        double bytes = (double) run.bodyBytes();
        List<Metric> metrics = new ArrayList<>(5);
        metrics.add(Gauges.gauge(resource, scope, ScrapeMetrics.UP, address, up, epochNanos));
        metrics.add(Gauges.gauge(resource, scope, ScrapeMetrics.DURATION, address, seconds, epochNanos));
        metrics.add(Gauges.gauge(resource, scope, ScrapeMetrics.SAMPLES, address, run.samples(), epochNanos));
        metrics.add(Gauges.gauge(resource, scope, ScrapeMetrics.BODY_SIZE, address, bytes, epochNanos));
        if (run.filteredLines() >= 0) {
            metrics.add(Gauges.gauge(
                    resource, scope, ScrapeMetrics.LINES_FILTERED, address, run.filteredLines(), epochNanos));
        }
        return MetricGroup.of(resource, scope, metrics, scrapeShape);
    }

    private MetricGroup health(Outcome outcome, Resource resource, long epochNanos) {
        if (faces.size() >= REMEMBERED && !faces.containsKey(outcome)) {
            faces.remove(faces.keySet().iterator().next());
        }
        Face face = faces.computeIfAbsent(outcome, o -> new Face(attributes(o), new Shape()));
        Metric metric = Gauges.gauge(
                resource,
                scopes.serviceCheck(),
                api.health(),
                face.attributes(),
                reporting.rule().value(outcome),
                epochNanos);
        return MetricGroup.of(resource, scopes.serviceCheck(), List.of(metric), face.shape());
    }

    private Attributes attributes(Outcome outcome) {
        AttributesBuilder attributes = reporting.address().toBuilder()
                .put(ApiState.KEY, outcome.state().word());
        if (outcome.errorType() != null) {
            attributes.put(ErrorType.KEY, outcome.errorType().word());
        }
        if (reporting.rule().saysWhy(outcome)) {
            attributes.put(Outcome.MESSAGE, outcome.message());
        }
        return attributes.build();
    }
}
