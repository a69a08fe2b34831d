package tscollector.app.imports;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tscollector.kit.config.YamlWriter;

/** The configuration that comes of the instances: receivers, one naming for all that want the same, one way to Datadog. */
final class PipelineFile {
    private static final String STORAGE = "file_storage";
    private static final String SCRAPE_FILTER = "filter/telemetry";

    private final boolean strict;
    private final AgentConfig agent;
    private final ReceiverIds ids = new ReceiverIds();
    private final Map<String, Map<String, @Nullable Object>> receivers = new LinkedHashMap<>();
    private final Map<Map<String, @Nullable Object>, List<String>> byNaming = new LinkedHashMap<>();
    private final List<String> events = new ArrayList<>();
    private final List<String> silent = new ArrayList<>();
    private final TreeSet<String> variables = new TreeSet<>();

    PipelineFile(boolean strict, AgentConfig agent) {
        this.strict = strict;
        this.agent = agent;
    }

    /** Adds an instance; gives the id of its receiver. */
    String add(Instances.Receiver receiver) {
        Templates templates = new Templates(receiver.kind().port());
        Map<String, @Nullable Object> settings = templates.in(receiver.settings());
        Map<String, @Nullable Object> naming = templates.in(receiver.naming());
        variables.addAll(templates.variables());
        String id = ids.of(receiver);
        receivers.put(id, settings);
        byNaming.computeIfAbsent(naming, any -> new ArrayList<>()).add(id);
        if (receiver.kind() == Kind.MANAGEMENT) {
            (receiver.events() ? events : silent).add(id);
        }
        return id;
    }

    /** Takes an instance away again. */
    void remove(String id) {
        receivers.remove(id);
        byNaming.values().forEach(list -> list.remove(id));
        byNaming.values().removeIf(List::isEmpty);
        events.remove(id);
        silent.remove(id);
    }

    /** The receivers that a setting of the file speaks of: the one it belongs to, or all before a naming. */
    List<String> receiversBehind(String path) {
        String found = "";
        for (String id : receivers.keySet()) {
            if ((path + ".").startsWith("receivers." + id + ".") && id.length() > found.length()) {
                found = id;
            }
        }
        if (!found.isEmpty()) {
            return List.of(found);
        }
        int number = 0;
        List<String> behind = List.of();
        for (List<String> group : byNaming.values()) {
            String name = "processors.torchserve_naming" + (++number == 1 ? "" : "/" + number) + ".";
            behind = (path + ".").startsWith(name) ? List.copyOf(group) : behind;
        }
        return behind;
    }

    int size() {
        return receivers.size();
    }

    /** The whole file. */
    String yaml(String origin) {
        Map<String, Object> processors = new LinkedHashMap<>();
        Map<String, Object> pipelines = new LinkedHashMap<>();
        Map<String, Map<String, @Nullable Object>> exporters = agent.exporters();
        List<String> targets = List.copyOf(exporters.keySet());
        metrics(processors, pipelines, targets);
        logs(processors, pipelines, targets);
        return header(origin, exporters)
                + section(
                        "extensions",
                        Map.of(STORAGE, Map.of("directory", new YamlWriter.Template("${env:STATE_DIR:-state}"))))
                + section("receivers", receivers)
                + section("processors", processors)
                + section("exporters", exporters)
                + YamlWriter.block(Map.of("service", service(pipelines)));
    }

    private void metrics(Map<String, Object> processors, Map<String, Object> pipelines, List<String> targets) {
        int number = 0;
        for (Map.Entry<Map<String, @Nullable Object>, List<String>> group : byNaming.entrySet()) {
            String suffix = ++number == 1 ? "" : "/" + number;
            Map<String, @Nullable Object> settings = new LinkedHashMap<>();
            if (strict) {
                settings.put("compat", "strict");
            }
            settings.putAll(group.getKey());
            processors.put("torchserve_naming" + suffix, settings);
            List<String> chain = new ArrayList<>(List.of("torchserve_naming" + suffix));
            if (group.getKey().containsKey("telemetry")) {
                processors.put(SCRAPE_FILTER, Map.of("metrics", Map.of("exclude", scrapeNumbers())));
                chain.add(SCRAPE_FILTER);
            }
            pipelines.put("metrics" + suffix, pipeline(group.getValue(), chain, targets));
        }
    }

    private static Map<String, Object> scrapeNumbers() {
        Map<String, Object> rule = new LinkedHashMap<>();
        rule.put("match_type", "regexp");
        rule.put("metric_names", List.of("^up$", "^scrape_"));
        return rule;
    }

    /** Instances that want no events stand in no pipeline of events, unless all of them are such. */
    private void logs(Map<String, Object> processors, Map<String, Object> pipelines, List<String> targets) {
        List<String> sources = events.isEmpty() ? silent : events;
        if (sources.isEmpty()) {
            return;
        }
        Map<String, Object> diff = new LinkedHashMap<>();
        if (strict) {
            diff.put("compat", "strict");
        }
        diff.put("storage", STORAGE);
        diff.put("events", "official");
        if (events.isEmpty()) {
            diff.put("submit_events", false);
        }
        processors.put("model_diff", diff);
        pipelines.put("logs", pipeline(sources, List.of("model_diff"), targets));
    }

    private static Map<String, Object> pipeline(
            List<String> receivers, List<String> processors, List<String> exporters) {
        Map<String, Object> pipeline = new LinkedHashMap<>();
        pipeline.put("receivers", receivers);
        pipeline.put("processors", processors);
        pipeline.put("exporters", exporters);
        return pipeline;
    }

    private static Map<String, Object> service(Map<String, Object> pipelines) {
        Map<String, Object> service = new LinkedHashMap<>();
        service.put("extensions", List.of(STORAGE));
        service.put("pipelines", pipelines);
        return service;
    }

    private static String section(String name, Map<String, ?> content) {
        return YamlWriter.block(Map.of(name, content)) + "\n";
    }

    private String header(String origin, Map<String, Map<String, @Nullable Object>> exporters) {
        TreeSet<String> needed = new TreeSet<>(variables);
        exporters.keySet().forEach(id -> needed.add(agent.keyVariable(id)));
        needed.remove("DD_API_KEY");
        StringBuilder text = new StringBuilder(
                "# Made by \"tscollector import datadog\" from " + origin.replaceAll("\\p{Cntrl}", "?") + ":\n"
                        + "# the receivers ask what the Agent's check asked, and send what it sent.\n"
                        + "# Before the first start:\n"
                        + "#   export DD_HOSTNAME=$(datadog-agent hostname)\n"
                        + "#   export DD_API_KEY=...\n");
        needed.forEach(name -> text.append("#   export ").append(name).append("=...\n"));
        return text.append('\n').toString();
    }
}
