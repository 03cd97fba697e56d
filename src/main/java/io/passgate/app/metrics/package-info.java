/** What is counted and measured, and by which names. Any thread counts; the management port's thread reads. */
@NullMarked
package io.passgate.app.metrics;

import org.jspecify.annotations.NullMarked;
