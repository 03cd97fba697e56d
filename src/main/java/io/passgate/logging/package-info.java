/** What a log may say: the class and place of a fault, and never a message that quotes a request. Any thread. */
@NullMarked
package io.passgate.logging;

import org.jspecify.annotations.NullMarked;
