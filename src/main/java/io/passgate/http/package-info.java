/**
 * The gateway's HTTP interface: one handler a route, authentication, and problems (RFC 9457). Nothing here computes: a
 * request is parsed within its bounds, handed to the engine once, and answered when the engine calls back.
 *
 * <p>The event loops, one for each core.
 */
@NullMarked
package io.passgate.http;

import org.jspecify.annotations.NullMarked;
