package tscollector.torchserve;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SeriesBudgetTest {
    private static final long FREE = SeriesBudget.FREE_BYTES;

    private final SeriesBudget budget = new SeriesBudget(1000);

    @Test
    void givesEveryServerItsFreePartHoweverMuchOthersHold() {
        assertThat(budget.open().resize(FREE + 1000)).isTrue();

        assertThat(budget.open().resize(FREE)).isTrue();
        assertThat(budget.open().resize(FREE + 1)).isFalse();
        assertThat(budget.used()).isEqualTo(1000);
    }

    @Test
    void leavesEverythingAsItWasWhenThereIsNoRoom() {
        SeriesBudget.Share first = budget.open();
        SeriesBudget.Share second = budget.open();
        assertThat(first.resize(FREE + 600)).isTrue();
        assertThat(second.resize(FREE + 300)).isTrue();

        assertThat(second.resize(FREE + 401)).isFalse();
        assertThat(second.bytes()).isEqualTo(FREE + 300);
        assertThat(budget.used()).isEqualTo(900);
        assertThat(second.resize(FREE + 400)).isTrue();
    }

    @Test
    void givesBackWhatASmallerShareNoLongerNeeds() {
        SeriesBudget.Share first = budget.open();
        SeriesBudget.Share second = budget.open();
        assertThat(first.resize(FREE + 1000)).isTrue();

        assertThat(first.resize(10)).isTrue();

        assertThat(budget.used()).isZero();
        assertThat(second.resize(FREE + 1000)).isTrue();
    }
}
