/**
 * Signed payloads of invented people, for those who test under load: the same seed makes the same payloads, to the
 * byte. Keys follow from the seed too, so that whoever knows it can sign: no gateway but one for tests is to trust
 * them.
 *
 * <p>Any thread.
 */
@NullMarked
package io.passgate.sample;

import org.jspecify.annotations.NullMarked;
