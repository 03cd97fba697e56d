package io.passgate.checkin;

import io.passgate.model.OpaqueId;
import java.time.Instant;
import java.time.LocalDate;

/**
 * One line of the entry log, and all that is kept of a visit.
 *
 * @param day in Asia/Seoul, by which it is purged: on which the pass was issued, or without one the day of the visit
 * @param id says which request it came from: the same one asked again has the same, and other payloads have another
 * @param facility the name of its token
 * @param provider who can tell whose pass it was; {@link #WALLET} where nobody can
 * @param pass the pass's id; of a wallet certificate a random one
 * @param at when the request arrived
 */
public record Visit(LocalDate day, OpaqueId id, String facility, String provider, OpaqueId pass, Instant at) {
    /** Stands for the provider of a wallet certificate, whose holder nobody is told. */
    public static final String WALLET = "wallet";

    /** Day and provider only: the rest leads to a person. */
    @Override
    public String toString() {
        return "Visit[" + day + ", " + provider + "]";
    }
}
