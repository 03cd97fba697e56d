package io.passgate.store.issuing;

import io.passgate.dpop.DeviceKey;
import io.passgate.issuance.ConsentScope;
import io.passgate.issuance.ConsentState;
import io.passgate.issuance.ConsentStates;
import io.passgate.model.OpaqueId;
import io.passgate.model.Unavailable;
import io.passgate.registry.HealthRecord;
import io.passgate.registry.Holder;
import io.passgate.store.BlockingCalls;
import io.passgate.store.StoreException;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Consents with their newest records, 64 of a holder at most, in one statement for as many as are asked for. */
final class ConsentStateStore implements ConsentStates {
    private static final int RECORD = 5;
    private static final int ENTRY = 7;

    private static final String FIND = "SELECT c.id, c.provider, c.holder, c.scope, c.device, r.id, r.revision, "
            + RecordColumns.NAMES
            + " FROM consent c LEFT JOIN LATERAL (SELECT * FROM record WHERE holder = c.holder AND c.scope <> 0"
            + " ORDER BY id DESC LIMIT 64) r ON true"
            + " WHERE c.id = ANY ($1) ORDER BY c.id, r.id";

    private final Pool pool;
    private final BlockingCalls blockingCalls;

    ConsentStateStore(Pool pool, BlockingCalls blockingCalls) {
        this.pool = pool;
        this.blockingCalls = blockingCalls;
    }

    @Override
    public Map<OpaqueId, ConsentState> find(Collection<OpaqueId> ids) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        Buffer[] wanted = ids.stream().map(ConsentStore::buffer).toArray(Buffer[]::new);
        try {
            return read(blockingCalls.await(
                    "standing", () -> pool.preparedQuery(FIND).execute(Tuple.of(wanted))));
        } catch (StoreException lost) {
            throw new Unavailable("the records are out of reach");
        }
    }

    private static Map<OpaqueId, ConsentState> read(RowSet<Row> rows) {
        Map<OpaqueId, ConsentState> standings = new HashMap<>();
        List<Row> ofOne = new ArrayList<>();
        for (Row row : rows) {
            if (!ofOne.isEmpty() && !ofOne.getFirst().getBuffer(0).equals(row.getBuffer(0))) {
                put(ofOne, standings);
                ofOne.clear();
            }
            ofOne.add(row);
        }
        if (!ofOne.isEmpty()) {
            put(ofOne, standings);
        }
        return standings;
    }

    private static void put(List<Row> ofOne, Map<OpaqueId, ConsentState> standings) {
        Row first = ofOne.getFirst();
        List<ConsentState.Recorded> entries = new ArrayList<>();
        for (Row row : ofOne) {
            Optional<HealthRecord> entry = RecordColumns.read(row, ENTRY);
            entry.ifPresent(found ->
                    entries.add(new ConsentState.Recorded(row.getLong(RECORD), row.getInteger(RECORD + 1), found)));
        }
        standings.put(
                OpaqueId.of(first.getBuffer(0).getBytes()),
                new ConsentState(
                        first.getString(1),
                        Holder.of(first.getBuffer(2).getBytes()),
                        ConsentScope.ofBits(first.getShort(3)),
                        Optional.ofNullable(first.getBuffer(4))
                                .map(Buffer::getBytes)
                                .map(DeviceKey::of),
                        entries));
    }
}
