/**
 * The connections of the public ports, below the routes: which are taken, what a request has to look like before
 * anybody reads it, and how much time and memory a connection may hold. All of it runs on the event loop of the
 * connection, except {@link io.passgate.http.connection.Connections}, which all event loops share.
 */
@NullMarked
package io.passgate.http.connection;

import org.jspecify.annotations.NullMarked;
