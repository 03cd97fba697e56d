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
 * @param kind one of {@link Kind} in lower case, or of one that another version has
 * @param actor the name of the client that asked, or what did it by itself
 * @param detail a JSON object
 */
public record AuditEvent(Instant at, String kind, String actor, String detail) {
    /** Stands for a gateway that does it by itself. */
    public static final String GATEWAY = "gateway";

    /** What is audited. */
    public enum Kind {
        /** A tracer was told the visits of a facility. */
        TRACE,
        /** Visits were dropped since they were too old. */
        PURGE,
        /** A signer was added. */
        KEY_ADDED,
        /** A signer was removed. */
        KEY_REMOVED,
        /** A phone became the one of a consent. */
        DEVICE_REGISTERED,
        /** The pepper or the audit key was declared to be the database's. */
        SECRET_ADOPTED
    }

    /**
     * {@return an event}
     *
     * @param kind what happened
     * @param at of which the microseconds are kept
     * @param actor the name of the client that asked, {@link #GATEWAY}, or {@code command line}
     * @param detail by name, in values that JSON has; written in the order of the names
     */
    public static AuditEvent of(Kind kind, Instant at, String actor, Map<String, Object> detail) {
        return new AuditEvent(
                at.truncatedTo(ChronoUnit.MICROS),
                kind.name().toLowerCase(Locale.ROOT),
                actor,
                new JsonObject(new TreeMap<>(detail)).encode());
    }
}
