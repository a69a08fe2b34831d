package tscollector.testkit.contract;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import tscollector.component.Descriptor;
import tscollector.config.Config;
import tscollector.config.ConfigBinder;
import tscollector.config.Problems;

/** Binds nothing, and knows which top-level keys there are. */
public final class LineBinder implements ConfigBinder {
    @Override
    public <C extends Config> C bind(String yaml, Descriptor<C> descriptor, Problems problems) {
        Set<String> known = Arrays.stream(descriptor.configType().getRecordComponents())
                .map(component -> component.getName())
                .collect(Collectors.toSet());
        yaml.lines()
                .filter(line -> !line.equals("{}"))
                .map(line -> line.substring(0, line.indexOf(':')))
                .filter(key -> !known.contains(key))
                .forEach(key -> problems.add(key, "is not a known setting"));
        descriptor.defaults().validate(problems);
        return descriptor.defaults();
    }
}
