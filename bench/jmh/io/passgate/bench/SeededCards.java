package io.passgate.bench;

import io.passgate.format.hcert.DccEvent;
import io.passgate.format.hcert.DccWriter;
import io.passgate.format.hcert.Subject;
import io.passgate.model.Event;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
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
    private static final LocalDate FIRST_BIRTH = LocalDate.of(1930, 1, 1);
    private static final int BIRTH_SPREAD_DAYS = 75 * 365;
    private static final String COVID_19 = "840539006";
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    private static final List<Name> FAMILY_NAMES = List.of(
            new Name("Müller", "MUELLER"),
            new Name("Papadopoulou", "PAPADOPOULOU"),
            new Name("d'Arsøns - van Halen", "DARSOENS<VAN<HALEN"),
            new Name("García Íñiguez", "GARCIA<INIGUEZ"),
            new Name("Żółkiewska", "ZOLKIEWSKA"),
            new Name("Andersson", "ANDERSSON"),
            new Name("Çelik", "CELIK"),
            new Name("Nagy-Szűcs", "NAGY<SZUCS"),
            new Name("Γεωργίου", "GEORGIOU"),
            new Name("Smith", "SMITH"));

    private static final List<Name> GIVEN_NAMES = List.of(
            new Name("Jürgen", "JUERGEN"),
            new Name("François-Joan", "FRANCOIS<JOAN"),
            new Name("Zoë", "ZOE"),
            new Name("María José", "MARIA<JOSE"),
            new Name("Anna", "ANNA"),
            new Name("Łukasz", "LUKASZ"),
            new Name("Ελένη", "ELENI"),
            new Name("Ingrid Viktoria", "INGRID<VIKTORIA"));

    private static final List<Vaccine> VACCINES = List.of(
            new Vaccine("1119349007", "EU/1/20/1528", "ORG-100030215", 2),
            new Vaccine("1119349007", "EU/1/20/1528", "ORG-100030215", 2),
            new Vaccine("1119349007", "EU/1/20/1507", "ORG-100031184", 2),
            new Vaccine("1119305005", "EU/1/21/1529", "ORG-100001699", 2),
            new Vaccine("1119305005", "EU/1/20/1525", "ORG-100001417", 1));

    private final Random random;

    SeededCards(long seed) {
        this.random = new Random(seed);
    }

    /** A name as written and as a travel document's machine-readable line has it. */
    private record Name(String written, String standardised) {}

    private record Vaccine(String prophylaxis, String product, String holder, int doses) {}

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
        return DccWriter.cwt(country, issuedAt, expiresAt, DccWriter.certificate(subject(), event));
    }

    private Subject subject() {
        Name family = pick(FAMILY_NAMES);
        Name given = pick(GIVEN_NAMES);
        return new Subject(
                family.standardised(),
                given.standardised(),
                Optional.of(family.written()),
                Optional.of(given.written()),
                FIRST_BIRTH.plusDays(random.nextInt(BIRTH_SPREAD_DAYS)).toString());
    }

    private DccEvent vaccination(String country, LocalDate on) {
        Vaccine vaccine = pick(VACCINES);
        return DccEvent.vaccination(
                new Event.Vaccination(COVID_19, vaccine.product(), vaccine.doses(), vaccine.doses(), on),
                vaccine.prophylaxis(),
                vaccine.holder(),
                attested(country));
    }

    private DccEvent test(String country, Instant sampled) {
        boolean naat = random.nextBoolean();
        DccEvent.TestDetails details = new DccEvent.TestDetails(
                naat ? Optional.of("Roche LightCycler qPCR") : Optional.empty(),
                naat ? Optional.empty() : Optional.of("1232"),
                Optional.of("Testzentrum " + random.nextInt(1, 2_000)));
        Event.Test test = new Event.Test(COVID_19, naat ? "LP6464-4" : "LP217198-3", sampled, "260415000");
        return DccEvent.test(test, details, attested(country));
    }

    private DccEvent recovery(String country, LocalDate firstPositive) {
        Event.Recovery recovery = new Event.Recovery(
                COVID_19,
                firstPositive,
                Optional.of(firstPositive.plusDays(11)),
                Optional.of(firstPositive.plusDays(180)),
                Optional.empty());
        return DccEvent.recovery(recovery, attested(country));
    }

    private DccEvent.Attested attested(String country) {
        return new DccEvent.Attested(
                country,
                "Ministry of Health, " + country,
                "URN:UVCI:01:" + country + ":" + letters(24) + "#" + letters(1));
    }

    private String letters(int count) {
        StringBuilder text = new StringBuilder(count);
        for (int i = 0; i < count; i++) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    private static Instant midnight(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
