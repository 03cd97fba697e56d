package io.passgate.http.checkin;

import io.passgate.checkin.CheckInService;
import io.passgate.checkin.Traces;
import java.util.Optional;

/**
 * All that the doors' routes work on.
 *
 * @param checkInService lets in, once each, and writes down
 * @param traces finds the visits of a facility
 * @param policy by which is judged where a facility names none
 * @param shownBy the policy that says when a vaccination is complete, and when its wait is over
 */
public record CheckInSide(
        CheckInService checkInService, Traces traces, Optional<String> policy, Optional<String> shownBy) {}
