/**
 * The interface as a page that sends requests: {@code /docs}, where it is switched on. The event loop of the request; a
 * file is read by a thread of its own, once.
 */
@NullMarked
package io.passgate.http.docs;

import org.jspecify.annotations.NullMarked;
