package tscollector.app.imports;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tscollector.kit.config.Surroundings;

/**
 * Makes a configuration of what the Agent's check is configured with. Linear in the number of instances; one thread.
 *
 * @param strict whether dashboards, monitors and readers of events are to notice no difference at all ({@code compat: strict})
 */
public record DatadogImport(boolean strict, Surroundings surroundings) {
    /** Each round takes something away; what is left after so many has no end. */
    private static final int MOST_REPAIRS = 10;

    /**
     * A text to read.
     *
     * @param name for people: the path, or {@code standard input}
     */
    public record Input(String name, String text) {}

    /**
     * What came of it.
     *
     * @param yaml a configuration; with no instance in it if {@code instances} is 0
     * @param remarks one line each: {@code path: text}; no value of any option
     * @param instances how many were carried over
     */
    public record Result(String yaml, List<String> remarks, int instances) {}

    /**
     * Something that is wrong with a configuration.
     *
     * @param path of the setting, for instance {@code receivers.torchserve_inference/ts:8080.endpoint}
     * @param text what follows the path; no secret
     */
    public record Fault(String path, String text) {}

    /**
     * Reads the inputs.
     *
     * @param agentConfig datadog.yaml, or null
     * @param check finds what is wrong with the result; the instances it comes from are left out
     */
    public Result run(List<Input> inputs, @Nullable Input agentConfig, Function<String, List<Fault>> check) {
        Remarks remarks = new Remarks();
        AgentConfig agent = agentConfig(agentConfig, remarks);
        String hostname = surroundings.variable("DD_HOSTNAME");
        if ((hostname == null || hostname.isEmpty()) && !agent.hasHostname()) {
            remarks.add(
                    "DD_HOSTNAME",
                    "is not set; export DD_HOSTNAME=$(datadog-agent hostname), or the host's name may change");
        }
        PipelineFile file = new PipelineFile(strict, agent);
        Map<String, String> paths = new LinkedHashMap<>();
        Instances instances = new Instances(strict, surroundings, remarks, agent.proxy());
        Set<Object> seen = new HashSet<>();
        for (Input input : inputs) {
            String prefix = inputs.size() == 1 ? "" : input.name() + ": ";
            for (Checks.Check one : checks(input, prefix, remarks)) {
                add(one, seen, instances, file, paths, remarks);
            }
        }
        String origin = inputs.isEmpty()
                ? "nothing"
                : String.join(", ", inputs.stream().map(Input::name).toList());
        String yaml = file.yaml(origin);
        for (int i = 0; i < MOST_REPAIRS && file.size() > 0; i++) {
            List<Fault> faults = check.apply(yaml);
            boolean better = false;
            for (Fault fault : faults) {
                better |= repair(fault, file, agent, paths, remarks);
            }
            yaml = file.yaml(origin);
            if (!better) {
                break;
            }
        }
        return new Result(yaml, remarks.lines(), file.size());
    }

    private static boolean repair(
            Fault fault, PipelineFile file, AgentConfig agent, Map<String, String> paths, Remarks remarks) {
        String text = withoutValues(fault.text());
        if (agent.drop(fault.path(), text)) {
            return true;
        }
        List<String> behind = file.receiversBehind(fault.path());
        for (String id : behind) {
            file.remove(id);
            leftOut(paths.getOrDefault(id, id), fault.path() + " " + text, remarks);
        }
        return !behind.isEmpty();
    }

    /** A value may hold a password where nobody expects one. */
    private static String withoutValues(String text) {
        return text.replaceAll("(?s), was \".*", "").replaceAll("(?s)(the port|the file) \".*?\"", "$1");
    }

    private static AgentConfig agentConfig(@Nullable Input input, Remarks remarks) {
        if (input != null) {
            try {
                return AgentConfig.of(input.text(), remarks);
            } catch (ConfReader.Unreadable e) {
                remarks.add(input.name(), e.getMessage() + "; nothing is taken from it");
            }
        }
        return AgentConfig.none(remarks);
    }

    private static List<Checks.Check> checks(Input input, String prefix, Remarks remarks) {
        try {
            List<Checks.Check> found = Checks.in(input.text(), prefix, remarks);
            if (found.isEmpty()) {
                remarks.add(input.name(), "has no configuration of the torchserve check");
            }
            return found;
        } catch (ConfReader.Unreadable e) {
            remarks.add(input.name(), String.valueOf(e.getMessage()));
            return List.of();
        }
    }

    private static void add(
            Checks.Check check,
            Set<Object> seen,
            Instances instances,
            PipelineFile file,
            Map<String, String> paths,
            Remarks remarks) {
        List<@Nullable Object> written = new ArrayList<>(check.instances());
        for (int i = 0; i < written.size(); i++) {
            String path = check.path() + "instances[" + i + "]";
            if (!(written.get(i) instanceof Map<?, ?> map)) {
                leftOut(path, "is " + Options.word(written.get(i)) + ", not a map", remarks);
            } else if (!seen.add(List.of(map, check.init()))) {
                leftOut(path, "is the same as one before it, and the Agent runs equal ones once", remarks);
            } else {
                try {
                    paths.put(file.add(instances.receiver(Options.texted(map), check.init(), path)), path);
                } catch (Refused e) {
                    leftOut(e.path(), e.why(), remarks);
                }
            }
        }
    }

    private static void leftOut(String path, String why, Remarks remarks) {
        remarks.add(path, why + "; the instance is left out");
    }
}
