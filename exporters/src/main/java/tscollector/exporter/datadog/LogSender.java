package tscollector.exporter.datadog;

import tscollector.component.BuildContext;
import tscollector.kit.delivery.StepwiseSender;
import tscollector.signal.LogBatch;

/** Events and logs of one exporter. */
final class LogSender implements StepwiseSender<LogBatch> {
    @SuppressWarnings("UnusedVariable")
    LogSender(BuildContext context, DatadogConfig config, Intake intake, HostNames hosts) {}

    @Override
    public Steps begin(LogBatch batch) {
        return progress -> progress.dropped("not encoded", batch.itemCount());
    }
}
