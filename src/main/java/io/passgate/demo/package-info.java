/**
 * The demonstration: signers it makes itself (O=Passgate Demo), certificates signed by them, a gateway that believes
 * them, and a page of what to try. Not on the class path of {@code serve}.
 */
@NullMarked
package io.passgate.demo;

import org.jspecify.annotations.NullMarked;
