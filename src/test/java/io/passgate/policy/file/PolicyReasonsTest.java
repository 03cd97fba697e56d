package io.passgate.policy.file;

import static io.passgate.policy.Samples.DETECTED;
import static io.passgate.policy.Samples.NAAT;
import static io.passgate.policy.Samples.NOT_DETECTED;
import static io.passgate.policy.Samples.RAT;
import static io.passgate.policy.Samples.at;
import static io.passgate.policy.Samples.claims;
import static io.passgate.policy.Samples.dose;
import static io.passgate.policy.Samples.exemption;
import static io.passgate.policy.Samples.recovered;
import static io.passgate.policy.Samples.released;
import static io.passgate.policy.Samples.test;
import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.model.Claims;
import io.passgate.model.Event;
import io.passgate.model.EventKind;
import io.passgate.model.PolicyResult;
import io.passgate.model.Reason;
import io.passgate.policy.Policy;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every reason of the policy stage: reached by a shipped policy, and worded about the credential alone. */
final class PolicyReasonsTest {
    private static final Instant NOW = at("2022-02-10T12:00:00+09:00");
    private static final Pattern ABOUT_THE_HOLDER =
            Pattern.compile("unvaccinated|not vaccinated|infected|positive|sick|patient|holder|person|\\byou", 2);

    private final Policy kr = ShippedPolicies.pinned("kr@2022-01-03");
    private final Policy eu = ShippedPolicies.pinned("eu@2022-02-01");

    private record Case(Policy policy, Claims claims) {}

    private Map<Reason, Case> cases() {
        Event otherDisease = new Event.Vaccination("61462000", "EU/1/20/1528", 2, 2, LocalDate.parse("2022-01-01"));
        Map<Reason, Case> cases = new EnumMap<>(Reason.class);
        cases.put(Reason.VACCINATION_WAIT_NOT_OVER, new Case(kr, claims(dose(2, 2, "2022-02-01"))));
        cases.put(Reason.RECOVERY_WAIT_NOT_OVER, new Case(eu, claims(recovered("2022-02-01"))));
        cases.put(Reason.EVENT_IN_FUTURE, new Case(eu, claims(dose(3, 3, "2022-02-11"))));
        cases.put(Reason.VACCINATION_OVER, new Case(kr, claims(dose(2, 2, "2021-06-01"))));
        cases.put(Reason.RECOVERY_OVER, new Case(kr, claims(released("2021-06-01", "2021-06-11"))));
        cases.put(Reason.TEST_TOO_OLD, new Case(kr, claims(test(NAAT, "2022-02-07T12:00:00+09:00", NOT_DETECTED))));
        cases.put(Reason.EXEMPTION_OVER, new Case(kr, claims(exemption("2022-02-09"))));
        cases.put(Reason.VACCINATION_INCOMPLETE, new Case(kr, claims(dose(1, 2, "2022-01-01"))));
        cases.put(Reason.RECOVERY_DAY_NOT_SHOWN, new Case(kr, claims(recovered("2022-01-01"))));
        cases.put(
                Reason.TEST_RESULT_NOT_ACCEPTED,
                new Case(eu, claims(test(RAT, "2022-02-10T11:00:00+09:00", DETECTED))));
        cases.put(
                Reason.TEST_TYPE_NOT_ACCEPTED,
                new Case(kr, claims(test(RAT, "2022-02-10T11:00:00+09:00", NOT_DETECTED))));
        cases.put(Reason.PRODUCT_NOT_ACCEPTED, new Case(kr, claims(dose("CVnCoV", 2, 2, "2022-01-01"))));
        cases.put(Reason.EVENT_KIND_NOT_ACCEPTED, new Case(eu, claims(exemption())));
        cases.put(Reason.TARGET_NOT_ACCEPTED, new Case(kr, claims(otherDisease)));
        cases.put(Reason.TOO_MANY_EVENTS, new Case(eu, claims(dose(1, 2, "2021-12-01"), dose(2, 2, "2022-01-01"))));
        cases.put(Reason.NO_RECORD_SHOWN, new Case(kr, claims()));
        return cases;
    }

    private static List<Reason> policyReasons() {
        return Arrays.stream(Reason.values())
                .filter(reason -> reason.stage() == Reason.Stage.POLICY)
                .toList();
    }

    @Test
    void theTableHasEveryReasonOfTheStage() {
        assertThat(cases().keySet()).containsExactlyInAnyOrderElementsOf(policyReasons());
    }

    @TestFactory
    Stream<DynamicTest> eachReasonIsReached() {
        return cases().entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey().code(), () -> {
                    Case reached = entry.getValue();
                    assertThat(reached.policy().judge(reached.claims(), NOW))
                            .isEqualTo(new PolicyResult.NotMet(entry.getKey()));
                }));
    }

    @Test
    void noReasonDescribesTheHolder() {
        assertThat(policyReasons()).allSatisfy(reason -> {
            assertThat(reason.code()).matches("[a-z]+(_[a-z]+)*").doesNotContainPattern(ABOUT_THE_HOLDER);
            assertThat(reason.sentence()).endsWith(".").doesNotContainPattern(ABOUT_THE_HOLDER);
        });
    }

    /**
     * All lacks at once, taken away nearest first: each time the next one in the order of the enum is named. Doses and
     * recoveries take turns, because together they can be accepted.
     */
    @ParameterizedTest
    @EnumSource(
            value = EventKind.class,
            names = {"VACCINATION", "RECOVERY"})
    void ofSeveralLacksTheNearestIsNamed(EventKind without) {
        List<Map.Entry<Reason, Case>> inOrder = cases().entrySet().stream()
                .filter(entry -> entry.getValue().policy().equals(kr))
                .filter(entry -> entry.getKey() != Reason.NO_RECORD_SHOWN)
                .filter(entry -> entry.getValue().claims().events().getFirst().kind() != without)
                .toList();
        assertThat(inOrder).hasSizeGreaterThan(4);
        for (int i = 0; i < inOrder.size(); i++) {
            Event[] events = inOrder.subList(i, inOrder.size()).stream()
                    .flatMap(entry -> entry.getValue().claims().events().stream())
                    .toArray(Event[]::new);
            assertThat(kr.judge(claims(events), NOW))
                    .isEqualTo(new PolicyResult.NotMet(inOrder.get(i).getKey()));
        }
    }
}
