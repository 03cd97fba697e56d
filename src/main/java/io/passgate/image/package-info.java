/**
 * Pictures in: from a PNG or JPEG file of a stranger to the texts of the QR codes in it, within bounds of memory and
 * time. The thread {@code passgate-image} of a gateway, or that of a command.
 */
@NullMarked
package io.passgate.image;

import org.jspecify.annotations.NullMarked;
