package tscollector.torchserve.management;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tscollector.torchserve.JsonReading;

/**
 * One answer to {@code GET /models/X/all} or {@code GET /models/X}.
 *
 * @param length entries in the answer, those that cannot be used included
 * @param versions in an order of their own, since the server's is a hash order: by text; when strict, in the server's
 * @param bad fields, versions and workers that are not what they should be, or are there twice
 */
record Described(int length, List<Version> versions, int bad) {
    /** More than any server runs; what is beyond is not read, and counted as bad. */
    private static final int MOST_VERSIONS = 1_000;

    private static final int MOST_WORKERS = 10_000; // of all versions together

    Described {
        versions = List.copyOf(versions);
    }

    /**
     * One version.
     *
     * @param url null where the answer has none
     * @param numbers those that the answer has
     * @param workerCount workers in the answer, those that cannot be used included
     * @param workers by id; when strict, in the server's order
     */
    record Version(
            String version,
            @Nullable String url,
            Map<VersionNumber, Double> numbers,
            boolean loadedAtStartup,
            int workerCount,
            List<Worker> workers) {
        /** This one with what a later entry of the same version says. */
        private Version with(Version later) {
            Map<VersionNumber, Double> all = new EnumMap<>(VersionNumber.class);
            all.putAll(numbers);
            all.putAll(later.numbers);
            Map<String, Worker> byId = new LinkedHashMap<>();
            workers.forEach(worker -> byId.put(worker.process(), worker));
            later.workers.forEach(worker -> byId.put(worker.process(), worker));
            return new Version(
                    version, later.url, all, later.loadedAtStartup, later.workerCount, List.copyOf(byId.values()));
        }
    }

    /**
     * One worker.
     *
     * @param id its port, for instance {@code 9000}; stays when its process is replaced
     * @param pid as text; null where the answer has none
     * @param memoryUsage bytes; NaN where the answer has none
     * @param gpuUsage null where the answer says nothing about a GPU
     */
    record Worker(
            String id,
            @Nullable String pid,
            int status,
            boolean gpu,
            double memoryUsage,
            @Nullable GpuUsage gpuUsage) {
        /** Id and pid, which are the labels of all that is told of it. */
        private String process() {
            return id + ' ' + pid;
        }

        /** Whether the process has told its pid: TorchServe says -1 until then. */
        boolean hasPid() {
            return pid != null && !pid.startsWith("-");
        }
    }

    /** Whether any worker runs on a GPU, which makes describes expensive for the server. */
    boolean hasGpu() {
        return versions.stream().anyMatch(version -> version.workers().stream().anyMatch(Worker::gpu));
    }

    /** Points that come of it at most. */
    int points() {
        int points = 1;
        for (Version version : versions) {
            points += VersionNumber.COUNT + 3 + 7 * version.workers().size();
        }
        return points;
    }

    /**
     * Reads a describe.
     *
     * @param strict whether truth values and pids are taken, and things are told twice, as with the official check
     * @throws MalformedAnswerException if it is no JSON array
     */
    static Described read(byte[] body, boolean strict) throws MalformedAnswerException {
        try (JsonParser json = JsonReading.parser(body)) {
            if (json.nextToken() != JsonToken.START_ARRAY) {
                throw new MalformedAnswerException("the describe of a model is not a JSON array");
            }
            return new Reader(json, strict).versions();
        } catch (JacksonException e) {
            throw new MalformedAnswerException("the describe of a model is not JSON that can be read", e);
        }
    }

    private static final class Reader {
        private final JsonParser json;
        private final boolean strict;
        private final FieldReader fields;
        private int workers;

        Reader(JsonParser json, boolean strict) {
            this.json = json;
            this.strict = strict;
            this.fields = strict ? new PythonFieldReader(json) : new FieldReader(json);
        }

