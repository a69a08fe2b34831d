package tscollector.exporter.datadog;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.logs.Severity;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tscollector.testkit.Batches;
import tscollector.testkit.datadog.AcceptedEvent;

@DisplayName("R22 events v1")
class EventsTest {
    private final Destination destination = Destination.started("api_key_check: off");

    @ParameterizedTest
    @DisplayName("R22, M20: the official titles and texts")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "added|n.mar|-|-|-|A new model has been added|The model [m] has been added with the file [n.mar].",
                "added|-|-|1.0|-|A new model has been added|The model [m] has been added.",
                "removed|n.mar|-|1.0|-|A model has been removed|The model [m] has been removed.",
                "default_version.changed|b2.mar|b.mar|-|-|A new default version has been set for a model|A new default version has been set for the model [m], from file [b.mar] to file [b2.mar].",
                "default_version.changed|b2.mar|b.mar|2.0|1.0|A new default version has been set for a model|A new default version has been set for the model [m], from file [b.mar] to file [b2.mar].",
                "default_version.changed|b.mar|''|-|-|A new default version has been set for a model|A new default version has been set for the model [m], from file [] to file [b.mar].",
                "default_version.changed|b.mar|b.mar|2.0|1.0|A new default version has been set for a model|A new default version has been set for the model [m], from version [1.0] to version [2.0].",
                "default_version.changed|-|-|2.0|1.0|A new default version has been set for a model|A new default version has been set for the model [m], from version [1.0] to version [2.0].",
                "default_version.changed|-|-|-|-|A new default version has been set for a model|A new default version has been set for the model [m].",
                "version.added|n.mar|-|2.0|-|A new version of a model has been added|The version [2.0] of the model [m] has been added with the file [n.mar].",
                "version.removed|n.mar|-|2.0|-|A version of a model has been removed|The version [2.0] of the model [m] has been removed."
            })
    void saysWhatTheCheckSays(
            String change, String url, String before, String version, String versionBefore, String title, String text) {
        var facts = Attributes.builder().put("torchserve.model.name", "m");
        put(facts, "torchserve.model.url", url);
        put(facts, "torchserve.model.previous_url", before);
        put(facts, "torchserve.model.version", version);
        put(facts, "torchserve.model.previous_version", versionBefore);

        AcceptedEvent event =
                only(new Records().add(Severity.INFO, "A sentence.", facts.build(), "torchserve.model." + change));

        assertThat(event.title()).isEqualTo(title);
        assertThat(event.text()).isEqualTo(text);
    }

    @Test
    @DisplayName("R22: info, source torchserve, whole seconds, host and tags, and nothing else")
    void hasTheFieldsOfTheCheck() {
        AcceptedEvent event = only(new Records(Records.resource("gpu-7", "a:b", "nokey", "service:x"))
                .event(
                        "torchserve.model.removed",
                        "torchserve.model.name",
                        "m",
                        "torchserve.model.url",
                        "m.mar",
                        "torchserve.event.id",
                        "0123",
                        "management_api_url",
                        "http://ts-host:8081"));

        assertThat(event.alertType()).isEqualTo("info");
        assertThat(event.sourceTypeName()).isEqualTo("torchserve");
        assertThat(event.dateHappened()).isEqualTo(Batches.TIME / 1_000_000_000L);
        assertThat(event.host()).isEqualTo("gpu-7");
        assertThat(event.tags())
                .containsExactlyInAnyOrder(
                        "a:b", "nokey", "service:x", "management_api_url:http://ts-host:8081", "model_name:m");
        assertThat(event.fields())
                .containsOnlyKeys("title", "text", "date_happened", "host", "tags", "alert_type", "source_type_name");
    }

    @Test
    @DisplayName("C7: events keep the exporter's host where metrics have none")
    void keepsTheHost() {
        AcceptedEvent event = only(new Records(Records.resource("", "a:b")).event("torchserve.model.removed"));

        assertThat(event.host()).isEqualTo("exporter-host");
    }

    @Test
    void hasTheTagsOfTheExporter() {
        Destination tagged = Destination.started("tags: env:prod,team:x\napi_key_check: off");
        tagged.send(new Records(Records.resource("h", "env:prod", "a:b"))
                .event("torchserve.model.removed")
                .batch());
        tagged.flush();

        assertThat(tagged.intake.events().get(0).tags()).containsExactlyInAnyOrder("env:prod", "team:x", "a:b");
    }

    @Test
    @DisplayName("R22: texts are cut at 4000 code points, not within one")
    void cutsTexts() {
        String url = "x".repeat(3940) + "\uD83D\uDE00".repeat(100);

        AcceptedEvent event = only(new Records()
                .event("torchserve.model.added", "torchserve.model.name", "m", "torchserve.model.url", url));

        assertThat(event.text().codePointCount(0, event.text().length())).isEqualTo(4000);
        assertThat(event.text()).endsWith("\uD83D\uDE00");
        assertThat(destination.intake.refusals()).isEmpty();
    }

    @Test
    @DisplayName("R22: events older than 18 h are dropped and counted")
    void dropsOldEvents() {
        long hour = 3_600_000_000_000L;
        destination.send(new Records()
                .addAt(Batches.TIME - 19 * hour, Severity.INFO, "", Attributes.empty(), "torchserve.model.removed")
                .addAt(Batches.TIME - 17 * hour, Severity.INFO, "", Attributes.empty(), "torchserve.model.added")
                .batch());
        destination.flush();

        assertThat(destination.intake.events()).hasSize(1);
        assertThat(destination.dropped(DropReasons.TOO_OLD)).isEqualTo(1);
        assertThat(destination.accountsFor(2)).isTrue();
        assertThat(destination.intake.refusals()).isEmpty();
    }

    @Test
    @DisplayName("R22: one event a request, in order")
    void sendsOneARequest() {
        destination.send(new Records()
                .event("torchserve.model.removed", "torchserve.model.name", "a")
                .event("torchserve.model.removed", "torchserve.model.name", "b")
                .batch());
        destination.flush();

        assertThat(destination.intake.statuses(Destination.EVENTS)).containsExactly(202, 202);
        assertThat(destination.intake.events())
                .extracting(AcceptedEvent::text)
                .containsExactly("The model [a] has been removed.", "The model [b] has been removed.");
    }

    @Test
    void eventsThatTheUserNamesAreEventsToo() {
        Destination named = Destination.started("events: {names: [deploy.finished]}\napi_key_check: off");
        named.send(new Records()
                .add(Severity.WARN, "It is done.", Batches.attributes("by", "me", "datadog.x", "y"), "deploy.finished")
                .event("deploy.started")
                .batch());
        named.flush();

        AcceptedEvent event = named.intake.events().get(0);
        assertThat(event.title()).isEqualTo("deploy.finished");
        assertThat(event.text()).isEqualTo("It is done.");
        assertThat(event.alertType()).isEqualTo("warning");
        assertThat(event.tags()).containsExactly("by:me");
        assertThat(named.intake.logs())
                .singleElement()
                .satisfies(log -> assertThat(log.text("event.name")).isEqualTo("deploy.started"));
    }

    @Test
    @DisplayName("Inventory snapshots stay out, counted but not lost, unless logs.inventory")
    void leavesSnapshotsOut() {
        Records mixed = new Records()
                .event("torchserve.inventory.snapshot", "management_api_url", "u")
                .log("a");
        destination.send(mixed.batch());
        destination.send(new Records().event("torchserve.inventory.snapshot").batch());
        destination.flush();

        assertThat(destination.intake.logs()).hasSize(1);
        assertThat(destination.sent()).isEqualTo(1);
        assertThat(destination.dropped()).isZero();
        assertThat(destination.test.telemetry().count("inventory snapshots not wanted"))
                .isEqualTo(2);

        Destination wanting = Destination.started("logs: {inventory: true}\napi_key_check: off");
        wanting.send(mixed.batch());
        wanting.flush();
        assertThat(wanting.intake.logs()).hasSize(2);
        assertThat(wanting.sent()).isEqualTo(2);
    }

    @Test
    @DisplayName("R17: a tag of 600 kB costs nothing but its length")
    void survivesOddEvents() {
        String tag = "k:" + "v".repeat(600_000);
        AcceptedEvent event = only(new Records(Records.resource("h", tag)).event("torchserve.model.removed"));

        assertThat(event.tags()).containsExactly("k:" + "v".repeat(198));
        assertThat(destination.test.telemetry().counts()).containsKey("tags cut at 200 characters");
    }

    private AcceptedEvent only(Records records) {
        destination.send(records.batch());
        destination.flush();
        List<AcceptedEvent> events = destination.intake.events();
        assertThat(destination.intake.refusals()).isEmpty();
        assertThat(events).hasSize(1);
        return events.get(0);
    }

    private static void put(io.opentelemetry.api.common.AttributesBuilder to, String key, String value) {
        if (value != null) {
            to.put(key, value);
        }
    }
}
