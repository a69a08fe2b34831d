package tscollector.exporter.otlp;

import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import java.util.Collections;
import java.util.Set;
import java.util.function.Function;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import tscollector.component.BuildContext;
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
 * @param key of the preset; null without
 */
record Wiring(
        BuildContext context,
        DeliveryConfig delivery,
        OkHttpClient client,
        Compression compression,
        @Nullable DatadogPreset preset,
        @Nullable PresetKey key) {
    Exporter exporter(
            Set<Signal<?>> wanted,
            Function<OwnSenders, MetricExporter> metrics,
            Function<OwnSenders, LogRecordExporter> logs) {
        OtlpExporter exporter = new OtlpExporter(context, delivery, client);
        if (wanted.contains(Signal.METRICS)) {
            AnswerSlot answers = new AnswerSlot();
            MetricExporter sdk = metrics.apply(senders(answers));
            OtlpSender<MetricBatch> sender = new OtlpSender<>(
                    Signal.METRICS,
                    batch -> sdk.export(Collections.unmodifiableList(batch.allMetrics())),
                    answers,
                    context.telemetry());
            if (preset == null) {
                exporter.add(Signal.METRICS, sender, sdk::shutdown);
            } else {
                InTime<MetricBatch> inTime = InTime.points(preset.rules().maxPointAge());
                DatadogMapping mapping = new DatadogMapping(context.telemetry().of(Signal.METRICS));
                exporter.add(
                        Signal.METRICS, splitting(Signal.METRICS, sender, inTime), mapping::metrics, sdk::shutdown);
            }
        }
        if (wanted.contains(Signal.LOGS)) {
            AnswerSlot answers = new AnswerSlot();
            LogRecordExporter sdk = logs.apply(senders(answers));
            OtlpSender<LogBatch> sender = new OtlpSender<>(
                    Signal.LOGS,
                    batch -> sdk.export(Collections.unmodifiableList(batch.allRecords())),
                    answers,
                    context.telemetry());
            if (preset == null) {
                exporter.add(Signal.LOGS, sender, sdk::shutdown);
            } else {
                DatadogMapping mapping = new DatadogMapping(context.telemetry().of(Signal.LOGS));
                exporter.add(
                        Signal.LOGS, splitting(Signal.LOGS, sender, InTime.records()), mapping::logs, sdk::shutdown);
            }
        }
        return exporter;
    }

    private <B extends Batch> SplittingSender<B> splitting(Signal<B> signal, OtlpSender<B> sender, InTime<B> inTime) {
        return new SplittingSender<>(signal, sender, inTime, context.telemetry(), context.clock());
    }

    private OwnSenders senders(AnswerSlot answers) {
        String userAgent = "tscollector/" + context.version();
        HttpRules rules = preset == null || key == null ? HttpRules.OTLP : HttpRules.of(preset.rules(), key);
        return new OwnSenders(new Transport.Equipment(client, userAgent, context.clock(), answers, compression, rules));
    }
}
