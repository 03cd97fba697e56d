package io.passgate.policy.rule;

/** One way for a credential to be accepted, with its parameters. */
public sealed interface Rule
        permits VaccinationRule, VaccinationAndRecoveryRule, RecoveryRule, TestRule, AgeRule, ExemptionRule {

    /** The stable code a finding names when this rule is met. */
    String code();

    /** Tells the tally each time the rule is met and, for each event it looks at without success, what it lacks. */
    void judge(Presented presented, Tally tally);
}
