package io.passgate.checkin;

import java.time.Duration;

/**
 * How doors are kept.
 *
 * @param useKept for how long after a pass's {@code exp} its use is remembered: longer than it is accepted
 * @param refusesDuplicates whether a holder who was just seen elsewhere is refused; otherwise it is said only
 */
public record CheckInPolicy(Duration useKept, boolean refusesDuplicates) {}
