/**
 * Who may ask: clients, their roles, and the tokens they are known by.
 *
 * <p>Any thread.
 */
@NullMarked
package io.passgate.access;

import org.jspecify.annotations.NullMarked;
