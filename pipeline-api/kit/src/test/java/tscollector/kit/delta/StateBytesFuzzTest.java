package tscollector.kit.delta;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.util.List;

class StateBytesFuzzTest {
    /** Any bytes are a state that can be written and used again, or an IOException. */
    @FuzzTest
    void readsOrRefuses(byte[] data) {
        List<Series> read;
        try {
            read = StateBytes.read(data);
        } catch (IOException e) {
            return;
        }
        StateBytes.write(read, 0, Integer.MAX_VALUE);
        for (Series series : read) {
            if (series instanceof ExponentialSeries histogram) {
                histogram.positive().coarser(40);
                histogram.negative().coarser(1);
            }
        }
    }
}
