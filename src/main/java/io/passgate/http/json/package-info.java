/** JSON as bytes, and a parser that keeps nothing of what it has read. Any thread. */
@NullMarked
package io.passgate.http.json;

import org.jspecify.annotations.NullMarked;
