package io.passgate.demo.phone;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Invented people are few, hard to guess, and vaccinated one dose after the other. */
final class InventedPeopleTest {
    private static final LocalDate DAY = LocalDate.of(2021, 7, 12);

    private final InventedPeople people = new InventedPeople(3, new Random(1));

    @Test
    void whoeverWasAskedForLongestAgo_makesRoom() {
        InventedPerson first = people.invent();
        InventedPerson second = people.invent();
        InventedPerson third = people.invent();
        assertThat(people.find(first.id())).containsSame(first);
        InventedPerson fourth = people.invent();
        assertThat(people.count()).isEqualTo(3);
        assertThat(people.find(second.id())).isEmpty();
        assertThat(people.find(first.id())).containsSame(first);
        assertThat(people.find(third.id())).containsSame(third);
        people.forget(fourth.id());
        assertThat(people.find(fourth.id())).isEmpty();
    }

    @Test
    void noIdTellsOfAnother() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            InventedPerson person = people.invent();
            assertThat(seen.add(person.id().text())).isTrue();
            assertThat(seen.add(person.ci())).isTrue();
            assertThat(seen.add(person.recordId(1))).isTrue();
            assertThat(person.recordId(1)).doesNotContain(person.id().text()).hasSizeLessThanOrEqualTo(64);
        }
    }

    @Test
    void aDose_isLaterThanTheOneBefore_andThereAreTwo() {
        InventedPerson person = people.invent();
        assertThat(person.nextDose(DAY)).contains(1);
        person.isGiven(1, DAY);
        person.isGiven(1, DAY);
        assertThat(person.doses()).isEqualTo(1);
        assertThat(person.nextDose(DAY.minusDays(1))).isEmpty();
        assertThat(person.nextDose(DAY)).isEmpty();
        assertThat(person.nextDose(DAY.plusDays(1))).contains(2);
        person.isGiven(2, DAY.plusDays(1));
        assertThat(person.nextDose(DAY.plusDays(2))).isEmpty();
    }

    @Test
    void whatIsNoPass_showsNoDoses() {
        ShownDoses doses = new ShownDoses();
        assertThat(doses.of("KP1:")).isEmpty();
        assertThat(doses.of("HELLO")).isEmpty();
        assertThat(doses.of("")).isEmpty();
    }
}
