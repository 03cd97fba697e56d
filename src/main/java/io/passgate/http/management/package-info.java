/**
 * The port for those who run a gateway: metrics, health, and the pages that show them, on a thread and a socket of its
 * own. The pages are in memory from the start, as they are sent.
 *
 * <p>One thread of its own.
 */
@NullMarked
package io.passgate.http.management;

import org.jspecify.annotations.NullMarked;
