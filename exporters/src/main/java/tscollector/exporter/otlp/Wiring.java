package tscollector.exporter.otlp;

import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import okhttp3.OkHttpClient;
import tscollector.component.BuildContext;
import tscollector.exporter.Exporter;
import tscollector.kit.delivery.DeliveryConfig;
import tscollector.signal.LogBatch;
import tscollector.signal.LogGroup;
import tscollector.signal.MetricBatch;
import tscollector.signal.MetricGroup;
import tscollector.signal.Signal;

/** Puts an OTLP exporter together from its client and the SDK's exporters, which the caller builds with {@link OwnSenders}. */
record Wiring(BuildContext context, DeliveryConfig delivery, OkHttpClient client) {
    Exporter exporter(
            Set<Signal<?>> wanted,
            Function<OwnSenders, MetricExporter> metrics,
            Function<OwnSenders, LogRecordExporter> logs) {
        OtlpExporter exporter = new OtlpExporter(context, delivery, client);
        if (wanted.contains(Signal.METRICS)) {
            AnswerSlot answers = new AnswerSlot();
            MetricExporter sdk = metrics.apply(senders(answers));
            exporter.add(
                    Signal.METRICS,
                    new OtlpSender<>(Signal.METRICS, batch -> sdk.export(metrics(batch)), answers, context.telemetry()),
                    sdk::shutdown);
        }
        if (wanted.contains(Signal.LOGS)) {
            AnswerSlot answers = new AnswerSlot();
            LogRecordExporter sdk = logs.apply(senders(answers));
            exporter.add(
                    Signal.LOGS,
                    new OtlpSender<>(Signal.LOGS, batch -> sdk.export(records(batch)), answers, context.telemetry()),
                    sdk::shutdown);
        }
        return exporter;
    }

    private OwnSenders senders(AnswerSlot answers) {
        String userAgent = "tscollector/" + context.version();
        return new OwnSenders(new Transport.Equipment(client, userAgent, context.clock(), answers));
    }

    private static List<MetricData> metrics(MetricBatch batch) {
        List<MetricData> all = new ArrayList<>();
        for (MetricGroup group : batch.groups()) {
            all.addAll(group.metrics());
        }
        return all;
    }

    private static List<LogRecordData> records(LogBatch batch) {
        List<LogRecordData> all = new ArrayList<>();
        for (LogGroup group : batch.groups()) {
            all.addAll(group.records());
        }
        return all;
    }
}
