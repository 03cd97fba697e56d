/**
 * What is said to a client, whatever its route: problems (RFC 9457), headers, request ids, and what is told to
 * metrics and log. The event loop of the request.
 */
@NullMarked
package io.passgate.http.response;

import org.jspecify.annotations.NullMarked;
