/** QR codes drawn as pictures (ISO/IEC 18004). Any thread; nothing is kept. */
@NullMarked
package io.passgate.qr;

import org.jspecify.annotations.NullMarked;
