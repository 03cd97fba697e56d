/**
 * Where the lists of signers, revocations and clients come from: files, or the stores. Refreshed by a timer, handed
 * on as immutable snapshots.
 */
@NullMarked
package io.passgate.app.lists;

import org.jspecify.annotations.NullMarked;
