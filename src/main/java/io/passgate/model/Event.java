package io.passgate.model;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * One thing a credential attests, as text by its kind only: the rest is a person's. Codes are those of the EU value
 * sets, as written in the credential.
 */
public sealed interface Event {

    /** {@return what kind of event it is} */
    EventKind kind();

    /** {@return the disease or agent targeted (DCC {@code tg}), a SNOMED CT code} 840539006 is COVID-19. */
    String target();

    /**
     * One dose.
     *
     * @param target the disease it protects from (DCC {@code tg})
     * @param product the medicinal product (DCC {@code mp})
     * @param dose this dose's number in the series (DCC {@code dn}), positive
     * @param of the doses of the series (DCC {@code sd}), positive; may be less than {@code dose}
     * @param on the day it was given (DCC {@code dt})
     */
    record Vaccination(String target, String product, int dose, int of, LocalDate on) implements Event {
        /**
         * Holds the numbers to what they may be.
         *
         * @throws IllegalArgumentException if {@code dose} or {@code of} is not positive
         */
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
     * @param target the disease tested for (DCC {@code tg})
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
     * @param target the disease recovered from (DCC {@code tg})
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

    /**
     * A medical exemption. A DCC cannot express it.
     *
     * @param target the disease that it exempts from proofs of
     * @param until its last day, that day included; empty if it has no end
     */
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
