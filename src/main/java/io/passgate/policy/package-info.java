/**
 * Pure acceptance rules, dated and versioned: from a credential's claims and an instant to a
 * {@link io.passgate.model.PolicyResult}. The numbers come from files that {@code app} reads; nothing here does I/O or reads
 * a clock.
 *
 * <p>Every time is judged by the second: an instant belongs to the whole second it falls in, and the end of a finding
 * names the last second in which its rule holds. A rule that lasts through a day ends at 23:59:59 of that day.
 *
 * <p>Any thread.
 */
@NullMarked
package io.passgate.policy;

import org.jspecify.annotations.NullMarked;
