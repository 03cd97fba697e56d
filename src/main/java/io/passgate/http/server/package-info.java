/**
 * What stands before every route: who asks, how much at once, how fast, and a request's body within its bounds. The
 * event loop of the request.
 */
@NullMarked
package io.passgate.http.server;

import org.jspecify.annotations.NullMarked;
