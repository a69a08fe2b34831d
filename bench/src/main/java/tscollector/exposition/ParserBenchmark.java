package tscollector.exposition;

import io.opentelemetry.sdk.resources.Resource;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import tscollector.bench.CorpusFiles;

/** From the bytes of a body to its group of metrics. One operation is one body. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ParserBenchmark {
    @Param({"100", "1000"})
    public int series;

    private byte[][] bodies = {};
    private SeriesTable table = ScrapedGroups.newTable();
    private long scrapes;

    @Setup
    public void read() {
        bodies = CorpusFiles.bodies(series);
    }

    /** A target that was scraped before: the same series, all values that move moved. */
    @Benchmark
    public Reading steady() {
        return next(table);
    }

    /** A target that is seen for the first time. */
    @Benchmark
    public Reading firstSight() {
        return next(ScrapedGroups.newTable());
    }

    private Reading next(SeriesTable in) {
        scrapes++;
        byte[] body = bodies[(int) (scrapes % bodies.length)];
        return in.read(body, null, Resource.empty(), scrapes * ScrapedGroups.INTERVAL_NANOS);
    }
}
