package io.passgate.policy.file;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.passgate.policy.rule.AgeRule;
import io.passgate.policy.rule.ExemptionRule;
import io.passgate.policy.rule.RecoveryRule;
import io.passgate.policy.rule.TestRule;
import io.passgate.policy.rule.VaccinationAndRecoveryRule;
import io.passgate.policy.rule.VaccinationRule;
import java.util.ArrayList;
import java.util.List;

/** The rules of a file, each under its code. Their order counts, so each is added when its key is read. */
final class RuleList {
    private final List<RuleKeys> inOrder = new ArrayList<>();

    /** The rules, in the order of the file. */
    List<RuleKeys> inOrder() {
        return inOrder;
    }

    @JsonProperty(VaccinationRule.COMPLETE_CODE)
    void complete(RuleKeys.Complete rule) {
        inOrder.add(rule);
    }

    @JsonProperty(VaccinationRule.BOOSTER_CODE)
    void booster(RuleKeys.Booster rule) {
        inOrder.add(rule);
    }

    @JsonProperty(VaccinationAndRecoveryRule.CODE)
    void vaccinationAndRecovery(RuleKeys.VaccinationAndRecovery rule) {
        inOrder.add(rule);
    }

    @JsonProperty(RecoveryRule.CODE)
    void recovery(RuleKeys.Recovery rule) {
        inOrder.add(rule);
    }

    @JsonProperty(TestRule.CODE)
    void test(RuleKeys.Test rule) {
        inOrder.add(rule);
    }

    @JsonProperty(AgeRule.CODE)
    void age(RuleKeys.Age rule) {
        inOrder.add(rule);
    }

    @JsonProperty(ExemptionRule.CODE)
    void exemption(RuleKeys.Exemption rule) {
        inOrder.add(rule);
    }
}
