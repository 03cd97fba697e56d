package io.passgate.bench;

import io.passgate.format.hcert.DccEvent;
import io.passgate.format.hcert.DccWriter;
import io.passgate.model.Event;
import io.passgate.sample.SamplePeople;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Random;

/**
 * Makes the claims sets of EU DCCs as states issued them: people with accents and without, vaccinations, tests and
 * recoveries. The same seed makes the same cards. All of them meet {@code eu@2022-02-01} at {@link #POLICY_INSTANT},
 * and none expires before 2036, so that a gateway that judges by its own clock accepts them too.
 */
final class SeededCards {
    /** When the events of every card meet the policy. */
    static final Instant POLICY_INSTANT = Instant.parse("2022-02-15T12:00:00Z");

    private static final Instant FIRST_EXPIRY = Instant.parse("2036-01-01T00:00:00Z");
    private static final int EXPIRY_SPREAD_DAYS = 500;
    private static final LocalDate POLICY_DAY = LocalDate.ofInstant(POLICY_INSTANT, ZoneOffset.UTC);
    private final Random random;

    SeededCards(long seed) {
        this.random = new Random(seed);
    }

    /** The next card's encoded claims set, issued by {@code country}. */
    byte[] next(String country) {
        int kind = random.nextInt(100);
        if (kind < 70) {
            LocalDate on = POLICY_DAY.minusDays(random.nextInt(20, 260));
            return cwt(country, midnight(on.plusDays(1)), vaccination(country, on));
        }
        if (kind < 90) {
            Instant sampled = POLICY_INSTANT.minus(random.nextInt(60, 20 * 60), ChronoUnit.MINUTES);
            return cwt(country, sampled, test(country, sampled));
        }
        LocalDate firstPositive = POLICY_DAY.minusDays(random.nextInt(15, 170));
        return cwt(country, midnight(firstPositive.plusDays(11)), recovery(country, firstPositive));
    }

    private byte[] cwt(String country, Instant notIssuedBefore, DccEvent event) {
        long window = Duration.between(notIssuedBefore, POLICY_INSTANT).toSeconds();
        Instant issuedAt = notIssuedBefore.plusSeconds(random.nextLong(window));
        Instant expiresAt = FIRST_EXPIRY.plus(random.nextInt(EXPIRY_SPREAD_DAYS), ChronoUnit.DAYS);
        return DccWriter.cwt(country, issuedAt, expiresAt, DccWriter.certificate(SamplePeople.subject(random), event));
    }

    private DccEvent vaccination(String country, LocalDate on) {
        SamplePeople.Vaccine vaccine = SamplePeople.vaccine(random);
        return vaccine.written(vaccine.dose(vaccine.doses(), on), SamplePeople.attested(random, country));
    }

    private DccEvent test(String country, Instant sampled) {
        Event.Test test = SamplePeople.test(random, sampled);
        DccEvent.TestDetails details = SamplePeople.details(test, random);
        return DccEvent.test(test, details, SamplePeople.attested(random, country));
    }

    private DccEvent recovery(String country, LocalDate firstPositive) {
        return DccEvent.recovery(SamplePeople.recovery(firstPositive), SamplePeople.attested(random, country));
    }

    private static Instant midnight(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
