package tscollector.exporter.datadog;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.resources.Resource;
import org.jspecify.annotations.Nullable;

/**
 * The host that OpenTelemetry's attributes of a resource name, by the rules of Datadog's own mapping: it decides which host's page
 * a graph stands on.
 */
final class CloudHost {
    private CloudHost() {}

    /** The name; empty where there is no host (a Fargate task); null if the resource says nothing about it. */
    static @Nullable String of(Resource resource) {
        if (task(resource) != null) {
            return "";
        }
        String id = text(resource, "host.id");
        String name = text(resource, "host.name");
        String provider = text(resource, "cloud.provider");
        if (provider != null) {
            switch (provider) {
                case "aws" -> {
                    return id;
                }
                case "azure" -> {
                    return id == null ? name : id;
                }
                case "gcp" -> {
                    String project = text(resource, "cloud.account.id");
                    return name == null || project == null ? null : shortName(name) + '.' + project;
                }
                default -> {
                    // no rule of its own
                }
            }
        }
        String node = text(resource, "k8s.node.name");
        if (node != null) {
            String cluster = text(resource, "k8s.cluster.name");
            return cluster == null ? node : node + '-' + cluster;
        }
        return id == null ? name : id;
    }

    /** The task that stands for a host on Fargate; null elsewhere. */
    static @Nullable String task(Resource resource) {
        return "fargate".equals(text(resource, "aws.ecs.launchtype")) ? text(resource, "aws.ecs.task.arn") : null;
    }

    /** A name with three dots or more has the zone and the project in it. */
    private static String shortName(String name) {
        return name.chars().filter(c -> c == '.').count() >= 3 ? name.substring(0, name.indexOf('.')) : name;
    }

    /** The attribute; null where it is missing or empty. */
    static @Nullable String text(Resource resource, String key) {
        String value = resource.getAttribute(AttributeKey.stringKey(key));
        return value == null || value.isEmpty() ? null : value;
    }
}
