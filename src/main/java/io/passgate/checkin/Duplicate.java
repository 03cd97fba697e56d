package io.passgate.checkin;

/** In what a holder was seen twice within a short time. */
public enum Duplicate {
    /** At two providers: one person's proof is live on two phones. */
    PROVIDER,
    /** At two facilities. */
    FACILITY
}
