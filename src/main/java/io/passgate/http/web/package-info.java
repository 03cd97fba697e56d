/**
 * Pages for people, with all that they load: a fixed table of files from the jar, read once when the gateway starts. A
 * page asks the routes of the interface, as any client does.
 *
 * <p>The event loops, one for each core.
 */
@NullMarked
package io.passgate.http.web;

import org.jspecify.annotations.NullMarked;
