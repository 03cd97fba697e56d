/**
 * What a new installation lacks, made once: secrets, keys, signers and the first tokens; and what tells that it is
 * there.
 *
 * <p>The main thread.
 */
@NullMarked
package io.passgate.app.setup;

import org.jspecify.annotations.NullMarked;
