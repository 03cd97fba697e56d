package io.passgate.policy.file;

import io.passgate.policy.rule.AgeLimit;
import io.passgate.policy.rule.AgeLimit.CountedBy;
import io.passgate.policy.rule.AgeRule;
import io.passgate.policy.rule.DayWindow;
import io.passgate.policy.rule.ExemptionRule;
import io.passgate.policy.rule.RecoveryDay;
import io.passgate.policy.rule.RecoveryRule;
import io.passgate.policy.rule.RecoveryRule.IssuerDates;
import io.passgate.policy.rule.Rule;
import io.passgate.policy.rule.Series;
import io.passgate.policy.rule.Series.Standing;
import io.passgate.policy.rule.TestRule;
import io.passgate.policy.rule.TestRule.End;
import io.passgate.policy.rule.TestRule.Validity;
import io.passgate.policy.rule.VaccinationAndRecoveryRule;
import io.passgate.policy.rule.VaccinationRule;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** The keys of one rule of a policy file. */
sealed interface RuleKeys {
    Map<String, RecoveryDay> RECOVERY_DAYS = PolicyYaml.byName(RecoveryDay.class);

    /** What all rules of a file have in common. */
    record Shared(ValueSets valueSets, Series series, CountedBy ageBy) {}

    /** The code under which the rule stands. */
    String code();

    /**
     * The rule that they make.
     *
     * @throws IllegalArgumentException if a value is out of range or stands for nothing
     */
    Rule rule(Shared shared);

    /** Days after an event. */
    record Days(int fromDay, OptionalInt untilDay) {
        /** @throws IllegalArgumentException if they are no window */
        public Days {
            var _ = new DayWindow(fromDay, untilDay);
        }

        DayWindow window() {
            return new DayWindow(fromDay, untilDay);
        }
    }

    /** A completed series. */
    record Complete(int fromDay, OptionalInt untilDay, OptionalInt noEndUpToAge) implements RuleKeys {
        @Override
        public String code() {
            return VaccinationRule.COMPLETE_CODE;
        }

        @Override
        public Rule rule(Shared shared) {
            Optional<AgeLimit> noEnd = noEndUpToAge.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new AgeLimit(noEndUpToAge.getAsInt(), shared.ageBy()));
            DayWindow window = new DayWindow(fromDay, untilDay);
            return new VaccinationRule(code(), shared.series(), Standing.COMPLETE, window, noEnd);
        }
    }

    /** A dose after a completed series. */
    record Booster(int fromDay, OptionalInt untilDay) implements RuleKeys {
        @Override
        public String code() {
            return VaccinationRule.BOOSTER_CODE;
        }

        @Override
        public Rule rule(Shared shared) {
            DayWindow window = new DayWindow(fromDay, untilDay);
            return new VaccinationRule(code(), shared.series(), Standing.BOOSTED, window, Optional.empty());
        }
    }

    /** A completed series and a recovery. */
    record VaccinationAndRecovery(int leastDose, Days infectedBefore, Days infectedAfter, Names releaseFrom)
            implements RuleKeys {
        @Override
        public String code() {
            return VaccinationAndRecoveryRule.CODE;
        }

        @Override
        public Rule rule(Shared shared) {
            List<RecoveryDay> days = releaseFrom.in(RECOVERY_DAYS, "releaseFrom");
            return new VaccinationAndRecoveryRule(
                    shared.series(), leastDose, infectedBefore.window(), infectedAfter.window(), days);
        }
    }

    /** A recovery. */
    record Recovery(Names countFrom, int fromDay, OptionalInt untilDay, IssuerDates issuerDates) implements RuleKeys {
        @Override
        public String code() {
            return RecoveryRule.CODE;
        }

        @Override
        public Rule rule(Shared shared) {
            DayWindow window = new DayWindow(fromDay, untilDay);
            return new RecoveryRule(countFrom.in(RECOVERY_DAYS, "countFrom"), window, issuerDates);
        }
    }

    /** A test. */
    record Test(Names results, Map<String, Hours> types) implements RuleKeys {
        /** How long a test of one type is accepted. */
        record Hours(int hours, End until) {
            /** @throws IllegalArgumentException if there is no hour */
            public Hours {
                var _ = new Validity(hours, until);
            }
        }

        @Override
        public String code() {
            return TestRule.CODE;
        }

        @Override
        public Rule rule(Shared shared) {
            Map<String, Validity> validities = new HashMap<>();
            types.forEach((name, kept) -> {
                String type = new Names(List.of(name))
                        .in(shared.valueSets().testTypes(), "types")
                        .getFirst();
                var _ = validities.put(type, new Validity(kept.hours(), kept.until()));
            });
            return new TestRule(Set.copyOf(results.in(shared.valueSets().testResults(), "results")), validities);
        }
    }

    /** A holder of an age. */
    record Age(int upToAge) implements RuleKeys {
        @Override
        public String code() {
            return AgeRule.CODE;
        }

        @Override
        public Rule rule(Shared shared) {
            return new AgeRule(new AgeLimit(upToAge, shared.ageBy()));
        }
    }

    /** A medical exemption. */
    record Exemption() implements RuleKeys {
        @Override
        public String code() {
            return ExemptionRule.CODE;
        }

        @Override
        public Rule rule(Shared shared) {
            return new ExemptionRule();
        }
    }
}
