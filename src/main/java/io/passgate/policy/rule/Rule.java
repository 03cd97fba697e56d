package io.passgate.policy.rule;

import io.passgate.model.Age;
import io.passgate.model.Event;
import java.util.List;

/** One way for a credential to be accepted, with its parameters. */
public sealed interface Rule
        permits VaccinationRule, VaccinationAndRecoveryRule, RecoveryRule, TestRule, AgeRule, ExemptionRule {

    /** {@return the stable code that a result names when this rule is met} */
    String code();

    /**
     * Judges what a credential shows. Nothing is allocated.
     *
     * @param events those about an accepted target only
     * @param age what the credential says about its holder's age
     * @param now the second that is judged at
     * @param today the epoch day on which it falls
     * @param days of the policy's zone
     * @return the best {@link RuleFinding}: the latest end, or, if no event meets the rule, the nearest lack
     */
    long judge(List<Event> events, Age age, long now, long today, ZoneDays days);
}
