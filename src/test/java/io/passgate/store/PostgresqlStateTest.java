package io.passgate.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.testing.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is told of a PostgreSQL by what it refused, and for how long. */
final class PostgresqlStateTest {
    private final ManualTime time = new ManualTime(Instant.EPOCH);
    private final List<String> passedOn = new ArrayList<>();
    private final PostgresqlState state = new PostgresqlState(
            new StoreObserver() {
                @Override
                public void refused(String sqlState) {
                    passedOn.add(sqlState);
                }
            },
            time);

    @ParameterizedTest
    @CsvSource({
        "53300, there are too many connections",
        "28P01, this gateway's user or password is wrong",
        "28000, this gateway's user or password is wrong",
        "3D000, the database does not exist",
        "57P01, it is starting up or shutting down",
        "57P02, it is starting up or shutting down",
        "57P03, it is starting up or shutting down"
    })
    void aRefusal_isToldWithItsSqlState(String sqlState, String words) {
        state.refused(sqlState);
        String why = words + " (SQLSTATE " + sqlState + ")";
        assertThat(state.refusesConnections()).isTrue();
        assertThat(state.warnings(false)).containsExactly("PostgreSQL is out of reach: " + why);
        assertThat(state.warnings(true)).containsExactly("PostgreSQL refuses connections: " + why);
        assertThat(state.isWritable()).isEmpty();
    }

    @Test
    void aRefusal_isForgotten_fiveSecondsAfterTheLast() {
        state.refused("53300");
        time.advance(Duration.ofSeconds(4));
        state.refused("53300");
        time.advance(PostgresqlState.REMEMBERED.minusNanos(1));
        assertThat(state.refusesConnections()).isTrue();
        time.advance(Duration.ofNanos(1));
        assertThat(state.refusesConnections()).isFalse();
        assertThat(state.warnings(true)).isEmpty();
        assertThat(state.warnings(false)).containsExactly("PostgreSQL is out of reach");
    }

    @Test
    void whatAStatementGotWrong_isNoRefusal_andIsPassedOn() {
        state.refused("23505");
        assertThat(state.warnings(true)).isEmpty();
        assertThat(passedOn).containsExactly("23505");
    }

    @Test
    void aRefusedChange_saysThatItIsReadOnly_beforeItIsAsked() {
        state.heard(Optional.of(PostgresqlState.Mode.WRITABLE));
        assertThat(state.isWritable()).contains(true);
        state.refused("25006");
        assertThat(state.isWritable()).contains(false);
        assertThat(state.refusesConnections()).isFalse();
        assertThat(state.warnings(true))
                .containsExactly("PostgreSQL takes no changes: it is read-only (SQLSTATE 25006)");
        time.advance(PostgresqlState.REMEMBERED);
        assertThat(state.isWritable()).contains(true);
    }

    @Test
    void aStandby_isTold_untilItAnswersOtherwise() {
        state.heard(Optional.of(PostgresqlState.Mode.STANDBY));
        assertThat(state.isWritable()).contains(false);
        assertThat(state.warnings(true)).containsExactly("PostgreSQL takes no changes: it is a standby");
        state.heard(Optional.empty());
        assertThat(state.isWritable()).isEmpty();
        state.heard(Optional.of(PostgresqlState.Mode.WRITABLE));
        assertThat(state.warnings(true)).isEmpty();
    }
}
