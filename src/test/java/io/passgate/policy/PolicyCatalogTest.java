package io.passgate.policy;

import static io.passgate.policy.Samples.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passgate.model.Claims;
import io.passgate.model.PolicyResult;
import io.passgate.model.Reason;
import io.passgate.model.Vaccinated;
import io.passgate.policy.rule.ExemptionRule;
import io.passgate.policy.rule.RulePolicy;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PolicyCatalogTest {
    private static final Policy FIRST = policy("kr", "2021-07-12", "Asia/Seoul");
    private static final Policy SECOND = policy("kr", "2022-01-03", "Asia/Seoul");
    private static final Policy OTHER = policy("eu", "2022-02-01", "UTC");

    private final PolicyCatalog catalog = new PolicyCatalog(List.of(SECOND, OTHER, FIRST));

    private static Policy policy(String name, String validFrom, String zone) {
        return new RulePolicy(
                name,
                LocalDate.parse(validFrom),
                ZoneId.of(zone),
                1,
                Set.of(Samples.COVID_19),
                List.of(new ExemptionRule()));
    }

    @Test
    void aName_picksTheNewestVersionThatHasBegunInItsZone() {
        assertThat(catalog.find("kr", at("2022-01-02T14:59:59Z"))).contains(FIRST);
        assertThat(catalog.find("kr", at("2022-01-02T15:00:00Z"))).contains(SECOND);
        assertThat(catalog.find("kr", at("2030-01-01T00:00:00Z"))).contains(SECOND);
    }

    @Test
    void aName_picksTheFirstVersionBeforeItsFirstDay() {
        assertThat(catalog.find("kr", at("2021-07-11T14:59:59Z"))).contains(FIRST);
        assertThat(catalog.find("eu", at("2020-01-01T00:00:00Z"))).contains(OTHER);
    }

    @Test
    void anId_pinsItsVersionWheneverAsked() {
        assertThat(catalog.find("kr@2021-07-12", at("2030-01-01T00:00:00Z"))).contains(FIRST);
        assertThat(catalog.find("kr@2022-01-03", at("2020-01-01T00:00:00Z"))).contains(SECOND);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "us", "KR", "kr@", "kr@2021-07-13", "kr@2021-07-12 ", "@2021-07-12"})
    void anyOtherRef_isUnknown(String ref) {
        assertThat(catalog.find(ref, at("2022-01-10T00:00:00Z"))).isEmpty();
    }

    @Test
    void allPolicies_areListedByNameAndDay() {
        assertThat(catalog.policies()).containsExactly(OTHER, FIRST, SECOND);
    }

    @ParameterizedTest
    @ValueSource(strings = {"kr@2021-07-12", "", "Kr"})
    void aNameThatIsNone_isRefusedWhateverThePolicyIs(String name) {
        assertThatThrownBy(() -> new PolicyCatalog(List.of(new Nothing(name))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("name")
                .hasMessageEndingWith("not " + name);
    }

    /** Accepts nothing, and does not look at its own name. */
    private record Nothing(String name) implements Policy {
        @Override
        public LocalDate validFrom() {
            return LocalDate.EPOCH;
        }

        @Override
        public ZoneId zone() {
            return ZoneOffset.UTC;
        }

        @Override
        public PolicyResult judge(Claims claims, Instant at) {
            return new PolicyResult.NotMet(Reason.NO_RECORD_SHOWN);
        }

        @Override
        public Optional<Vaccinated> vaccinated(Claims claims, Instant at) {
            return Optional.empty();
        }
    }

    @Test
    void twoPoliciesOfOneId_areRefused() {
        assertThatThrownBy(() -> new PolicyCatalog(List.of(FIRST, policy("kr", "2021-07-12", "UTC"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("kr@2021-07-12");
    }
}
