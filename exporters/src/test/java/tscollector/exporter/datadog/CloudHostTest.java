package tscollector.exporter.datadog;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.sdk.resources.Resource;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tscollector.testkit.Batches;
import tscollector.testkit.RecordingTelemetry;

class CloudHostTest {
    private final HostNames hosts = new HostNames("collector");

    @ParameterizedTest
    @CsvSource({
        "service.name=x, collector",
        "host.name=gpu-7, gpu-7",
        "host.name=gpu-7 host.id=i-1, i-1",
        "host=plain host.id=i-1, plain",
        "datadog.host.name=dd host=plain, plain",
        "cloud.provider=aws host.id=i-1 host.name=n k8s.node.name=node, i-1",
        "cloud.provider=aws host.name=n, collector",
        "cloud.provider=azure host.id=vm host.name=n, vm",
        "cloud.provider=azure host.name=n, n",
        "cloud.provider=gcp host.name=a.b.c.d cloud.account.id=p, a.p",
        "cloud.provider=gcp host.name=a.b cloud.account.id=p, a.b.p",
        "cloud.provider=gcp host.name=a, collector",
        "cloud.provider=other host.name=n, n",
        "k8s.node.name=node host.name=n, node",
        "k8s.node.name=node k8s.cluster.name=c, node-c",
        "host.name=localhost, collector",
        "host.name=127.0.0.1, collector",
        "datadog.host.name=ip6-localhost, collector"
    })
    @DisplayName("R18 the host is what the resource says by Datadog's rules, else the exporter's")
    void r18_host(String attributes, String host) {
        assertThat(hosts.of(resource(attributes))).isEqualTo(host);
    }

    @Test
    @DisplayName("R18 an empty datadog.host.name means no host, whatever else the resource says")
    void r18_noHost() {
        Resource resource = Resource.create(Batches.attributes("datadog.host.name", "", "host.name", "gpu-7"));

        assertThat(hosts.of(resource)).isEmpty();
    }

    @Test
    @DisplayName("R18 a Fargate task has no host, but a tag")
    void r18_fargate() {
        Resource task = resource("aws.ecs.launchtype=fargate aws.ecs.task.arn=arn:1 host.name=n cloud.provider=aws");

        assertThat(hosts.of(task)).isEmpty();
        assertThat(new Tags(List.of("env:x"), false, new RecordingTelemetry()).ofResource(task))
                .containsExactly("env:x", "task_arn:arn:1");
    }

    private static Resource resource(String attributes) {
        return Resource.create(Batches.attributes(attributes.split("[ =]")));
    }
}
