package tscollector.app.parity;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * What the Agent makes of what the check submits (its aggregator is no part of the recordings): counters become what they grew by, with
 * the first-value rule; {@code service:} and the host are added; of a gauge the last value of a run counts.
 */
final class AgentRules {
    /** Of a value that no recording can tell. */
    static final double ANY = Double.NaN;

    private final Vector vector;
    private final String host;
    private final Map<String, Double> previous = new HashMap<>();
    private final Map<Sent, Integer> rateRuns = new HashMap<>(); // the last with a value
    private final Arrivals arrivals = new Arrivals();
    private int runs;

    private AgentRules(Vector vector, String host) {
        this.vector = vector;
        this.host = host;
    }

    /**
     * What should arrive.
     *
     * @param again whether the last run is played once more, in which every counter is known and stands still
     */
    static Arrivals of(Vector vector, String host, boolean again) {
        AgentRules rules = new AgentRules(vector, host);
        List<JsonNode> runs = vector.runs();
        runs.forEach(run -> rules.run(Vector.submitted(run), false));
        if (again) {
            rules.run(Vector.submitted(runs.get(runs.size() - 1)), true);
        }
        return rules.arrivals;
    }

    private record Sent(String type, String name, List<String> tags, String host) {}

    private void run(List<JsonNode> submitted, boolean flush) {
        runs++;
        Map<Sent, Double> points = new LinkedHashMap<>();
        Map<Sent, Double> counters = new LinkedHashMap<>();
        Map<Sent, Double> sketches = new LinkedHashMap<>();
        Set<Sent> flushed = new HashSet<>();
        for (JsonNode one : submitted) {
            switch (one.get("kind").asString()) {
                case "metric" -> {
                    metric(one, points, counters);
                    if (flush || one.path("flush_first_value").asBoolean(false)) {
                        flushed.add(sent("count", one));
                    }
                }
                case "histogram_bucket" -> bucket(one, flush, sketches);
                case "service_check" ->
                    arrivals.check(
                            one.get("name").asString(),
                            tags(one),
                            agentHost(),
                            one.get("status").asString(),
                            !one.get("message").asString().isEmpty());
                case "event" ->
                    arrivals.event(
                            one.get("msg_title").asString(), one.get("msg_text").asString(), tags(one), host);
                default -> {} // inventory metadata, which is not carried
            }
        }
        counters.forEach((sent, value) -> {
            Double grown = grown(sent + "counter", value, flushed.contains(sent));
            if (grown != null) {
                points.merge(sent, grown, Double::sum);
            }
        });
        points.forEach((sent, value) -> arrivals.metric(sent.type(), sent.name(), sent.tags(), sent.host(), value));
        sketches.forEach((sent, count) -> {
            if (count > 0) {
                arrivals.sketch(sent.name(), sent.tags(), sent.host(), count);
            }
        });
    }

    private void metric(JsonNode one, Map<Sent, Double> points, Map<Sent, Double> counters) {
        double value = one.get("value").asDouble(ANY); // "varies" with the clock
        switch (one.get("type").asString()) {
            case "gauge" -> points.put(sent("gauge", one), value);
            case "count" -> points.merge(sent("count", one), value, Double::sum);
            case "rate" -> {
                Double before = previous.put(sent("gauge", one) + "rate", value);
                Integer runBefore = rateRuns.put(sent("gauge", one), runs);
                if (before != null && runBefore != null && value >= before) {
                    points.put(
                            sent("gauge", one),
                            (value - before) / (vector.interval().toMillis() / 1e3 * (runs - runBefore)));
                }
            }
            // Series that are one by their tags are added up; what the Agent makes of them depends on their order.
            case "monotonic_count" -> counters.merge(sent("count", one), value, Double::sum);
            default -> throw new AssertionError(one.get("type"));
        }
    }

    private void bucket(JsonNode one, boolean flush, Map<Sent, Double> sketches) {
        List<String> tags = new ArrayList<>(tags(one));
        tags.removeIf(tag -> tag.startsWith("lower_bound:") || tag.startsWith("upper_bound:"));
        Double grown = grown(
                one.get("name").asString() + tags(one) + "bucket",
                one.get("value").asDouble(),
                flush || one.get("flush_first_value").asBoolean(false));
        if (grown != null) {
            sketches.merge(new Sent("sketch", name(one), tags, metricHost(one)), grown, Double::sum);
        }
    }

    private Double grown(String series, double value, boolean flush) {
        Double before = previous.put(series, value);
        if (before == null) {
            return flush ? value : null;
        }
        if (value < before) {
            return flush ? value : 0;
        }
        return value - before;
    }

    private Sent sent(String type, JsonNode one) {
        return new Sent(type, name(one), tags(one), metricHost(one));
    }

    /** Datadog takes no other characters; ours are sent as it would keep them. */
    private static String name(JsonNode one) {
        return one.get("name").asString().replaceAll("[^a-zA-Z0-9_.]+", "_");
    }

    private String metricHost(JsonNode one) {
        String own = one.get("hostname").asString();
        return own.isEmpty() ? agentHost() : own;
    }

    private String agentHost() {
        return vector.instance().path("empty_default_hostname").asBoolean(false) ? "" : host;
    }

    private List<String> tags(JsonNode one) {
        TreeSet<String> tags = new TreeSet<>();
        one.get("tags").forEach(tag -> tags.add(tag.asString()));
        JsonNode init = vector.json().path("init_config").path("service");
        JsonNode service = vector.instance().has("service") ? vector.instance().get("service") : init;
        if (service.isString()) {
            tags.add("service:" + service.asString());
        }
        return List.copyOf(tags);
    }
}
