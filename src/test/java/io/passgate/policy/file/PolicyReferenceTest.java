package io.passgate.policy.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.model.Age;
import io.passgate.model.Claims;
import io.passgate.model.Event;
import io.passgate.model.PolicyResult;
import io.passgate.model.Reason;
import io.passgate.policy.Samples;
import io.passgate.policy.rule.RulePolicy;
import io.passgate.policy.rule.SlowRulePolicy;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every shipped policy, in its own zone and in zones that change their clocks, at midnight too, beside the slow
 * reference: the same result for the same claims, nearly all of them a day or a second from where something begins or
 * ends.
 */
final class PolicyReferenceTest {
    private static final int CLAIMS = 5_000;
    private static final LocalDate AROUND = LocalDate.parse("2022-03-27");

    /** Days that a shipped policy counts to, and some years to birthdays. */
    private static final int[] COUNTED = {0, 1, 11, 14, 90, 180, 270};

    /** Of each kind at least so many, so that nothing is compared only seldom. */
    private static final int LEAST = 4;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "own",
                "UTC",
                "Asia/Seoul",
                "Europe/Berlin",
                "America/Sao_Paulo",
                "Africa/Cairo",
                "Asia/Beirut",
                "Australia/Lord_Howe",
                "Pacific/Apia",
                "+18:00",
                "-18:00"
            })
    void theSameIsFoundAsByTheReference(String zone) {
        Map<String, Integer> found = new HashMap<>();
        for (RulePolicy shipped : ShippedPolicies.all()) {
            RulePolicy policy = zone.equals("own") ? shipped : in(ZoneId.of(zone), shipped);
            long seed = 20_220_327L + zone.hashCode();
            Random random = new Random(seed);
            for (int i = 0; i < CLAIMS; i++) {
                Claims claims = claims(random, policy.zone());
                Instant at = instant(random, policy.zone());
                PolicyResult expected = SlowRulePolicy.judge(policy, claims, at);
                assertThat(policy.judge(claims, at))
                        .as("%s in %s, seed %d, claims %d", policy.id(), policy.zone(), seed, i)
                        .isEqualTo(expected);
                assertThat(policy.vaccinated(claims, at))
                        .as("vaccinated by %s, seed %d, claims %d", policy.id(), seed, i)
                        .isEqualTo(SlowRulePolicy.vaccinated(policy, claims, at));
                var _ = found.merge(name(expected), 1, Integer::sum);
            }
        }
        assertEachIsFound(found);
    }

    private static RulePolicy in(ZoneId zone, RulePolicy policy) {
        return new RulePolicy(
                policy.name(), policy.validFrom(), zone, policy.maxEvents(), policy.targets(), policy.rules());
    }

    private static String name(PolicyResult result) {
        return switch (result) {
            case PolicyResult.Met(var rule, var until) -> rule + (until.isPresent() ? " until" : "");
            case PolicyResult.NotMet(var reason) -> reason.code();
            case PolicyResult.NotAsked() -> throw new AssertionError("not asked");
        };
    }

    private static void assertEachIsFound(Map<String, Integer> found) {
        List<String> wanted = new ArrayList<>(List.of(
                "vaccination_booster",
                "vaccination_complete",
                "vaccination_complete until",
                "vaccination_and_recovery",
                "recovery until",
                "test_negative until",
                "under_age_exempt",
                "under_age_exempt until",
                "medical_exemption",
                "medical_exemption until"));
        for (Reason reason : Reason.values()) {
            if (reason.stage() == Reason.Stage.POLICY && reason != Reason.RECOVERY_DAY_NOT_SHOWN) {
                wanted.add(reason.code());
            }
        }
        assertThat(wanted)
                .allSatisfy(
                        name -> assertThat(found.getOrDefault(name, 0)).as(name).isGreaterThan(LEAST));
    }

    private static Claims claims(Random random, ZoneId zone) {
        List<Event> events = new ArrayList<>();
        int count = random.nextInt(8) == 0 ? random.nextInt(18) : 1 + random.nextInt(3) / 2;
        for (int i = random.nextInt(12) == 0 ? count : 0; i < count; i++) {
            events.add(event(random, zone));
        }
        return new Claims(events, age(random));
    }

    private static Event event(Random random, ZoneId zone) {
        String target = random.nextInt(12) == 0 ? "other" : Samples.COVID_19;
        return switch (random.nextInt(5)) {
            case 0, 1 ->
                new Event.Vaccination(
                        target,
                        pick(random, Samples.COMIRNATY, Samples.COMIRNATY, Samples.JANSSEN, "other"),
                        1 + random.nextInt(4),
                        1 + random.nextInt(3),
                        day(random));
            case 2 ->
                new Event.Test(
                        target,
                        pick(random, Samples.NAAT, Samples.NAAT, Samples.RAT, "other"),
                        instant(random, zone).minusSeconds(3_600L * pickHours(random)),
                        random.nextInt(6) == 0 ? Samples.DETECTED : Samples.NOT_DETECTED);
            case 3 -> new Event.Recovery(target, day(random), maybeDay(random), maybeDay(random), maybeDay(random));
            default -> new Event.Exemption(target, maybeDay(random));
        };
    }

    private static int pickHours(Random random) {
        return new int[] {0, 20, 24, 48, 72}[random.nextInt(5)];
    }

    private static Optional<LocalDate> maybeDay(Random random) {
        return random.nextInt(3) == 0 ? Optional.empty() : Optional.of(day(random));
    }

    private static LocalDate day(Random random) {
        return switch (random.nextInt(40)) {
            case 0 -> LocalDate.MIN;
            case 1 -> LocalDate.MAX;
            case 2 -> LocalDate.of(9999, 12, 31);
            case 3 -> LocalDate.of(2099, 12, 31).plusDays(random.nextInt(4));
            case 4 -> AROUND.minusDays(random.nextInt(60_000));
            default ->
                AROUND.plusDays(random.nextInt(5) - 2)
                        .minusDays(COUNTED[random.nextInt(COUNTED.length)])
                        .plusDays(random.nextInt(5) - 2);
        };
    }

    /** Near a midnight, near one at which clocks change, or anywhere. */
    private static Instant instant(Random random, ZoneId zone) {
        LocalDate day = switch (random.nextInt(8)) {
            case 0 -> LocalDate.of(1900 + random.nextInt(220), 1, 1).plusDays(random.nextInt(365));
            case 1 -> changeOfClocks(random, zone);
            default -> AROUND.plusDays(random.nextInt(5) - 2);
        };
        Instant midnight = day.atStartOfDay(zone).toInstant();
        return switch (random.nextInt(4)) {
            case 0 -> midnight.plusSeconds(random.nextInt(86_400));
            case 1 -> midnight.plusNanos(random.nextLong(-2_000_000_000L, 2_000_000_000L));
            default -> midnight.plusSeconds(random.nextInt(3) - 1);
        };
    }

    private static LocalDate changeOfClocks(Random random, ZoneId zone) {
        Instant from =
                AROUND.minusDays(random.nextInt(30_000)).atStartOfDay(zone).toInstant();
        var next = zone.getRules().nextTransition(from);
        return next == null ? AROUND : next.getDateTimeBefore().toLocalDate().plusDays(random.nextInt(3) - 1);
    }

    private static Age age(Random random) {
        Age.AgeBand[] bands = Age.AgeBand.values();
        int years = new int[] {0, 11, 12, 17, 18, 19, 60}[random.nextInt(7)];
        LocalDate born = random.nextInt(5) == 0
                ? LocalDate.of(2004 + 4 * random.nextInt(5), 2, 29)
                : AROUND.minusYears(years).plusDays(random.nextInt(7) - 3);
        return switch (random.nextInt(8)) {
            case 0 -> new Age.Band(bands[random.nextInt(bands.length)]);
            case 1 -> new Age.Born(born.getYear(), Optional.empty(), Optional.empty());
            case 2 -> new Age.Born(born.getYear(), Optional.of(born.getMonthValue()), Optional.empty());
            case 3, 4 ->
                new Age.Born(born.getYear(), Optional.of(born.getMonthValue()), Optional.of(born.getDayOfMonth()));
            default -> new Age.Unknown();
        };
    }

    @SafeVarargs
    private static <T> T pick(Random random, T... from) {
        return from[random.nextInt(from.length)];
    }
}
