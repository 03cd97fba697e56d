/**
 * What several formats are written in: Base45, inflated text, CBOR, COSE_Sign1, CWT.
 *
 * <p>Every bound is named in {@link io.passgate.codec.Bounds} and checked before anything is allocated for it. What is
 * malformed, or breaks one, is a {@link io.passgate.codec.MalformedException} with its reason, which no decoder lets
 * out.
 *
 * <p>A cursor or an inflater belongs to one thread; the rest to any.
 */
@NullMarked
package io.passgate.codec;

import org.jspecify.annotations.NullMarked;
