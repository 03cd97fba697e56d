package io.passgate.model;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * One thing a credential attests, as text by its kind only: the rest is a person's. Codes are those of the EU value
 * sets, as written in the credential.
 */
public sealed interface Event {

    EventKind kind();

    /** The disease or agent targeted (DCC {@code tg}); 840539006 is COVID-19. */
    String target();

    /**
     * One dose.
     *
     * @param product the medicinal product (DCC {@code mp})
     * @param dose this dose's number in the series (DCC {@code dn}), positive
     * @param of the doses of the series (DCC {@code sd}), positive; may be less than {@code dose}
     * @param on the day it was given (DCC {@code dt})
     */
    record Vaccination(String target, String product, int dose, int of, LocalDate on) implements Event {
        public Vaccination {
            if (dose < 1 || of < 1) {
                throw new IllegalArgumentException("dose and total are positive");
            }
        }

        @Override
        public EventKind kind() {
            return EventKind.VACCINATION;
        }

        @Override
        public String toString() {
            return "Vaccination[…]";
        }
    }

    /**
     * One test.
     *
     * @param type how it was made (DCC {@code tt}, a LOINC part number)
     * @param at when the sample was taken (DCC {@code sc})
     * @param result what it found (DCC {@code tr}, a SNOMED CT code)
     */
    record Test(String target, String type, Instant at, String result) implements Event {
        @Override
        public EventKind kind() {
            return EventKind.TEST;
        }

        @Override
        public String toString() {
            return "Test[…]";
        }
    }

    /**
     * One recovery.
     *
     * @param firstPositiveOn the day of the first positive test (DCC {@code fr})
     * @param validFrom from when the issuer lets it count (DCC {@code df})
     * @param validUntil until when the issuer lets it count, that day included (DCC {@code du})
     * @param releasedOn the day of release from isolation; a DCC does not carry it
     */
    record Recovery(
            String target,
            LocalDate firstPositiveOn,
            Optional<LocalDate> validFrom,
            Optional<LocalDate> validUntil,
            Optional<LocalDate> releasedOn)
            implements Event {
        @Override
        public EventKind kind() {
            return EventKind.RECOVERY;
        }

        @Override
        public String toString() {
            return "Recovery[…]";
        }
    }

    /** A medical exemption, until its last day if it has one. A DCC cannot express it. */
    record Exemption(String target, Optional<LocalDate> until) implements Event {
        @Override
        public EventKind kind() {
            return EventKind.EXEMPTION;
        }

        @Override
        public String toString() {
            return "Exemption[…]";
        }
    }
}