        Described versions() {
            Map<String, Version> versions = strict ? new LinkedHashMap<>() : new TreeMap<>();
            int length = 0;
            while (json.nextToken() != JsonToken.END_ARRAY) {
                length++;
                Version version = json.currentToken() == JsonToken.START_OBJECT && versions.size() < MOST_VERSIONS
                        ? version()
                        : null;
                Version before = version == null ? null : versions.putIfAbsent(version.version(), version);
                if (strict && version != null && before != null) {
                    versions.put(version.version(), before.with(version));
                } else if (version == null || before != null) {
                    json.skipChildren();
                    fields.countBad();
                }
            }
            return new Described(length, List.copyOf(versions.values()), fields.bad());
        }

        private @Nullable Version version() {
            String version = null;
            String url = null;
            boolean loadedAtStartup = false;
            Map<VersionNumber, Double> numbers = new EnumMap<>(VersionNumber.class);
            List<Worker> list = new ArrayList<>();
            int count = 0;
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                String field = json.currentName();
                json.nextToken();
                switch (field) {
                    case "modelVersion" -> version = fields.id();
                    case "modelUrl" -> url = fields.text();
                    case "loadedAtStartup" -> loadedAtStartup = fields.truth();
                    case "workers" -> count = workers(list);
                    case "jobQueueStatus" -> queue(numbers);
                    default -> number(field, numbers);
                }
            }
            if (!strict) {
                list.sort(Comparator.comparingInt((Worker worker) -> worker.id().length())
                        .thenComparing(Worker::id));
            }
            return version == null ? null : new Version(version, url, numbers, loadedAtStartup, count, list);
        }

        private void queue(Map<VersionNumber, Double> numbers) {
            if (fields.begins(JsonToken.START_OBJECT)) {
                while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                    String field = "jobQueueStatus." + json.currentName();
                    json.nextToken();
                    number(field, numbers);
                }
            }
        }

        private void number(String field, Map<VersionNumber, Double> numbers) {
            VersionNumber number = VersionNumber.of(field);
            if (number == null) {
                json.skipChildren();
            } else {
                double value = fields.number();
                if (Double.isNaN(value)) {
                    numbers.remove(number); // of a field that is there twice the last counts
                } else {
                    numbers.put(number, value);
                }
            }
        }

        private int workers(List<Worker> list) {
            list.clear(); // of a field that is there twice the last counts
            int count = 0;
            if (fields.begins(JsonToken.START_ARRAY)) {
                Map<String, Worker> byId = new LinkedHashMap<>();
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    count++;
                    Worker worker =
                            json.currentToken() == JsonToken.START_OBJECT && workers < MOST_WORKERS ? worker() : null;
                    if (worker != null && strict) {
                        workers++;
                        byId.put(worker.process(), worker); // the check sends all, and of two the later one counts
                    } else if (worker != null && byId.putIfAbsent(worker.id(), worker) == null) {
                        workers++;
                    } else {
                        json.skipChildren();
                        fields.countBad();
                    }
                }
                list.addAll(byId.values());
            }
            return count;
        }

        private @Nullable Worker worker() {
            String id = null;
            String pid = strict ? PythonFieldReader.NONE : null;
            String status = null;
            String gpuUsage = null;
            boolean gpu = false;
            double memoryUsage = Double.NaN;
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                String field = json.currentName();
                json.nextToken();
                switch (field) {
                    case "id" -> id = fields.id();
                    case "pid" -> pid = fields.pid();
                    case "status" -> status = fields.text();
                    case "gpu" -> gpu = fields.truth();
                    case "gpuUsage" -> gpuUsage = fields.text();
                    case "memoryUsage" -> memoryUsage = fields.number();
                    default -> json.skipChildren();
                }
            }
            if (id == null) {
                return null;
            }
            GpuUsage usage = gpuUsage == null ? null : GpuUsage.parse(gpuUsage);
            return new Worker(id, pid, status(status), gpu, memoryUsage, usage);
        }

        /** The official check's values. */
        private static int status(@Nullable String status) {
            if (status == null) {
                return 0;
            }
            return switch (status) {
                case "READY" -> 1;
                case "LOADING" -> 2;
                case "UNLOADING" -> 3;
                default -> 0;
            };
        }
    }
}
