package tscollector.exporter.otlp;

import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import java.util.Collections;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import tscollector.component.BuildContext;
import tscollector.consumer.Consumer;
import tscollector.exporter.Exporter;
import tscollector.kit.delivery.DeliveryConfig;
import tscollector.signal.Batch;
import tscollector.signal.LogBatch;
import tscollector.signal.MetricBatch;
import tscollector.signal.Signal;

/**
 * Puts an OTLP exporter together from its client and the SDK's exporters, which the caller builds with {@link OwnSenders}.
 *
 * @param preset null for plain OTLP
 */
record Wiring(
        BuildContext context,
        DeliveryConfig delivery,
        OkHttpClient client,
        @Nullable DatadogPreset preset) {
    Exporter exporter(
            Set<Signal<?>> wanted,
            Function<OwnSenders, MetricExporter> metrics,
            Function<OwnSenders, LogRecordExporter> logs) {
        OtlpExporter exporter = new OtlpExporter(context, delivery, client);
        DatadogMapping mapping = preset == null ? null : new DatadogMapping(context.telemetry());
        if (wanted.contains(Signal.METRICS)) {
            AnswerSlot answers = new AnswerSlot();
            MetricExporter sdk = metrics.apply(senders(answers));
            OtlpSender<MetricBatch> sender = new OtlpSender<>(
                    Signal.METRICS,
                    batch -> sdk.export(Collections.unmodifiableList(batch.allMetrics())),
                    answers,
                    context.telemetry());
            add(exporter, Signal.METRICS, sender, mapping == null ? null : mapping::metrics, sdk::shutdown);
        }
        if (wanted.contains(Signal.LOGS)) {
            AnswerSlot answers = new AnswerSlot();
            LogRecordExporter sdk = logs.apply(senders(answers));
            OtlpSender<LogBatch> sender = new OtlpSender<>(
                    Signal.LOGS,
                    batch -> sdk.export(Collections.unmodifiableList(batch.allRecords())),
                    answers,
                    context.telemetry());
            add(exporter, Signal.LOGS, sender, mapping == null ? null : mapping::logs, sdk::shutdown);
        }
        return exporter;
    }

    private <B extends Batch> void add(
            OtlpExporter exporter,
            Signal<B> signal,
            OtlpSender<B> sender,
            @Nullable UnaryOperator<Consumer<B>> front,
            Runnable shutdown) {
        if (front == null) {
            exporter.add(signal, sender, shutdown);
        } else {
            exporter.add(signal, new SplittingSender<>(signal, sender, context.telemetry()), front, shutdown);
        }
    }

    private OwnSenders senders(AnswerSlot answers) {
        String userAgent = "tscollector/" + context.version();
        HttpRules rules = preset == null ? HttpRules.OTLP : preset.httpRules();
        return new OwnSenders(new Transport.Equipment(client, userAgent, context.clock(), answers, rules));
    }
}
