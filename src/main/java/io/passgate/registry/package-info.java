/**
 * What a health authority has recorded about holders, and nothing that names them.
 *
 * <p>Any thread.
 */
@NullMarked
package io.passgate.registry;

import org.jspecify.annotations.NullMarked;
