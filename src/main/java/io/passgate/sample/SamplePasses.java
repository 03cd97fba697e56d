package io.passgate.sample;

import io.passgate.format.entrypass.EntryPass;
import io.passgate.format.entrypass.EntryPassEncoder;
import io.passgate.format.entrypass.EntryPassFormat;
import io.passgate.model.Age;
import io.passgate.model.Age.AgeBand;
import io.passgate.model.Claims;
import io.passgate.model.Event;
import io.passgate.model.FormatId;
import io.passgate.model.Kid;
import io.passgate.model.Slice;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Entry passes of the provider {@value #PROVIDER}, all issued at the instant that they are made for: they live 15 s. Of
 * 100 there are about 80 that show doses, 10 with a negative test beside them, and 20 for entry only. Nobody can read
 * their holder tags, which are drawn like everything else.
 */
public final class SamplePasses extends SampleSeries {
    /** Whose passes they are. */
    public static final String PROVIDER = "sample";

    private static final Duration CERTIFICATE_AROUND = Duration.ofDays(90);
    private static final Duration LONG_AGO = Duration.ofMinutes(2);
    private static final int DAYS_BETWEEN_DOSES = 28;

    private final Provider provider;
    private final Provider stranger;
    private final LocalDate today;

    /** A signer. */
    private record Provider(SeededKey key, byte[] certificate, Kid kid) {}

    /**
     * Makes the signers.
     *
     * @param plan what is made
     */
    public SamplePasses(Plan plan) {
        super(plan);
        today = LocalDate.ofInstant(plan.at(), ZoneOffset.UTC);
        provider = provider(plan, PROVIDER);
        stranger = provider(plan, "strange provider");
    }

    private static Provider provider(Plan plan, String name) {
        SeededKey key = plan.key(name);
        byte[] certificate = key.certificate(
                "XA",
                plan.organization(),
                "Invented provider " + name + " for tests only",
                plan.at().minus(CERTIFICATE_AROUND),
                plan.at().plus(CERTIFICATE_AROUND));
        return new Provider(key, certificate, Kid.ofCertificate(certificate));
    }

    @Override
    public List<byte[]> certificates() {
        return List.of(provider.certificate.clone());
    }

    @Override
    public FormatId format() {
        return EntryPassFormat.ID;
    }

    @Override
    SamplePayload payload(Random random, Fate fate) {
        Provider signer = fate == Fate.STRANGER ? stranger : provider;
        byte[] id = new byte[EntryPass.ID_BYTES];
        byte[] holderTag = new byte[EntryPass.TAG_BYTES];
        random.nextBytes(id);
        random.nextBytes(holderTag);
        List<Event> events = events(random);
        AgeBand band = random.nextInt(10) == 0 ? AgeBand.UP_TO_17 : AgeBand.ADULT;
        Instant issuedAt = fate == Fate.EXPIRED ? plan().at().minus(LONG_AGO) : plan().at();
        EntryPass pass =
                new EntryPass(PROVIDER, Slice.of(id), issuedAt, Slice.of(holderTag), events, Optional.of(band));
        String text = EntryPassEncoder.encode(pass, signer.kid, message -> signature(signer.key, fate, message));
        return new SamplePayload(text, refusal(fate, new Claims(events, new Age.Band(band))));
    }

    /** The oldest dose first, as a pass has them. */
    private List<Event> events(Random random) {
        List<Event> events = new ArrayList<>();
        int kind = random.nextInt(100);
        if (kind < 80) {
            SamplePeople.Vaccine vaccine = SamplePeople.vaccine(random);
            Event.Vaccination last = Doses.last(random, vaccine, today);
            if (last.dose() > 1) {
                events.add(vaccine.dose(last.dose() - 1, last.on().minusDays(DAYS_BETWEEN_DOSES)));
            }
            events.add(last);
        }
        if (kind < 10) {
            events.add(SamplePeople.test(random, Doses.sampledAt(random, plan().at())));
        }
        return events;
    }
}
