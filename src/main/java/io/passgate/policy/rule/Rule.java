package io.passgate.policy.rule;

/** One way for a credential to be accepted, with its parameters. */
public sealed interface Rule
        permits VaccinationRule, VaccinationAndRecoveryRule, RecoveryRule, TestRule, AgeRule, ExemptionRule {

    /** {@return the stable code that a result names when this rule is met} */
    String code();

    /**
     * Tells the tally each time the rule is met and, for each event it looks at without success, what it lacks.
     *
     * @param presented what a credential shows
     * @param tally hears of it
     */
    void judge(Presented presented, Tally tally);
}
