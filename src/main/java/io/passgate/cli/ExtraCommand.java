package io.passgate.cli;

/** A command that is there only where its jar is on the class path; found by {@link java.util.ServiceLoader}. */
public interface ExtraCommand {}
