package io.passgate.issuance.wallet;

import io.passgate.format.hcert.DccEvent;
import io.passgate.model.Event;
import io.passgate.registry.HealthRecord;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What an entry of a record is as the event of a DCC, before anything is signed. */
sealed interface DraftEvent {
    /**
     * Days from the first positive test to the first on which a recovery counts (Regulation (EU) 2021/953, article 7).
     */
    int RECOVERY_FROM_DAYS = 11;

    /** Days from the first positive test to the last on which it counts (the same, annex, section 3). */
    int RECOVERY_UNTIL_DAYS = 180;

    /** NAAT and rapid antigen test: the EU value set {@code covid-19-lab-test-type}. */
    Set<String> TEST_TYPES = Set.of("LP6464-4", "LP217198-3");

    /** Not detected and detected: the EU value set {@code covid-19-lab-result}. */
    Set<String> TEST_RESULTS = Set.of("260415000", "260373001");

    /** ISO 3166 alpha-2: the EU value set {@code country-2-codes}. */
    Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

    /** A DCC can say it. */
    record Written(DccEvent event) implements DraftEvent {}

    /** It can not. */
    record Unwritable(Uncertifiable reason) implements DraftEvent {}

    static boolean isCountry(String code) {
        return COUNTRIES.contains(code);
    }

    /**
     * The draft of one event, for {@code issuer} under {@code uci}.
     *
     * @throws IllegalArgumentException if the entry is no event
     */
    static DraftEvent of(HealthRecord healthRecord, String issuer, Uci uci) {
        return switch (healthRecord) {
            case HealthRecord.Immunization dose -> vaccination(dose, issuer, uci);
            case HealthRecord.Recovery recovery -> recovery(recovery, issuer, uci);
            case HealthRecord.Test test -> test(test, issuer, uci);
            case HealthRecord.Exemption _ -> new Unwritable(Uncertifiable.EXEMPTION);
            case HealthRecord.BirthYear _ -> throw new IllegalArgumentException("a birth year is no event");
        };
    }

    private static DraftEvent vaccination(HealthRecord.Immunization dose, String issuer, Uci uci) {
        Optional<Vaccine> vaccine = Vaccine.of(dose.product());
        if (vaccine.isEmpty()) {
            return new Unwritable(Uncertifiable.PRODUCT_UNKNOWN);
        }
        if (!isCountry(dose.country())) {
            return new Unwritable(Uncertifiable.COUNTRY_UNKNOWN);
        }
        Event.Vaccination vaccination =
                new Event.Vaccination(HealthRecord.COVID_19, dose.product(), dose.dose(), dose.of(), dose.date());
        return new Written(DccEvent.vaccination(
                vaccination,
                vaccine.get().prophylaxis(),
                vaccine.get().holder(),
                attested(dose.country(), issuer, uci)));
    }

    private static DraftEvent recovery(HealthRecord.Recovery recovery, String issuer, Uci uci) {
        if (!isCountry(recovery.country())) {
            return new Unwritable(Uncertifiable.COUNTRY_UNKNOWN);
        }
        Event.Recovery bounded = new Event.Recovery(
                HealthRecord.COVID_19,
                recovery.positiveOn(),
                Optional.of(recovery.positiveOn().plusDays(RECOVERY_FROM_DAYS)),
                Optional.of(recovery.positiveOn().plusDays(RECOVERY_UNTIL_DAYS)),
                Optional.empty());
        return new Written(DccEvent.recovery(bounded, attested(recovery.country(), issuer, uci)));
    }

    /**
     * The sampling is told to the second. A record knows neither the test's name, nor its device, nor where it was
     * made.
     */
    private static DraftEvent test(HealthRecord.Test test, String issuer, Uci uci) {
        if (!TEST_TYPES.contains(test.type())) {
            return new Unwritable(Uncertifiable.TEST_TYPE_UNKNOWN);
        }
        if (!TEST_RESULTS.contains(test.result())) {
            return new Unwritable(Uncertifiable.TEST_RESULT_UNKNOWN);
        }
        if (!isCountry(test.country())) {
            return new Unwritable(Uncertifiable.COUNTRY_UNKNOWN);
        }
        Event.Test sampled = new Event.Test(
                HealthRecord.COVID_19, test.type(), test.testedAt().truncatedTo(ChronoUnit.SECONDS), test.result());
        return new Written(DccEvent.test(sampled, DccEvent.TestDetails.UNKNOWN, attested(test.country(), issuer, uci)));
    }

    private static DccEvent.Attested attested(String country, String issuer, Uci uci) {
        return new DccEvent.Attested(country, issuer, uci.text());
    }
}
