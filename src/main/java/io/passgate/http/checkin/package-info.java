/** Check-ins and tracing. The event loop of the request. */
@NullMarked
package io.passgate.http.checkin;

import org.jspecify.annotations.NullMarked;
