/** Policies as files: bound and checked when a gateway starts, by its main thread. */
@NullMarked
package io.passgate.policy.file;

import org.jspecify.annotations.NullMarked;
