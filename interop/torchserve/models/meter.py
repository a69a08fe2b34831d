"""Emits one metric of each kind per request; model-metrics.yaml declares them, but for the last one.

The request's body, a number, is the value of the gauge and of the histogram's observation (1.5 when there is none), so that a
test knows what must arrive.
"""

from ts.metrics.dimension import Dimension
from ts.metrics.metric_type_enum import MetricTypes


class Meter:
    def initialize(self, context):
        context.metrics.add_counter("MeterLoads", 1)

    def handle(self, data, context):
        return [measure(value_of(row), context.metrics, index) for index, row in enumerate(data)]


def value_of(row):
    body = row.get("body") or row.get("data") or b"1.5"
    return float(bytes(body) if isinstance(body, (bytes, bytearray)) else body)


def measure(value, metrics, index):
    language = [Dimension("Language", "en")]
    metrics.add_counter("MeterRequests", 1, index, language)
    metrics.add_metric("MeterGauge", value, "count", index, language)
    metrics.add_size("MeterSize", value, index, "kB")
    metrics.add_percent("MeterPercent", value, index)
    metrics.add_time("MeterTime", value, index, "ms")
    metrics.add_metric("MeterHistogram", value, "s", index, language, MetricTypes.HISTOGRAM)
    metrics.add_counter("MeterUndeclared", 1, index)
    # As the handlers do that TorchServe ships, which need torch.
    metrics.add_time("HandlerTime", value, None, "ms")
    return str(value)
