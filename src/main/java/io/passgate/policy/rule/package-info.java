/**
 * Policies that are lists of rules: each rule is a way to be accepted, with its parameters. The numbers come from files
 * that {@code policy.file} reads; nothing here does I/O or reads a clock.
 *
 * <p>Every time is judged by the second: an instant belongs to the whole second it falls in, and the end of a finding
 * names the last second in which its rule holds. A rule that lasts through a day ends at 23:59:59 of that day.
 *
 * <p>Any thread.
 */
@NullMarked
package io.passgate.policy.rule;

import org.jspecify.annotations.NullMarked;
