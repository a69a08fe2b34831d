package tscollector.processor.modeldiff;

import static org.assertj.core.api.Assertions.assertThat;
import static tscollector.processor.modeldiff.Snapshots.complete;
import static tscollector.processor.modeldiff.Snapshots.described;
import static tscollector.processor.modeldiff.Snapshots.incomplete;
import static tscollector.processor.modeldiff.Snapshots.listed;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tscollector.kit.inventory.Inventory;
import tscollector.kit.inventory.Inventory.Model;
import tscollector.kit.inventory.Inventory.Version;

class DifferencesTest {
    @Test
    void theFirstCompleteListIsTheBaseline() {
        assertThat(after(complete(described("a", "1*")))).isEmpty();
        assertThat(after(complete(described("a", "1*")), complete(described("a", "1*"))))
                .isEmpty();
        assertThat(Differences.between(null, incomplete(described("a", "1*")), 1))
                .isNull();
    }

    @Test
    void anEmptyListIsABaselineToo() {
        assertThat(after(complete(), complete(described("a", "1*"))))
                .containsExactly("Model a was added in version 1 from archive a-1.mar.");
    }

    @Test
    void tellsRemovedAndChangedInTheOldOrderAndAddedInTheNew() {
        Inventory before = complete(described("a", "1*"), described("b", "1*", "2"), described("c", "1*"));
        Inventory now = complete(described("z", "1*"), described("b", "2*", "3"), described("d", "1*"));

        assertThat(after(before, now))
                .containsExactly(
                        "Model a was removed.",
                        "The default version of model b changed from 1 to 2 (archive from b-1.mar to b-2.mar).",
                        "Version 1 of model b was removed.",
                        "Version 3 of model b was added from archive b-3.mar.",
                        "Model c was removed.",
                        "Model z was added in version 1 from archive z-1.mar.",
                        "Model d was added in version 1 from archive d-1.mar.");
    }

    @Test
    void theOrderIsThatOfTheLastCompleteList() {
        assertThat(after(complete(described("b")), complete(described("a"), described("b")), complete()))
                .endsWith("Model a was removed.", "Model b was removed.");
    }

    @Test
    void anIncompleteListSaysNothingAboutWhatCameOrWent() {
        Inventory before = complete(described("a", "1*"), described("b", "1*"));

        assertThat(after(before, incomplete(described("c", "1*")))).isEmpty();
        assertThat(after(before, incomplete(), before)).isEmpty();
        assertThat(after(
                        before, incomplete(described("c", "1*")), complete(described("a", "1*"), described("c", "1*"))))
                .containsExactly("Model b was removed.", "Model c was added in version 1 from archive c-1.mar.");
    }

    @Test
    void anIncompleteListTellsOfTheModelsItHas() {
        assertThat(after(
                        complete(described("a", "1*"), described("b", "1*")),
                        incomplete(described("b", "1", "2*")),
                        complete(described("a", "1*"), described("b", "1", "2*"))))
                .containsExactly(
                        "The default version of model b changed from 1 to 2 (archive from b-1.mar to b-2.mar).",
                        "Version 2 of model b was added from archive b-2.mar.");
    }

    @Test
    void versionsThatWereNotDescribedInBetweenAreComparedWithTheLastOnes() {
        assertThat(after(
                        complete(described("a", "1*")),
                        complete(listed("a", "a-1.mar")),
                        complete(described("a", "1*", "2"))))
                .containsExactly("Version 2 of model a was added from archive a-2.mar.");
    }

    @Test
    void theFirstDescriptionOfAModelIsNoNews() {
        assertThat(after(complete(listed("a", "a-1.mar")), complete(described("a", "1*", "2"))))
                .isEmpty();
        assertThat(after(complete(), complete(listed("a", "x.mar")), complete(described("a", "1*"))))
                .startsWith("Model a was added from archive x.mar.");
    }

    @Test
    void aDefaultThatIsSeenOnlyInTheListIsToldOnce() {
        assertThat(after(
                        complete(described("a", "1*", "2")),
                        complete(listed("a", "a-2.mar")),
                        complete(described("a", "1", "2*"))))
                .containsExactly("The default version of model a changed from 1 (archive from a-1.mar to a-2.mar).");
    }

    @Test
    void versionsDecideOverTheUrlWhereBothAreKnown() {
        Model sameVersionOtherArchive = new Model("a", "new.mar", true, List.of(new Version("1", "new.mar", true)));
        Model otherVersionSameArchive = new Model(
                "a", "a-1.mar", true, List.of(new Version("2", "a-1.mar", true), new Version("1", "a-1.mar", false)));

        assertThat(after(complete(described("a", "1*")), complete(sameVersionOtherArchive)))
                .isEmpty();
        assertThat(after(complete(described("a", "1*", "2")), complete(otherVersionSameArchive)))
                .containsExactly(
                        "The default version of model a changed from 1 to 2 (archive from a-1.mar to a-1.mar).");
    }

    @Test
    void anAmbiguousDefaultIsUnknown() {
        assertThat(after(complete(described("a", "1*", "2")), complete(described("a", "1*", "2*"))))
                .isEmpty();
    }

    @Test
    void aUrlThatIsMissingForAWhileIsNoChange() {
        assertThat(after(complete(listed("a", "x.mar")), complete(listed("a", null)), complete(listed("a", "x.mar"))))
                .isEmpty();
        assertThat(after(complete(listed("a", "x.mar")), complete(listed("a", null)), complete(listed("a", "y.mar"))))
                .containsExactly("The default version of model a changed (archive from x.mar to y.mar).");
    }

    @Test
    void aNameThatIsListedTwiceCountsOnce() {
        assertThat(after(complete(), complete(listed("a", "x.mar"), listed("a", "y.mar"))))
                .containsExactly("Model a was added from archive x.mar.");
    }

    @Test
    void anUnchangedListLeavesTheStateItself() {
        ServerState state =
                Differences.between(null, complete(described("a", "1*")), 5).state();

        assertThat(Differences.between(state, complete(described("a", "1*")), 9).state())
                .isSameAs(state);
        assertThat(Differences.between(state, complete(), 9).state().generation())
                .isEqualTo(9);
        assertThat(Differences.between(state, complete(), 3).state().generation())
                .isEqualTo(6);
    }

    /** The sentences that follow from these snapshots, one after the other. */
    private static List<String> after(Inventory... inventories) {
        List<String> sentences = new ArrayList<>();
        ServerState state = null;
        for (int i = 0; i < inventories.length; i++) {
            Differences differences = Differences.between(state, inventories[i], i);
            state = differences.state();
            differences.changes().forEach(change -> sentences.add(change.sentence()));
        }
        return sentences;
    }
}
