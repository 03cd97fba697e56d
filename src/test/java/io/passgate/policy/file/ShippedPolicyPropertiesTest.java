package io.passgate.policy.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.model.Age;
import io.passgate.model.Claims;
import io.passgate.model.Event;
import io.passgate.model.PolicyResult;
import io.passgate.policy.Policy;
import io.passgate.policy.Samples;
import io.passgate.policy.rule.RulePolicy;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What must hold of every shipped policy, whatever a credential says. */
final class ShippedPolicyPropertiesTest {
    private static final LocalDate MIDDLE = LocalDate.parse("2022-01-15");
    private static final long SPAN_SECONDS = 400L * 86_400;

    private final List<RulePolicy> policies = ShippedPolicies.all();

    @Property(edgeCases = EdgeCasesMode.NONE)
    void anEndIsTheLastSecondInWhichOneEventIsAccepted(@ForAll("events") Event event, @ForAll("instants") Instant at) {
        Claims claims = new Claims(List.of(event), new Age.Unknown());
        for (RulePolicy policy : policies) {
            switch (policy.judge(claims, at)) {
                case PolicyResult.Met met
                when met.until().isPresent() -> {
                    Instant last = met.until().get();
                    assertThat(last).isAfterOrEqualTo(at);
                    assertThat(policy.judge(claims, last)).isEqualTo(met);
                    assertThat(policy.judge(claims, last.plusSeconds(1))).isInstanceOf(PolicyResult.NotMet.class);
                }
                case PolicyResult.Met met ->
                    assertThat(policy.judge(claims, at.plusSeconds(100 * SPAN_SECONDS)))
                            .isInstanceOfSatisfying(
                                    PolicyResult.Met.class,
                                    later -> assertThat(later.until()).isEmpty());
                case PolicyResult.NotMet lacking ->
                    assertThat(lacking.reason().code()).isNotEqualTo("no_record_shown");
                case PolicyResult.NotAsked notAsked -> throw new AssertionError(notAsked);
            }
        }
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void theOrderOfEventsDoesNotMatter(
            @ForAll("eventLists") List<Event> events, @ForAll("instants") Instant at, @ForAll Random random) {
        List<Event> shuffled = new ArrayList<>(events);
        Collections.shuffle(shuffled, random);
        for (RulePolicy policy : policies) {
            assertThat(policy.judge(new Claims(shuffled, new Age.Unknown()), at))
                    .isEqualTo(policy.judge(new Claims(events, new Age.Unknown()), at));
        }
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void oneMoreEventNeverShortensWhatIsAccepted(
            @ForAll("eventLists") List<Event> events, @ForAll("events") Event more, @ForAll("instants") Instant at) {
        List<Event> all = new ArrayList<>(events);
        all.add(more);
        for (RulePolicy policy : policies) {
            if (all.size() <= policy.maxEvents()) {
                assertThat(end(policy, all, at)).isAfterOrEqualTo(end(policy, events, at));
            }
        }
    }

    private static Instant end(Policy policy, List<Event> events, Instant at) {
        return policy.judge(new Claims(events, new Age.Unknown()), at) instanceof PolicyResult.Met(var rule, var until)
                ? until.orElse(Instant.MAX)
                : Instant.MIN;
    }

    @Property
    void noDateHoweverAbsurd_makesAPolicyThrow(
            @ForAll("absurdDays") LocalDate first,
            @ForAll("absurdDays") LocalDate second,
            @ForAll("absurdInstants") Instant sampled,
            @ForAll("instants") Instant at) {
        List<Event> events = List.of(
                new Event.Vaccination(Samples.COVID_19, Samples.COMIRNATY, 2, 2, first),
                new Event.Recovery(
                        Samples.COVID_19, first, Optional.of(second), Optional.of(second), Optional.of(second)),
                new Event.Test(Samples.COVID_19, Samples.NAAT, sampled, Samples.NOT_DETECTED),
                new Event.Exemption(Samples.COVID_19, Optional.of(second)));
        for (RulePolicy policy : policies) {
            assertThat(policy.judge(new Claims(events, new Age.Unknown()), at)).isNotNull();
            for (Event event : events) {
                assertThat(policy.judge(new Claims(List.of(event), new Age.Unknown()), at))
                        .isNotNull();
            }
        }
    }

    @Provide
    Arbitrary<Instant> instants() {
        Instant middle = Samples.at("2022-01-15T00:00:00+09:00");
        return Arbitraries.longs().between(-SPAN_SECONDS, SPAN_SECONDS).map(middle::plusSeconds);
    }

    @Provide
    Arbitrary<LocalDate> absurdDays() {
        return Arbitraries.of(LocalDate.MIN, LocalDate.EPOCH, MIDDLE, LocalDate.of(9999, 12, 31), LocalDate.MAX);
    }

    @Provide
    Arbitrary<Instant> absurdInstants() {
        return Arbitraries.of(Instant.MIN, Instant.EPOCH, Instant.MAX);
    }

    @Provide
    Arbitrary<List<Event>> eventLists() {
        return events().list().ofMaxSize(5);
    }

    @Provide
    Arbitrary<Event> events() {
        return Arbitraries.oneOf(vaccinations(), tests(), recoveries(), exemptions());
    }

    private static Arbitrary<LocalDate> days() {
        return Arbitraries.integers().between(-400, 400).map(MIDDLE::plusDays);
    }

    private static Arbitrary<Event> vaccinations() {
        Arbitrary<String> products = Arbitraries.of(Samples.COMIRNATY, Samples.JANSSEN, "CVnCoV");
        Arbitrary<Integer> counts = Arbitraries.integers().between(1, 4);
        return Combinators.combine(products, counts, counts, days())
                .as((product, dose, of, on) -> new Event.Vaccination(Samples.COVID_19, product, dose, of, on));
    }

    private Arbitrary<Event> tests() {
        return Combinators.combine(
                        Arbitraries.of(Samples.NAAT, Samples.RAT, "LP0-0"),
                        instants(),
                        Arbitraries.of(Samples.NOT_DETECTED, Samples.DETECTED))
                .as((type, at, result) -> new Event.Test(Samples.COVID_19, type, at, result));
    }

    private static Arbitrary<Event> recoveries() {
        return Combinators.combine(days(), days().optional(), days().optional(), days().optional())
                .as((first, from, until, released) ->
                        new Event.Recovery(Samples.COVID_19, first, from, until, released));
    }

    private static Arbitrary<Event> exemptions() {
        return days().optional().map(until -> new Event.Exemption(Samples.COVID_19, until));
    }
}
