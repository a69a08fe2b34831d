package tscollector.testkit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tscollector.component.ComponentId;
import tscollector.component.Host;
import tscollector.component.StartException;
import tscollector.component.Status;
import tscollector.extension.Extension;

/** A host with the extensions a test gives it; remembers what was reported. Thread-safe. */
public final class FakeHost implements Host {
    private final Map<ComponentId, Extension> extensions = new HashMap<>(); // guarded by this
    private final List<Status> statuses = new ArrayList<>(); // guarded by this

    public synchronized FakeHost with(String id, Extension extension) {
        extensions.put(ComponentId.parse(id), extension);
        return this;
    }

    @Override
    public synchronized <T> T extension(ComponentId id, Class<T> capability) throws StartException {
        Extension extension = extensions.get(id);
        if (!capability.isInstance(extension)) {
            throw new StartException("no extension " + id + " that is a " + capability.getSimpleName());
        }
        return capability.cast(extension);
    }

    @Override
    public synchronized void report(Status status) {
        statuses.add(status);
    }

    public synchronized List<Status> statuses() {
        return List.copyOf(statuses);
    }
}
