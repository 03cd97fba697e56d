/**
 * Spans of requests for an OpenTelemetry collector, where one is configured. Event loops make them; a thread of the SDK
 * sends them.
 */
@NullMarked
package io.passgate.app.tracing;

import org.jspecify.annotations.NullMarked;
