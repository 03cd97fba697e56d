/** What a health authority has recorded about holders, and nothing that names them. */
@NullMarked
package io.passgate.registry;

import org.jspecify.annotations.NullMarked;
