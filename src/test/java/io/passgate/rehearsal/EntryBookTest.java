package io.passgate.rehearsal;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passgate.rehearsal.Visitors.Said;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the rehearsal would find. */
final class EntryBookTest {
    private static final Said LET_IN = said("p1", "e1", false, "accepted", "", "shared");
    private static final Said REFUSED_AGAIN = said("p1", "e2", true, "refused", "already_used", "shared");
    private static final Said LET_IN_AGAIN = said("p2", "e3", true, "accepted", "", "shared");

    private static Said said(
            String pass, String entry, boolean isShownAgain, String verdict, String reason, String oneTime) {
        return new Said(pass, entry, isShownAgain, verdict, reason, oneTime, 0, 0, 0);
    }

    private static EntryBook book(Said... said) {
        return new EntryBook(List.of(said), Instant.EPOCH);
    }

    private static void compare(EntryBook book, String... logged) throws Exception {
        book.compareWith(query -> List.of(logged), Duration.ZERO);
    }

    @Test
    void whatIsAsItShouldBe_isTaken() {
        EntryBook book = book(LET_IN, REFUSED_AGAIN);
        assertThatCode(() -> compare(book, "e1")).doesNotThrowAnyException();
        assertThatCode(book::nobodyIsRefusedByAFaultOfOurs).doesNotThrowAnyException();
        assertThatCode(book::nobodyIsLetInTwiceUnlessItWasSaid).doesNotThrowAnyException();
    }

    @Test
    void anAcknowledgedVisitThatIsMissing_orThereTwice_orOneThatNobodyMade_isFound() {
        EntryBook book = book(LET_IN, REFUSED_AGAIN);
        assertThatThrownBy(() -> compare(book)).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> compare(book, "e1", "e1")).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> compare(book, "e1", "e9")).isInstanceOf(AssertionError.class);
    }

    @Test
    void somebodyWhoIsRefusedThoughTheirPassIsGood_isFound() {
        EntryBook book = book(LET_IN, said("p3", "e3", false, "refused", "expired", ""));
        assertThatThrownBy(book::nobodyIsRefusedByAFaultOfOurs).isInstanceOf(AssertionError.class);
    }

    @Test
    void aPassThatIsLetInTwice_isFound_unlessAnAnswerHasSaidThatItMightBe() {
        Said first = said("p2", "e2", false, "accepted", "", "shared");
        assertThatThrownBy(book(first, LET_IN_AGAIN, REFUSED_AGAIN)::nobodyIsLetInTwiceUnlessItWasSaid)
                .isInstanceOf(AssertionError.class);
        Said alone = said("p2", "e2", false, "accepted", "", "fallback");
        assertThatCode(book(alone, LET_IN_AGAIN, REFUSED_AGAIN)::nobodyIsLetInTwiceUnlessItWasSaid)
                .doesNotThrowAnyException();
    }
}
