/**
 * From a payload's bytes to a {@link io.passgate.model.Credential}, and back for those that issue.
 *
 * <p>{@link io.passgate.engine.PayloadDecoder} is the way in. Every bound is named in {@link io.passgate.codec.Bounds} and
 * checked before anything is allocated for it; a payload that breaks one, or is malformed, is a value
 * ({@link io.passgate.format.Decoded.Malformed}) and never an exception past this package.
 */
@NullMarked
package io.passgate.codec;

import org.jspecify.annotations.NullMarked;
