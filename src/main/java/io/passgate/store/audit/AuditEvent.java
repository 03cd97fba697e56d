package io.passgate.store.audit;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is audited: nothing of a person.
 *
 * @param at to the microsecond, as PostgreSQL keeps it
 * @param actor the name of the client that asked, or what did it by itself
 * @param detail as JSON
 */
public record AuditEvent(Instant at, String kind, String actor, String detail) {
    /** Stands for a gateway that does it by itself. */
    public static final String GATEWAY = "gateway";

    /** What is audited. */
    public enum Kind {
        TRACE,
        PURGE,
        KEY_ADDED,
        KEY_REMOVED,
        DEVICE_REGISTERED,
        SECRET_ADOPTED
    }

    public static AuditEvent of(Kind kind, Instant at, String actor, Map<String, Object> detail) {
        return new AuditEvent(
                at.truncatedTo(ChronoUnit.MICROS),
                kind.name().toLowerCase(Locale.ROOT),
                actor,
                new JsonObject(new TreeMap<>(detail)).encode());
    }
}
