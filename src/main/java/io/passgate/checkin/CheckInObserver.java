package io.passgate.checkin;

import java.time.Instant;
import java.util.List;

/** Hears what becomes of check-ins, for metrics. Called on several threads; must not block or throw. */
public interface CheckInObserver {
    /** An observer that wants to know nothing. */
    CheckInObserver NONE = (results, arrivedAt) -> {};

    /**
     * A request has been decided.
     *
     * @param results one for each payload
     * @param arrivedAt when the request arrived
     */
    void decided(List<CheckInResult> results, Instant arrivedAt);
}
