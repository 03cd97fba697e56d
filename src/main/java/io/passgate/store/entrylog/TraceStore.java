package io.passgate.store.entrylog;

import io.passgate.checkin.Traces;
import io.passgate.checkin.Visit;
import io.passgate.model.OpaqueId;
import io.passgate.store.PgTime;
import io.passgate.store.StoreException;
import io.passgate.store.audit.AuditChain;
import io.passgate.store.audit.AuditEvent;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds visits in the entry log; that it was asked is in the audit before anything is told. */
final class TraceStore implements Traces {
    private static final String FIND = "SELECT provider, pass_id FROM entry_log"
            + " WHERE day >= $1 AND at >= $2 AND at < $3 AND facility = $4 ORDER BY at, entry_id LIMIT $5";

    private final Pool pool;
    private final Retention retention;
    private final Optional<AuditChain> chain;
    private final InstantSource clock;

    TraceStore(Pool pool, Retention retention, Optional<AuditChain> chain, InstantSource clock) {
        this.pool = pool;
        this.retention = retention;
        this.chain = chain;
        this.clock = clock;
    }

    @Override
    public Future<Trace> find(Question question) {
        if (chain.isEmpty()) {
            return Future.failedFuture(new StoreException("there is no audit key: nothing is traced unaudited"));
        }
        if (!retention.hasPurged()) {
            return Future.failedFuture(new StoreException("what is too old has not been purged yet"));
        }
        return pool.withTransaction(connection -> connection
                .query("SET LOCAL statement_timeout = " + PATIENCE.toMillis())
                .execute()
                .compose(patient -> connection
                        .preparedQuery(FIND)
                        .execute(Tuple.of(
                                retention.firstKept(),
                                PgTime.at(question.from()),
                                PgTime.at(question.until()),
                                question.facility(),
                                MOST + 1)))
                .map(TraceStore::trace)
                .compose(trace -> chain.orElseThrow()
                        .append(connection, List.of(event(question, trace)))
                        .map(trace)));
    }

    private AuditEvent event(Question question, Trace trace) {
        String visits = switch (trace) {
            case Trace.Found(var passes, var wallets) ->
                Long.toString(passes.values().stream().mapToInt(List::size).sum() + wallets);
            case Trace.TooMany() -> "too many";
        };
        return AuditEvent.of(
                AuditEvent.Kind.TRACE,
                clock.instant(),
                question.tracer(),
                Map.of(
                        "case", question.caseNumber(),
                        "facility", question.facility(),
                        "from", question.from().toString(),
                        "until", question.until().toString(),
                        "visits", visits));
    }

    private static Trace trace(RowSet<Row> rows) {
        if (rows.size() > MOST) {
            return new Trace.TooMany();
        }
        Map<String, List<OpaqueId>> passes = new LinkedHashMap<>();
        long wallets = 0;
        for (Row row : rows) {
            String provider = row.getString(0);
            if (provider.equals(Visit.WALLET)) {
                wallets++;
            } else {
                passes.computeIfAbsent(provider, first -> new ArrayList<>()).add(VisitTable.id(row.getUUID(1)));
            }
        }
        return new Trace.Found(passes, wallets);
    }
}
