package tscollector.exporter.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.sdk.common.export.GrpcStatusCode;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RetryTableTest {
    private static final Set<GrpcStatusCode> RETRYABLE = EnumSet.of(
            GrpcStatusCode.CANCELLED,
            GrpcStatusCode.DEADLINE_EXCEEDED,
            GrpcStatusCode.ABORTED,
            GrpcStatusCode.OUT_OF_RANGE,
            GrpcStatusCode.UNAVAILABLE,
            GrpcStatusCode.DATA_LOSS);

    @Test
    void grpcStatusesAreTheOnesOfTheSpecification() {
        for (GrpcStatusCode status : GrpcStatusCode.values()) {
            assertThat(RetryTable.ofGrpc(status, "m", null).isRetryable())
                    .as(status.name())
                    .isEqualTo(RETRYABLE.contains(status));
        }
    }

    @Test
    void exhaustedResourcesNeedRetryInfo() {
        Duration delay = Duration.ofSeconds(3);
        assertThat(RetryTable.ofGrpc(GrpcStatusCode.RESOURCE_EXHAUSTED, "m", delay)
                        .retryAfter())
                .isEqualTo(delay);
        assertThat(RetryTable.ofGrpc(GrpcStatusCode.UNAVAILABLE, "m", delay).retryAfter())
                .isEqualTo(delay);
    }

    @Test
    void httpStatusesAreTheOnesOfTheSpecification() {
        for (int status = 300; status < 600; status++) {
            assertThat(RetryTable.ofHttp(status, "m", null).isRetryable())
                    .as("%s", status)
                    .isEqualTo(Set.of(429, 502, 503, 504).contains(status));
        }
    }
}
