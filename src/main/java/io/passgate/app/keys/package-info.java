/**
 * The signing keys of a gateway: made in a ceremony, read from a file, and looked at again while it runs. The main
 * thread and a timer's.
 */
@NullMarked
package io.passgate.app.keys;

import org.jspecify.annotations.NullMarked;
