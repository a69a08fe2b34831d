package tscollector.processor.cumulativetodelta;

import java.util.List;
import tscollector.component.Descriptor;
import tscollector.component.Kind;
import tscollector.processor.ProcessorBuilder;
import tscollector.processor.ProcessorFactory;
import tscollector.signal.Signal;

/** Builds {@code cumulativetodelta} processors. */
public final class CumulativeToDeltaFactory implements ProcessorFactory<CumulativeToDeltaConfig> {
    private static final Descriptor<CumulativeToDeltaConfig> DESCRIPTOR = Descriptor.of(
                    Kind.PROCESSOR,
                    "cumulativetodelta",
                    "Turns cumulative counters and histograms into deltas.",
                    CumulativeToDeltaConfig.class,
                    CumulativeToDeltaConfig.defaults())
            .withAliases("cumulative_to_delta")
            .withDescription("""
                    Monotonic cumulative sums and cumulative histograms become deltas: each point is the difference to the one
                    before, and starts at that one's time. Everything else passes as it is: gauges, health, summaries, and what
                    is a delta already.

                    A first point has nothing to be compared with; so has one of a series that began again, because its value
                    fell. `initial_value` says what is sent of it:

                    | | a series that is new | a value that fell |
                    |---|---|---|
                    | `auto` | its value, if the series began after this process and before the point | the same |
                    | `agent` | its value, if the series began before the point | its value; 0 if the series began with the point |
                    | `keep` | its value | its value |
                    | `drop` | nothing | nothing |

                    At the first scrape of a target a series begins with its point, so that by `auto` and `agent` what a server
                    counted before this program came is not sent as one spike. A later start time than before is a new beginning,
                    too, but for plain counters by `agent`. Histograms begin again when any of their buckets falls, their sum falls,
                    or their bounds change; no delta is ever negative.

                    With the Collector's options the deltas are the Collector's, and where that one loses or spoils something,
                    this one does not: what a series counted since it fell without a new start time is sent (`auto`, `keep`); its
                    next points go on from there, also those of histograms; a histogram with other bounds is a first value; points
                    that come late or are not a number are dropped and counted; first values keep their start time.

                    With `storage`, what each series had last is stored every 10 seconds and at the stop: after a restart the
                    difference since then is sent. After a kill, up to 10 seconds are counted twice. A series is recognised by its
                    metric name, attributes and resource (but for `service.version`).

                    Points that give nothing are counted as `first value of a series`, `not newer than the last point`, `not a
                    finite number`, `negative counter` or `too many series`. How many series are remembered is the count `series
                    remembered` less `series forgotten`.

                    Of `include`, name and type must both match where both are given; of `exclude`, one is enough. Put this
                    processor behind all that rename, relabel or merge series. It is for one process: two that watch the same server
                    send what they see twice.""")
            .withExample("""
                    storage: file_storage
                    initial_value: auto
                    exclude:
                      match_type: regexp
                      metrics: ['^jvm\\.']
                    """);

    @Override
    public Descriptor<CumulativeToDeltaConfig> descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public List<ProcessorBuilder<CumulativeToDeltaConfig, ?>> builders() {
        return List.of(new ProcessorBuilder<>(Signal.METRICS, CumulativeToDeltaProcessor::new));
    }
}
