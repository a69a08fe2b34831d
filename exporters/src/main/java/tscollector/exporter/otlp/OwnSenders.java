package tscollector.exporter.otlp;

import io.opentelemetry.common.ComponentLoader;
import io.opentelemetry.sdk.common.export.GrpcSenderProvider;
import io.opentelemetry.sdk.common.export.HttpSenderProvider;
import java.util.List;

/** Gives the SDK's exporters our transports where they would look for one on the class path. */
final class OwnSenders implements ComponentLoader {
    private final Transport.Equipment equipment;

    OwnSenders(Transport.Equipment equipment) {
        this.equipment = equipment;
    }

    @Override
    public <T> Iterable<T> load(Class<T> wanted) {
        if (wanted == HttpSenderProvider.class) {
            HttpSenderProvider http = config -> new HttpTransport(equipment, config);
            return List.of(wanted.cast(http));
        }
        if (wanted == GrpcSenderProvider.class) {
            GrpcSenderProvider grpc = config -> new GrpcTransport(equipment, config);
            return List.of(wanted.cast(grpc));
        }
        return List.of();
    }
}
