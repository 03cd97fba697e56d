package io.passgate.logging;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.testing.CapturedLogs;
import io.passgate.testing.api.RunningApi;
import io.vertx.pgclient.PgException;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A fault in the log says where it happened, and repeats no message: that may quote a payload. */
final class RedactedStackTraceTest {
    @Test
    void classesAndPlaces_areTold_andMessagesAreNot() {
        Throwable fault = new IllegalStateException("CANARY one", new ArithmeticException("CANARY two"));
        assertThat(RedactedStackTrace.of(fault))
                .contains("java.lang.IllegalStateException at io.passgate.logging.RedactedStackTraceTest.")
                .contains("; because of java.lang.ArithmeticException at ")
                .doesNotContain("CANARY");
        assertThat(RedactedStackTrace.of(null)).isEqualTo("no exception");
    }

    @Test
    void ofADatabasesFault_theSqlStateIsTold_andWhatTheServerSaidIsNot() {
        Throwable fault = new IllegalStateException(new PgException("CANARY", "ERROR", "25006", "CANARY detail"));
        assertThat(RedactedStackTrace.of(fault))
                .contains("; because of io.vertx.pgclient.PgException (SQLSTATE 25006) at ")
                .doesNotContain("CANARY");
        assertThat(SqlState.describe(fault)).isEqualTo("IllegalStateException, SQLSTATE 25006");
        assertThat(SqlState.describe(new SQLException("CANARY", "42501"))).isEqualTo("SQLException, SQLSTATE 42501");
    }

    @Test
    void whatIsNoSqlState_isNotTold() {
        for (String odd : List.of("", "2500", "250066", "CANAR Y", "25o06")) {
            assertThat(SqlState.of(new SQLException("CANARY", odd))).isEmpty();
        }
        assertThat(SqlState.of(new SQLException("CANARY"))).isEmpty();
        assertThat(SqlState.of(new IllegalStateException("25006"))).isEmpty();
        assertThat(SqlState.of(null)).isEmpty();
    }

    @Test
    void aFaultInAHandler_isLoggedWithItsRoute_withoutItsMessage() {
        try (CapturedLogs logs = new CapturedLogs();
                RunningApi running = RunningApi.open()) {
            running.clients = () -> {
                throw new IllegalStateException("CANARY");
            };
            assertThat(running.post("{\"payloads\":[\"CANARY\"]}").statusCode()).isEqualTo(500);
            assertThat(logs.lines())
                    .anySatisfy(line -> assertThat(line)
                            .contains("a request to /v1/verifications failed: java.lang.IllegalStateException"));
            assertThat(logs.lines()).noneMatch(line -> line.contains("CANARY"));
        }
    }
}
