/**
 * What the page of operations shows of the repository: the chapter on operations as HTML, and the alarms of Prometheus's
 * rules. It runs when the gateway is built, and is left out of its jar.
 *
 * <p>One thread of the build.
 */
@NullMarked
package io.passgate.runbook;

import org.jspecify.annotations.NullMarked;
