package tscollector.app.imports;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tscollector.kit.config.Surroundings;

/** Turns one instance of the check into one receiver and what the naming behind it must do. */
final class Instances {
    /** Seconds; the Agent's default interval. */
    private static final double INTERVAL = 15;

    private static final double LEAST_INTERVAL = 0.01;
    private static final double GREATEST_INTERVAL = 365 * 86_400.0;
    /** How many models the check describes where nothing is said. */
    private static final int MODELS = 100;

    private final boolean strict;
    private final Surroundings surroundings;
    private final Remarks remarks;
    private final @Nullable Options agentProxy;

    Instances(boolean strict, Surroundings surroundings, Remarks remarks, @Nullable Options agentProxy) {
        this.strict = strict;
        this.surroundings = surroundings;
        this.remarks = remarks;
        this.agentProxy = agentProxy;
    }

    /**
     * The receiver of an instance.
     *
     * @param init {@code init_config}; what an instance does not say is taken from there
     * @throws Refused if it cannot be carried over
     */
    Receiver receiver(Map<String, @Nullable Object> instance, Map<String, @Nullable Object> init, String path) {
        Kind kind = Kind.of(instance, path);
        KnownOptions.check(instance, kind, path, remarks);
        Templates.name(instance, path, remarks);
        Map<String, @Nullable Object> merged = new LinkedHashMap<>(instance);
        for (String shared : KnownOptions.OF_INIT_CONFIG) {
            if (merged.get(shared) == null && init.get(shared) != null) {
                merged.put(shared, init.get(shared));
            }
        }
        Options options = new Options(merged, path, strict, remarks);
        Address address = Address.of(options, kind);
        Map<String, @Nullable Object> settings = new LinkedHashMap<>();
        settings.put("endpoint", address.url());
        settings.put("collection_interval", interval(options));
        new HttpOptions(options, surroundings).write(address.scheme(), agentProxy, settings);
        if (settings.get("auth") instanceof Map<?, ?> auth && auth.containsKey("digest")) {
            settings.put("endpoint", withoutUser(address.url(), options, kind));
        }
        Map<String, @Nullable Object> naming = new NamingOptions(options).settings(kind);
        if (strict) {
            settings.put("compat", "strict");
        }
        settings.put(
                "metrics", naming.containsKey("telemetry") ? "all" : "official"); // telemetry is made of scrape numbers
        identity(options, kind, settings);
        switch (kind) {
            case OPENMETRICS -> new ScrapeOptions(options).write(settings);
            case MANAGEMENT -> models(options, settings);
            case INFERENCE -> {} // nothing of its own
        }
        boolean events = kind == Kind.MANAGEMENT && events(options);
        return new Receiver(kind, address, settings, naming, events);
    }

    /** With digest authorisation the check does not look at a user in the address. */
    private static String withoutUser(String url, Options options, Kind kind) {
        int from = url.indexOf("://") + 3;
        int end = url.indexOf('/', from) < 0 ? url.length() : url.indexOf('/', from);
        int user = url.lastIndexOf('@', end - 1);
        if (user < from) {
            return url;
        }
        options.remark(kind.option(), "holds a user, which does not count beside auth_type: digest; it is left out");
        return url.substring(0, from) + url.substring(user + 1);
    }

    /** The check looks at nothing but whether there is something: any text but an empty one is. */
    private static boolean events(Options options) {
        if (options.isStrict() && options.raw("submit_events") instanceof String text && !Templates.isTemplate(text)) {
            return !text.isEmpty();
        }
        return options.bool("submit_events", true);
    }

    private static String interval(Options options) {
        Double seconds = options.number("min_collection_interval");
        if (seconds != null && seconds <= 0) {
            options.remark("min_collection_interval", "is not above zero; 15s is used");
            seconds = null;
        }
        if (seconds != null && (seconds < LEAST_INTERVAL || seconds > GREATEST_INTERVAL)) {
            seconds = Math.max(LEAST_INTERVAL, Math.min(seconds, GREATEST_INTERVAL));
            options.remark("min_collection_interval", "is out of reach; " + Times.seconds(seconds) + " is used");
        }
        return Times.seconds(seconds == null ? INTERVAL : seconds);
    }

    private static void identity(Options options, Kind kind, Map<String, @Nullable Object> settings) {
        List<String> tags = tags(options, kind);
        if (!tags.isEmpty()) {
            settings.put("tags", tags);
        }
        String service = options.text("service");
        if (service != null && !service.isEmpty()) {
            settings.put("service", service);
        }
        if (options.bool("empty_default_hostname", false)) {
            settings.put("empty_default_hostname", true);
        }
    }

