package io.passgate.store.entrylog;

import static io.passgate.checkin.OneTimeUse.Memory.FALLBACK;
import static io.passgate.checkin.OneTimeUse.Memory.LOCAL;
import static io.passgate.checkin.OneTimeUse.Memory.SHARED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passgate.checkin.OneTimeUse.Memory;
import io.passgate.store.entrylog.Failover.Event;
import io.passgate.store.entrylog.Failover.Transition;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Who is asked about used passes, as stores come and go. */
final class FailoverTest {

    /** What leads from the beginning to a state. */
    private static List<Event> wayTo(Memory state) {
        return switch (state) {
            case SHARED -> List.of();
            case FALLBACK -> List.of(Event.REDIS_LOST);
            case LOCAL -> List.of(Event.REDIS_LOST, Event.POSTGRESQL_LOST);
        };
    }

    private static Failover in(Memory state) {
        Failover failover = new Failover();
        wayTo(state).forEach(event -> assertThat(failover.changes(event)).isTrue());
        assertThat(failover.state()).isEqualTo(state);
        return failover;
    }

    /** The rule in words, not the table: Redis if it is there, else PostgreSQL if that is, else nobody. */
    private static Memory expected(Memory from, Event event) {
        boolean hasRedis = event == Event.REDIS_BACK || from == SHARED && event != Event.REDIS_LOST;
        boolean lacksPostgresql = event == Event.POSTGRESQL_LOST || from == LOCAL && event != Event.POSTGRESQL_ANSWERED;
        if (hasRedis) {
            return SHARED;
        }
        return lacksPostgresql ? LOCAL : FALLBACK;
    }

    @TestFactory
    Stream<DynamicTest> everyStateTakesEveryEvent() {
        return Stream.of(Memory.values())
                .flatMap(from -> Stream.of(Event.values())
                        .map(event -> DynamicTest.dynamicTest(from + " " + event, () -> {
                            Failover failover = in(from);
                            assertThat(failover.changes(event)).isEqualTo(expected(from, event) != from);
                            assertThat(failover.state()).isEqualTo(expected(from, event));
                            assertThat(failover.isShared()).isEqualTo(failover.state() == SHARED);
                        })));
    }

    @TestFactory
    Stream<DynamicTest> aMissingCell_isFound() {
        return Failover.TRANSITIONS.stream()
                .map(cell -> DynamicTest.dynamicTest(cell.from() + " " + cell.event(), () -> {
                    List<Transition> holed = new ArrayList<>(Failover.TRANSITIONS);
                    assertThat(holed.remove(cell)).isTrue();
                    assertThatThrownBy(() -> new Failover(holed))
                            .isInstanceOf(IllegalArgumentException.class)
                            .hasMessage(cell.from() + " lacks " + cell.event());
                }));
    }

    @Test
    void aCellThatIsThereTwice_isFound() {
        List<Transition> twice = new ArrayList<>(Failover.TRANSITIONS);
        assertThat(twice.add(new Transition(FALLBACK, Event.REDIS_BACK, LOCAL))).isTrue();
        assertThatThrownBy(() -> new Failover(twice))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("FALLBACK has REDIS_BACK twice");
    }
}
