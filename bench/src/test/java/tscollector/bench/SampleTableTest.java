package tscollector.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SampleTableTest {
    @Test
    void figuresOfABodyBecomeThoseOfASample() {
        SampleTable table = new SampleTable();
        table.add("ParserBenchmark.steady", 100, 5_000, 4_400, 12_800);
        assertThat(table.markdown()).endsWith("| ParserBenchmark.steady | 100 | 50 | 44 | 128 |\n");
    }
}
