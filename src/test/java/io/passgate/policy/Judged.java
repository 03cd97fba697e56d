package io.passgate.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.model.Claims;
import io.passgate.model.PolicyResult;
import io.passgate.model.Reason;
import java.time.Instant;
import java.util.Optional;

/** Claims under a policy, and what it must find in them at an instant. */
public record Judged(Policy policy, Claims claims) {

    public static Judged under(Policy policy, Claims claims) {
        return new Judged(policy, claims);
    }

    public PolicyResult at(String instant) {
        return policy.judge(claims, Samples.at(instant));
    }

    public Judged isMetWithoutEnd(String instant, String rule) {
        assertThat(at(instant)).as(instant).isEqualTo(new PolicyResult.Met(rule, Optional.empty()));
        return this;
    }

    public Judged isMetUntil(String instant, String rule, String last) {
        assertThat(at(instant)).as(instant).isEqualTo(new PolicyResult.Met(rule, Optional.of(Samples.at(last))));
        return this;
    }

    public Judged lacks(String instant, Reason reason) {
        assertThat(at(instant)).as(instant).isEqualTo(new PolicyResult.NotMet(reason));
        return this;
    }

    /** Met from {@code first} to {@code last}, both included, and what it lacks in the second before and after. */
    public Judged isMetExactly(String rule, String first, String last, Reason before, Reason after) {
        Instant from = Samples.at(first);
        Instant until = Samples.at(last);
        PolicyResult met = new PolicyResult.Met(rule, Optional.of(until));
        assertThat(policy.judge(claims, from.minusSeconds(1))).as("before").isEqualTo(new PolicyResult.NotMet(before));
        assertThat(policy.judge(claims, from)).as("first").isEqualTo(met);
        assertThat(policy.judge(claims, until)).as("last").isEqualTo(met);
        assertThat(policy.judge(claims, until.plusSeconds(1))).as("after").isEqualTo(new PolicyResult.NotMet(after));
        return this;
    }

    /** Met from {@code first} on, and what it lacks in the second before. */
    public Judged isMetFrom(String rule, String first, Reason before) {
        Instant from = Samples.at(first);
        PolicyResult met = new PolicyResult.Met(rule, Optional.empty());
        assertThat(policy.judge(claims, from.minusSeconds(1))).as("before").isEqualTo(new PolicyResult.NotMet(before));
        assertThat(policy.judge(claims, from)).as("first").isEqualTo(met);
        assertThat(policy.judge(claims, from.plusSeconds(40L * 365 * 86_400)))
                .as("40 years later")
                .isEqualTo(met);
        return this;
    }
}
