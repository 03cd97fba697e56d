package io.passgate.sample;

import io.passgate.format.hcert.DccEvent;
import io.passgate.format.hcert.DccWriter;
import io.passgate.format.hcert.EuDccFormat;
import io.passgate.format.hcert.HcertEncoder;
import io.passgate.format.hcert.Subject;
import io.passgate.model.Age;
import io.passgate.model.Algorithm;
import io.passgate.model.Claims;
import io.passgate.model.Event;
import io.passgate.model.FormatId;
import io.passgate.model.Kid;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * EU DCCs of eight invented states, most of them by few, as at a real door. Of 100 there are about 70 for a dose, 20
 * for a negative test and 10 for a recovery.
 */
public final class SampleCards extends SampleSeries {
    /** Codes that ISO 3166 leaves to its users: no country has them. */
    private static final List<String> STATES = List.of("XA", "XB", "XC", "XD", "XE", "XF", "XG", "XH");

    /** Of 100 cards, those of each state. */
    private static final int[] SHARES = {42, 20, 13, 9, 6, 5, 3, 2};

    private static final Duration CERTIFICATE_BEFORE = Duration.ofDays(730);
    private static final Duration CERTIFICATE_AFTER = Duration.ofDays(3_650);
    private static final int VALID_DAYS = 180;
    private static final int MOST_DAYS_OVER = 30;

    /** No test is younger than an hour. */
    private static final int MOST_SECONDS_OLD = 3_600;

    private final List<State> states = new ArrayList<>();
    private final State stranger;
    private final LocalDate today;

    /** A signer. */
    private record State(String country, SeededKey key, byte[] certificate, Kid kid) {}

    /**
     * Makes the signers.
     *
     * @param plan what is made
     */
    public SampleCards(Plan plan) {
        super(plan);
        today = LocalDate.ofInstant(plan.at(), ZoneOffset.UTC);
        for (String country : STATES) {
            states.add(state(plan, country, country));
        }
        stranger = state(plan, STATES.getFirst(), "stranger");
    }

    private static State state(Plan plan, String country, String name) {
        SeededKey key = plan.key(name);
        byte[] certificate = key.certificate(
                country,
                plan.organization(),
                "Invented signer " + name + " for tests only",
                plan.at().minus(CERTIFICATE_BEFORE),
                plan.at().plus(CERTIFICATE_AFTER));
        return new State(country, key, certificate, Kid.ofCertificate(certificate));
    }

    @Override
    public List<byte[]> certificates() {
        return states.stream().map(state -> state.certificate.clone()).toList();
    }

    @Override
    public FormatId format() {
        return EuDccFormat.ID;
    }

    @Override
    SamplePayload payload(Random random, Fate fate) {
        State state = fate == Fate.STRANGER ? stranger : draw(random);
        Subject subject = SamplePeople.subject(random);
        DccEvent.Attested attested = SamplePeople.attested(random, state.country);
        int kind = random.nextInt(100);
        if (kind < 70) {
            SamplePeople.Vaccine vaccine = SamplePeople.vaccine(random);
            Event.Vaccination dose = Doses.last(random, vaccine, today);
            return card(state, fate, random, subject, dose, vaccine.written(dose, attested));
        }
        if (kind < 90) {
            Event.Test test = SamplePeople.test(random, Doses.sampledAt(random, plan().at()));
            DccEvent written = DccEvent.test(test, SamplePeople.details(test, random), attested);
            return card(state, fate, random, subject, test, written);
        }
        Event.Recovery recovery = SamplePeople.recovery(Doses.infected(random, today));
        return card(state, fate, random, subject, recovery, DccEvent.recovery(recovery, attested));
    }

    private State draw(Random random) {
        int drawn = random.nextInt(100);
        int state = 0;
        for (int below = SHARES[0]; drawn >= below; below += SHARES[state]) {
            state++;
        }
        return states.get(state);
    }

    private SamplePayload card(State state, Fate fate, Random random, Subject subject, Event event, DccEvent written) {
        Instant issuedAt = plan().at().minusSeconds(random.nextInt(MOST_SECONDS_OLD));
        Instant expiresAt = issuedAt.plus(VALID_DAYS, ChronoUnit.DAYS);
        if (fate == Fate.EXPIRED) {
            expiresAt = plan().at().minusSeconds(1 + random.nextInt(MOST_DAYS_OVER * 86_400));
            issuedAt = expiresAt.minus(VALID_DAYS, ChronoUnit.DAYS);
        }
        byte[] cwt = DccWriter.cwt(state.country, issuedAt, expiresAt, DccWriter.certificate(subject, written));
        String text =
                HcertEncoder.encode(Algorithm.ES256, state.kid, cwt, message -> signature(state.key, fate, message));
        return new SamplePayload(text, refusal(fate, new Claims(List.of(event), born(subject))));
    }

    private static Age born(Subject subject) {
        LocalDate day = LocalDate.parse(subject.birthDate());
        return new Age.Born(day.getYear(), Optional.of(day.getMonthValue()), Optional.of(day.getDayOfMonth()));
    }
}
