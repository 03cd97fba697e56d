/**
 * What a country needs: gateways, Redis, PostgreSQL and disk, from the measured figures of this release, with the
 * arithmetic shown. It computes in whole numbers and decimals, rounds up where a machine or a row is counted, and asks
 * no server.
 *
 * <p>Any thread.
 */
@NullMarked
package io.passgate.sizing;

import org.jspecify.annotations.NullMarked;
