/**
 * The values every package speaks: what was presented ({@link io.passgate.model.Credential}), what it claims
 * ({@link io.passgate.model.Claims}), what a policy found ({@link io.passgate.model.PolicyResult}) and what the gateway
 * says about it ({@link io.passgate.model.Verdict}).
 *
 * <p>Nothing here does I/O, reads a clock or knows another package.
 *
 * <p>Any thread.
 */
@NullMarked
package io.passgate.model;

import org.jspecify.annotations.NullMarked;
