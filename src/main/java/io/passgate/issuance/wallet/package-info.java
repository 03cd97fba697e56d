/** Wallet certificates: which records become one, under which identifier, and who signs. The threads of issuing. */
@NullMarked
package io.passgate.issuance.wallet;

import org.jspecify.annotations.NullMarked;
