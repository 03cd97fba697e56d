/**
 * What a policy is, dated and versioned, and how one is found: from a credential's claims and an instant to a
 * {@link io.passgate.model.PolicyResult}. How a policy comes to its result is a package of its own; nothing here does
 * I/O or reads a clock.
 *
 * <p>Any thread.
 */
@NullMarked
package io.passgate.policy;

import org.jspecify.annotations.NullMarked;
