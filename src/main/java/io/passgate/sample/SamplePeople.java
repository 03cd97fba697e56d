package io.passgate.sample;

import io.passgate.format.hcert.DccEvent;
import io.passgate.format.hcert.DccEvent.Attested;
import io.passgate.format.hcert.Subject;
import io.passgate.model.Event;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * People who do not exist, and what their certificates attest, as states issued them: names with accents and without,
 * usual vaccines, tests of both kinds. Whoever draws the same numbers gets the same people.
 */
public final class SamplePeople {
    /** What every event is about (SNOMED CT). */
    public static final String COVID_19 = "840539006";

    /** The first type of test by its number of the value set: nucleic acid amplification. */
    private static final String NAAT = "LP6464-4";

    private static final String RAPID = "LP217198-3";
    private static final String NOT_DETECTED = "260415000";
    private static final LocalDate FIRST_BIRTH = LocalDate.of(1930, 1, 1);
    private static final int BIRTH_SPREAD_DAYS = 75 * 365;
    private static final int FIRST_VALID_DAY = 11;
    private static final int LAST_VALID_DAY = 180;
    private static final int TEST_CENTRES = 2_000;
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

    private SamplePeople() {}

    /** A name as written and as a travel document's machine-readable line has it. */
    private record Name(String written, String standardised) {}

    /**
     * A vaccine as a certificate names it.
     *
     * @param prophylaxis its kind (DCC {@code vp})
     * @param product DCC {@code mp}
     * @param holder the marketing authorisation holder (DCC {@code ma})
     * @param doses of a primary series
     */
    public record Vaccine(String prophylaxis, String product, String holder, int doses) {
        /**
         * {@return a dose of it}
         *
         * @param dose this dose's number
         * @param on the day it was given
         */
        public Event.Vaccination dose(int dose, LocalDate on) {
            return new Event.Vaccination(COVID_19, product, dose, doses, on);
        }

        /**
         * {@return a dose of it, to be written into a certificate}
         *
         * @param dose of this vaccine
         * @param attested who attests it
         */
        public DccEvent written(Event.Vaccination dose, Attested attested) {
            return DccEvent.vaccination(dose, prophylaxis, holder, attested);
        }
    }

    /**
     * {@return somebody, born from 1930 to 2004}
     *
     * @param random draws family name, given name and day of birth
     */
    public static Subject subject(RandomGenerator random) {
        Name family = pick(random, FAMILY_NAMES);
        Name given = pick(random, GIVEN_NAMES);
        return new Subject(
                family.standardised(),
                given.standardised(),
                Optional.of(family.written()),
                Optional.of(given.written()),
                FIRST_BIRTH.plusDays(random.nextInt(BIRTH_SPREAD_DAYS)).toString());
    }

    /**
     * {@return a vaccine of which people had two doses or one}
     *
     * @param random draws it
     */
    public static Vaccine vaccine(RandomGenerator random) {
        return pick(random, VACCINES);
    }

    /**
     * {@return a negative test}
     *
     * @param random draws whether it is a rapid one
     * @param sampledAt when the sample was taken
     */
    public static Event.Test test(RandomGenerator random, Instant sampledAt) {
        return new Event.Test(COVID_19, random.nextBoolean() ? NAAT : RAPID, sampledAt, NOT_DETECTED);
    }

    /**
     * {@return how and where such a test was made}
     *
     * @param test one of {@link #test}
     * @param random draws where
     */
    public static DccEvent.TestDetails details(Event.Test test, RandomGenerator random) {
        boolean naat = test.type().equals(NAAT);
        return new DccEvent.TestDetails(
                naat ? Optional.of("Roche LightCycler qPCR") : Optional.empty(),
                naat ? Optional.empty() : Optional.of("1232"),
                Optional.of("Testzentrum " + random.nextInt(1, TEST_CENTRES)));
    }

    /**
     * {@return a recovery that its issuer lets count from the 11th to the 180th day}
     *
     * @param firstPositive the day of the first positive test
     */
    public static Event.Recovery recovery(LocalDate firstPositive) {
        return new Event.Recovery(
                COVID_19,
                firstPositive,
                Optional.of(firstPositive.plusDays(FIRST_VALID_DAY)),
                Optional.of(firstPositive.plusDays(LAST_VALID_DAY)),
                Optional.empty());
    }

    /**
     * {@return who attests an event, under an identifier that nobody else has}
     *
     * @param random draws the identifier
     * @param country of the issuer
     */
    public static Attested attested(RandomGenerator random, String country) {
        return new Attested(
                country,
                "Ministry of Health, " + country,
                "URN:UVCI:01:" + country + ":" + letters(random, 24) + "#" + letters(random, 1));
    }

    private static String letters(RandomGenerator random, int count) {
        StringBuilder text = new StringBuilder(count);
        for (int i = 0; i < count; i++) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }

    private static <T> T pick(RandomGenerator random, List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
