package tscollector.bench;

import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs the benchmarks with JMH's own command line and prints what one sample costs. */
public final class BenchMain {
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    private BenchMain() {}

    public static void main(String[] args) throws CommandLineOptionException, RunnerException {
        Options options = new OptionsBuilder()
                .parent(new CommandLineOptions(args))
                .addProfiler(GCProfiler.class)
                .addProfiler(CpuProfiler.class)
                .build();
        SampleTable table = new SampleTable();
        for (RunResult run : new Runner(options).run()) {
            BenchmarkParams params = run.getParams();
            String name = params.getBenchmark().replaceFirst(".*\\.(\\w+\\.\\w+)$", "$1");
            String form = params.getParam("form");
            table.add(
                    form == null ? name : name + " " + form,
                    Integer.parseInt(params.getParam("series")),
                    run.getPrimaryResult().getScore(),
                    score(run, CpuProfiler.LABEL),
                    score(run, ALLOCATED));
        }
        System.out.println(table.markdown());
    }

    /** What a profiler found; NaN if it found nothing. */
    private static double score(RunResult run, String label) {
        var result = run.getSecondaryResults().get(label);
        return result == null ? Double.NaN : result.getScore();
    }
}
