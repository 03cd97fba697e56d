/**
 * The demonstration: signers it makes itself (O=Passgate Demo), certificates signed by them, a gateway that trusts
 * them, and a page of what to try. Not on the class path of {@code serve}.
 *
 * <p>The main thread, and one for each part that it starts.
 */
@NullMarked
package io.passgate.demo;

import org.jspecify.annotations.NullMarked;
