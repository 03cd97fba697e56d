/**
 * What runs in the browsers of our pages: compiled to {@code web/qr.js} by TeaVM when the gateway is built, and left
 * out of its jar. Nothing here knows a server, a file or a clock.
 *
 * <p>The thread of a page's Web Worker.
 */
@NullMarked
package io.passgate.web;

import org.jspecify.annotations.NullMarked;
