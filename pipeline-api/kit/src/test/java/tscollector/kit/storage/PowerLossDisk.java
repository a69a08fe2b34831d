package tscollector.kit.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A disk in memory that loses its power at a chosen step. What was not forced may then be there, be missing or be torn: content
 * is cut or has zeros at its end, and any of the names given and taken since the directory was forced may have stuck, in any
 * combination.
 */
final class PowerLossDisk implements Disk {
    private static final class Content {
        byte[] bytes = new byte[0];
        boolean forced;
    }

    private interface NameChange {
        void apply(Map<Path, Content> names);
    }

    private final Map<Path, Content> names = new HashMap<>();
    private final Map<Path, Content> forcedNames = new HashMap<>();
    private final List<NameChange> unforced = new ArrayList<>();
    private long stepsLeft = Long.MAX_VALUE;

    /** The power goes after this many steps. */
    void losePowerAfter(long steps) {
        stepsLeft = steps;
    }

    /** The disk as the next start may find it. */
    PowerLossDisk afterPowerLoss(SplittableRandom random) {
        for (NameChange change : unforced) {
            if (random.nextBoolean()) {
                change.apply(forcedNames);
            }
        }
        PowerLossDisk next = new PowerLossDisk();
        forcedNames.forEach((name, content) -> {
            Content left = new Content();
            left.forced = true;
            left.bytes = content.forced ? content.bytes : torn(content.bytes, random);
            next.names.put(name, left);
        });
        next.forcedNames.putAll(next.names);
        return next;
    }

    private static byte[] torn(byte[] bytes, SplittableRandom random) {
        byte[] begin = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
        return random.nextBoolean() ? begin : Arrays.copyOf(begin, bytes.length);
    }

    @Override
    public List<Path> list(Path directory) {
        return List.copyOf(names.keySet());
    }

    @Override
    public boolean exists(Path file) {
        return names.containsKey(file);
    }

    @Override
    public byte[] read(Path file, int limit) throws IOException {
        Content content = names.get(file);
        if (content == null) {
            throw new FileNotFoundException(file.toString());
        }
        return Arrays.copyOf(content.bytes, Math.min(limit, content.bytes.length));
    }

    @Override
    public void writeForced(Path file, byte[] bytes) throws IOException {
        Content content = new Content();
        step();
        change(named -> named.put(file, content));
        step();
        content.bytes = Arrays.copyOf(bytes, bytes.length / 2);
        step();
        content.bytes = bytes;
        step();
        force(content);
    }

    /** Apart, so that a test of this test can leave it out. */
    private static void force(Content content) {
        content.forced = true;
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        step();
        Content content = names.get(from);
        if (content == null) {
            throw new FileNotFoundException(from.toString());
        }
        change(named -> {
            named.remove(from, content);
            named.put(to, content);
        });
    }

    @Override
    public void deleteIfExists(Path file) throws IOException {
        step();
        change(named -> named.remove(file));
    }

    @Override
    public void forceDirectory(Path directory) throws IOException {
        step();
        unforced.forEach(change -> change.apply(forcedNames));
        unforced.clear();
    }

    private void change(NameChange change) {
        change.apply(names);
        unforced.add(change);
    }

    private void step() throws IOException {
        if (stepsLeft <= 0) {
            throw new IOException("no power");
        }
        stepsLeft--;
    }
}
