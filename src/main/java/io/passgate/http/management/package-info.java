/**
 * The port for those who run a gateway: metrics and health, on a thread and a socket of its own.
 *
 * <p>One thread of its own.
 */
@NullMarked
package io.passgate.http.management;

import org.jspecify.annotations.NullMarked;
