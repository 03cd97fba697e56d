package io.passgate.policy.rule;

/**
 * Accepts a holder who is certainly not older than an age, whatever else is shown.
 *
 * @param limit the age up to which a holder is accepted
 */
public record AgeRule(AgeLimit limit) implements Rule {
    /** What a result names when this rule is met. */
    public static final String CODE = "under_age_exempt";

    @Override
    public String code() {
        return CODE;
    }

    @Override
    public void judge(Presented presented, Tally tally) {
        tally.met(CODE, limit.lastSecond(presented.age(), presented.now()));
    }
}
