package tscollector.kit.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.KeyValue;
import io.opentelemetry.api.common.Value;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.sdk.resources.Resource;
import java.util.List;
import org.junit.jupiter.api.Test;
import tscollector.kit.inventory.Inventory.Model;
import tscollector.kit.inventory.Inventory.Version;
import tscollector.signal.LogRecord;
import tscollector.testkit.Batches;

class InventoryRecordTest {
    private static final Resource RESOURCE = Resource.empty();

    @Test
    void readsBackWhatItWrote() {
        Inventory inventory = new Inventory(
                "http://h:8081",
                false,
                List.of(
                        new Model(
                                "a\nb",
                                "a.mar",
                                true,
                                List.of(new Version("1.0", "a.mar", true), new Version("", null, false))),
                        new Model("c", null, false, List.of())));

        LogRecord written = InventoryRecord.write(inventory, RESOURCE, Batches.SCOPE, 7);

        assertThat(InventoryRecord.read(written)).isEqualTo(inventory);
        assertThat(written.timestampEpochNanos()).isEqualTo(7);
        assertThat(written.attributes().get(InventoryRecord.MODEL_COUNT)).isEqualTo(2);
    }

    @Test
    void takesNoOtherRecordForAnInventory() {
        LogRecord other = Batches.event("torchserve.model.added", "x")
                .groups()
                .get(0)
                .records()
                .get(0);

        assertThat(InventoryRecord.read(other)).isNull();
    }

    @Test
    void survivesBodiesOfAnotherForm() {
        for (Value<?> body : List.of(
                Value.of("text"),
                Value.of(KeyValue.of("models", Value.of(7))),
                Value.of(KeyValue.of("models", Value.of(List.of(Value.of("x"))))),
                Value.of(KeyValue.of("other", Value.of(7))))) {
            LogRecord odd = new LogRecord(
                    RESOURCE,
                    Batches.SCOPE,
                    1,
                    1,
                    Severity.INFO,
                    body,
                    Attributes.of(InventoryRecord.MANAGEMENT_API_URL, "u", InventoryRecord.COMPLETE, true),
                    InventoryRecord.EVENT_NAME);

            assertThat(InventoryRecord.read(odd)).as(body.asString()).isNull();
        }
    }
}
