/** Policies as files: read strictly and checked when a gateway starts, by its main thread. */
@NullMarked
package io.passgate.policy.file;

import org.jspecify.annotations.NullMarked;
