package tscollector.app.imports;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import java.util.Map;
import tscollector.kit.config.Surroundings;

/** Whatever stands in the files, there is a result, and the remarks are single lines. */
class ImportFuzzTest {
    @FuzzTest
    void readsAnything(FuzzedDataProvider data) {
        boolean strict = data.consumeBoolean();
        String agent = data.consumeBoolean() ? data.consumeString(200) : null;
        String text = data.consumeRemainingAsString();
        DatadogImport.Result result = new DatadogImport(strict, Surroundings.of(Map.of()))
                .run(
                        List.of(new DatadogImport.Input("conf.yaml", text)),
                        agent == null ? null : new DatadogImport.Input("datadog.yaml", agent),
                        yaml -> List.of());
        if (result.remarks().stream().anyMatch(line -> line.contains("\n"))) {
            throw new AssertionError("a remark has several lines");
        }
        if (result.yaml().isEmpty() || result.instances() < 0) {
            throw new AssertionError("no result");
        }
    }

    @FuzzTest
    void translatesAnyExpressionOrSaysWhyNot(FuzzedDataProvider data) {
        try {
            java.util.regex.Pattern.compile(PythonRegex.toJava(data.consumeRemainingAsString()));
        } catch (PythonRegex.Unusable e) {
            if (e.getMessage() == null || e.getMessage().isBlank()) {
                throw new AssertionError("no reason", e);
            }
        }
    }
}
