package tscollector.app.imports;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tscollector.kit.config.Surroundings;

/** How an instance authorises its requests: basic, digest, a token from a file or by OAuth2 (ids H1, H2, H3). */
final class AuthOptions {
    private static final Set<String> NOT_CARRIED = Set.of("ntlm", "kerberos", "aws");
    private static final Set<Object> NO_KERBEROS = Set.of("disabled", "", false);
    private static final String PLACEHOLDER = "<TOKEN>";

    private final Options options;
    private final Surroundings surroundings;

    AuthOptions(Options options, Surroundings surroundings) {
        this.options = options;
        this.surroundings = surroundings;
    }

    /** Adds {@code auth}, if there is any. */
    void write(Map<String, @Nullable Object> settings) {
        Map<String, @Nullable Object> auth = new LinkedHashMap<>();
        Options token = options.section("auth_token");
        String type = type();
        if (token != null) {
            auth.putAll(token(token));
            if (options.text("username") != null && options.text("password") != null) {
                options.remark("username", "is not carried beside auth_token; one kind of authorisation counts");
            }
        } else {
            password(type, auth);
        }
        if (!auth.isEmpty()) {
            settings.put("auth", auth);
        }
    }

    private String type() {
        String written = options.text("auth_type");
        String type = written == null ? "basic" : written.toLowerCase(Locale.ROOT);
        if (NOT_CARRIED.contains(type)) {
            throw options.refuse("auth_type", type + " is not carried in this version");
        }
        if (!type.equals("basic") && !type.equals("digest")) {
            options.remark("auth_type", "is not a type that the check knows; basic is used, as the check does");
            type = "basic";
        }
        String option = options.has("kerberos_auth") ? "kerberos_auth" : "kerberos"; // the older name
        Object kerberos = options.raw(option);
        if (type.equals("basic") && kerberos != null && !NO_KERBEROS.contains(kerberos)) {
            throw options.refuse(option, "Kerberos is not carried in this version");
        }
        if (type.equals("basic") && options.text("ntlm_domain") != null) {
            throw options.refuse("ntlm_domain", "NTLM is not carried in this version");
        }
        return type;
    }

    private void password(String type, Map<String, @Nullable Object> auth) {
        String username = options.text("username");
        String password = options.text("password");
        if (username == null && password == null) {
            return;
        }
        if (username == null || password == null) {
            options.remark(
                    username == null ? "password" : "username",
                    "has no effect without " + (username == null ? "username" : "password"));
            return;
        }
        Map<String, Object> credentials = new LinkedHashMap<>();
        credentials.put("username", username);
        credentials.put("password", password);
        if (type.equals("basic")) {
            boolean latin = options.bool("use_legacy_auth_encoding", true);
            if (!isAscii(username) || !isAscii(password)) {
                credentials.put("encoding", latin ? "latin-1" : "utf-8");
            }
        }
        auth.put(type, credentials);
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 128) && !Templates.isTemplate(text);
    }

    private Map<String, @Nullable Object> token(Options token) {
        Options reader = required(token, "reader");
        Options writer = required(token, "writer");
        String type = requiredText(reader, "type");
        if (!requiredText(writer, "type").equals("header")) {
            throw writer.refuse("type", "is not header, the only one that the check knows");
        }
        return switch (type) {
            case "file" -> Map.of("token_file", file(reader, writer));
            case "oauth" -> Map.of("oauth2", oauth(reader, writer));
            case "dcos_auth" -> throw reader.refuse("type", "dcos_auth is not carried in this version");
            default -> throw reader.refuse("type", "is neither file nor oauth");
        };
    }

    private Map<String, Object> file(Options reader, Options writer) {
        Map<String, Object> settings = new LinkedHashMap<>();
        String path = requiredText(reader, "path");
        String obstacle = Templates.isTemplate(path) ? null : surroundings.obstacle(path);
        if (obstacle != null) {
            throw reader.refuse("path", "names a file that " + obstacle);
        }
        settings.put("path", path);
        String pattern = reader.text("pattern");
        if (pattern != null) {
            String java = reader.pattern("pattern", pattern);
            if (Pattern.compile(java).matcher("").groupCount() != 1) {
                throw reader.refuse("pattern", "must have exactly one group");
            }
            settings.put("pattern", java);
        }
        header(writer, settings);
        return settings;
    }

    private static void header(Options writer, Map<String, Object> settings) {
        String value = writer.text("value");
        String placeholder = writer.text("placeholder");
        settings.put("header", requiredText(writer, "name"));
        settings.put("value", value == null ? PLACEHOLDER : value);
        settings.put("placeholder", placeholder == null ? PLACEHOLDER : placeholder);
        if (!String.valueOf(settings.get("value")).contains(String.valueOf(settings.get("placeholder")))) {
            throw writer.refuse("value", "does not contain the placeholder");
        }
    }

    private Map<String, Object> oauth(Options reader, Options writer) {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("client_id", requiredText(reader, "client_id"));
        settings.put("client_secret", requiredText(reader, "client_secret"));
        settings.put("token_url", requiredText(reader, "url"));
        if (reader.bool("basic_auth", false)) {
            settings.put("basic_auth", true);
        }
        Options extra = reader.section("options");
        if (extra != null) {
            Map<String, String> parameters = new LinkedHashMap<>();
            for (String name : extra.keys()) {
                if (name.equals("scope")) {
                    Object scope = extra.raw(name);
                    settings.put(
                            "scopes",
                            scope instanceof String text ? List.of(text.strip().split("\\s+")) : texts(extra, name));
                } else {
                    Object raw = extra.raw(name);
                    String value =
                            raw instanceof Number || raw instanceof Boolean ? Options.scalar(raw) : extra.text(name);
                    if (value != null) {
                        parameters.put(name, value);
                    }
                }
            }
            if (!parameters.isEmpty()) {
                settings.put("endpoint_params", parameters);
            }
        }
        header(writer, settings);
        return settings;
    }

    private static List<String> texts(Options options, String name) {
        List<String> texts = options.texts(name);
        return texts == null ? List.of() : texts;
    }

    private static Options required(Options options, String name) {
        Options section = options.section(name);
        if (section == null) {
            throw options.refuse(name, "is missing, and the check wants it");
        }
        return section;
    }

    private static String requiredText(Options options, String name) {
        String text = options.text(name);
        if (text == null || text.isEmpty()) {
            throw options.refuse(name, "is missing, and the check wants it");
        }
        return text;
    }
}
