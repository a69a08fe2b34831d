package tscollector.kit.compress;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tscollector.component.StartException;

/** Among classes without the library; with it, exporters test what they send. */
class ZstdTest {
    @Test
    @DisplayName("R3: zstd without its library is a start error that names it")
    void withoutItsLibraryItIsAStartErrorThatNamesIt() {
        assertThatThrownBy(Zstd::require)
                .isInstanceOf(StartException.class)
                .hasMessage(
                        "compression: zstd needs the library com.github.luben:zstd-jni on the class path; add it, or"
                                + " use gzip");
        assertThatThrownBy(() -> Zstd.compress(new byte[1])).isInstanceOf(IllegalStateException.class);
    }
}