    private static List<String> tags(Options options, Kind kind) {
        if (options.has("tags") && options.raw("tags") == null) {
            options.leniently("tags", "has nothing after it", "there are no tags");
        }
        List<String> written = options.texts("tags");
        List<String> ignored = kind == Kind.OPENMETRICS ? options.patterns("ignore_tags") : null;
        Set<String> tags = new LinkedHashSet<>(written == null ? List.of() : written);
        if (ignored != null) {
            for (String pattern : ignored) {
                Pattern compiled = Pattern.compile(pattern);
                tags.removeIf(tag -> compiled.matcher(tag).find());
            }
        }
        List<String> kept = new ArrayList<>(tags);
        if (options.bool("disable_generic_tags", false)) {
            kept.replaceAll(GenericTags::tag);
        }
        return kept;
    }

    /** Ids M3, M4, M5, M18. */
    private static void models(Options options, Map<String, @Nullable Object> settings) {
        Map<String, @Nullable Object> models = new LinkedHashMap<>();
        List<String> include = options.patterns("include");
        List<String> exclude = options.patterns("exclude");
        Long limit = limit(options);
        boolean nothing = options.has("include") && (include == null || include.isEmpty());
        if (nothing || (limit != null && limit == 0)) {
            options.remark(
                    nothing ? "include" : "limit",
                    (nothing ? "is empty" : "is 0") + ": the check describes no model then, and so it is here");
            models.put("exclude", List.of(".*"));
        } else {
            if (include != null && !include.equals(List.of(".*"))) {
                models.put("include", include);
            }
            if (exclude != null && !exclude.isEmpty()) {
                models.put("exclude", excluded(options, exclude));
            }
            if (limit != null) {
                models.put("limit", limit);
            }
        }
        Double interval = options.number("interval");
        if (interval != null && interval > 0) {
            models.put("refresh_interval", Times.seconds(interval));
        }
        if (!models.isEmpty()) {
            settings.put("models", models);
        }
    }

    private static List<String> excluded(Options options, List<String> exclude) {
        List<String> patterns = new ArrayList<>(exclude);
        int empty = patterns.indexOf("");
        if (empty >= 0) {
            options.remark(
                    "exclude[" + empty + "]", "is an empty expression, which every name has: no model is described");
            patterns.replaceAll(pattern -> pattern.isEmpty() ? ".*" : pattern);
        }
        return patterns;
    }

    /** Null: all. */
    private static @Nullable Long limit(Options options) {
        if (!options.has("limit")) {
            return (long) MODELS;
        }
        if (options.raw("limit") == null) {
            return null;
        }
        if (options.isStrict() && options.raw("limit") instanceof String) {
            options.remark("limit", "is a text, which the check takes for no limit; so it is here");
            return null;
        }
        Double limit = options.number("limit");
        if (limit == null) {
            return (long) MODELS;
        }
        return limit < 0 ? null : (long) Math.min(limit, Integer.MAX_VALUE);
    }

    /**
     * What became of an instance.
     *
     * @param settings of the receiver
     * @param naming settings of the processor behind it
     * @param events whether changes of the models are told
     */
    record Receiver(
            Kind kind,
            Address address,
            Map<String, @Nullable Object> settings,
            Map<String, @Nullable Object> naming,
            boolean events) {}

    /**
     * Where an instance asks.
     *
     * @param authority host and port for ids, without user and password
     */
    record Address(String url, String scheme, String authority) {
        static Address of(Options options, Kind kind) {
            String url = options.raw(kind.option()) instanceof String text ? text : null;
            if (url == null && options.raw(kind.option()) != null) {
                throw options.refuse(kind.option(), "is not a text");
            }
            if (url == null || url.isEmpty()) {
                throw options.refuse(kind.option(), "is empty; the check does not start with it");
            }
            int colon = url.indexOf("://");
            String scheme = colon < 0 ? "" : url.substring(0, colon).toLowerCase(Locale.ROOT);
            if (colon < 0 && Templates.isTemplate(url.split("[/?#]", 2)[0])) {
                return new Address(url, "http", url.split("[/?#]", 2)[0]); // the scheme stands in the variable
            }
            if (!scheme.equals("http") && !scheme.equals("https") && !scheme.equals("unix")) {
                throw options.refuse(kind.option(), "must begin with http://, https:// or unix://");
            }
            String rest = url.substring(colon + 3);
            // a password may hold a slash that should have been written %2F; it must not become a part of an id
            String address = rest.substring(rest.lastIndexOf('@') + 1);
            String authority = scheme.equals("unix") ? rest : address.split("[/?#]", 2)[0];
            return new Address(url, scheme, authority);
        }
    }
}
