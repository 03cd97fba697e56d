/** Priorities and cores of threads, by Linux's system calls. Each thread asks for itself. */
@NullMarked
package io.passgate.app.os;

import org.jspecify.annotations.NullMarked;
