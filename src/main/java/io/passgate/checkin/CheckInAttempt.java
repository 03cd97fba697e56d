package io.passgate.checkin;

import io.passgate.model.OpaqueId;
import java.time.Instant;
import java.util.Optional;

/**
 * What was judged acceptable at a door, and becomes a visit if it was not used before.
 *
 * @param visit what is written down then
 * @param issuedAt the pass's {@code iat}; empty of a wallet certificate, which may be shown again
 * @param keptUntil when nobody can show it any more, and its use may be forgotten
 * @param request what it came in; empty where no key is to be remembered with it
 */
public record CheckInAttempt(
        Visit visit, Optional<Instant> issuedAt, Instant keptUntil, Optional<KeyedRequest> request) {

    /**
     * A showing on its own, with which no key is remembered.
     *
     * @param visit what is written down if it was not used before
     * @param issuedAt the pass's {@code iat}; empty of a wallet certificate
     * @param keptUntil when its use may be forgotten
     */
    public CheckInAttempt(Visit visit, Optional<Instant> issuedAt, Instant keptUntil) {
        this(visit, issuedAt, keptUntil, Optional.empty());
    }

    /** {@return what may be used once: the pass, or without one the request} */
    public OpaqueId key() {
        return issuedAt.isPresent() ? visit.pass() : visit.id();
    }
}
