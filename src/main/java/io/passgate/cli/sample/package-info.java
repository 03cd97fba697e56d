/** {@code passgate sample}: payloads for those who test under load, as files. */
@NullMarked
package io.passgate.cli.sample;

import org.jspecify.annotations.NullMarked;
