package io.passgate.registry;

import io.passgate.model.Event;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * One thing a holder's record says. Days are calendar days where the event took place, from 1900 to 2100. Codes should
 * be those of the EU value sets; all that is asked of them is 1 to 40 letters, digits, {@code /}, {@code .}, {@code -}
 * and {@code _}. Its text shows nothing of it.
 */
public sealed interface HealthRecord {
    /** The disease that every entry is about (SNOMED CT). */
    String COVID_19 = "840539006";

    /** {@return what a policy judges; empty for what is no event} */
    Optional<Event> event();

    /**
     * A dose of a vaccine.
     *
     * @param product the medicinal product (DCC {@code mp})
     * @param dose this dose's number in the series, 1 to 99
     * @param of the doses of the series, 1 to 99; may be less than {@code dose}
     * @param date the day it was given
     * @param country where it was given, two capital letters
     */
    record Immunization(String product, int dose, int of, LocalDate date, String country) implements HealthRecord {
        /**
         * Holds each component to its range.
         *
         * @throws IllegalArgumentException if one is outside it; the message repeats none
         */
        public Immunization {
            HealthRecordShape.requireCode(product);
            HealthRecordShape.requireCount(dose);
            HealthRecordShape.requireCount(of);
            HealthRecordShape.requireDay(date);
            HealthRecordShape.requireCountry(country);
        }

        @Override
        public Optional<Event> event() {
            return Optional.of(new Event.Vaccination(COVID_19, product, dose, of, date));
        }

        @Override
        public String toString() {
            return "Immunization[…]";
        }
    }

    /**
     * An infection that is over.
     *
     * @param positiveOn the day of the first positive test
     * @param releasedOn the day of release from isolation, not before {@code positiveOn}
     * @param country where it was tested, two capital letters
     */
    record Recovery(LocalDate positiveOn, LocalDate releasedOn, String country) implements HealthRecord {
        /**
         * Holds each component to its range.
         *
         * @throws IllegalArgumentException if one is outside it; the message repeats none
         */
        public Recovery {
            HealthRecordShape.requireDay(positiveOn);
            HealthRecordShape.requireDay(releasedOn);
            if (releasedOn.isBefore(positiveOn)) {
                throw new IllegalArgumentException("nobody is released before the first positive test");
            }
            HealthRecordShape.requireCountry(country);
        }

        /** The DCC's own bounds on when it counts are left to whoever issues one. */
        @Override
        public Optional<Event> event() {
            return Optional.of(new Event.Recovery(
                    COVID_19, positiveOn, Optional.empty(), Optional.empty(), Optional.of(releasedOn)));
        }

        @Override
        public String toString() {
            return "Recovery[…]";
        }
    }

    /**
     * A test.
     *
     * @param type how it was made (DCC {@code tt})
     * @param testedAt when the sample was taken
     * @param result what it found (DCC {@code tr})
     * @param country where it was made, two capital letters
     */
    record Test(String type, Instant testedAt, String result, String country) implements HealthRecord {
        /**
         * Holds each component to its range.
         *
         * @throws IllegalArgumentException if one is outside it; the message repeats none
         */
        public Test {
            HealthRecordShape.requireCode(type);
            HealthRecordShape.requireInstant(testedAt);
            HealthRecordShape.requireCode(result);
            HealthRecordShape.requireCountry(country);
        }

        @Override
        public Optional<Event> event() {
            return Optional.of(new Event.Test(COVID_19, type, testedAt, result));
        }

        @Override
        public String toString() {
            return "Test[…]";
        }
    }

    /**
     * A medical exemption.
     *
     * @param until its last day, that day included; empty if it has no end
     */
    record Exemption(Optional<LocalDate> until) implements HealthRecord {
        /**
         * Holds the day to its range.
         *
         * @throws IllegalArgumentException if it is outside it; the message does not repeat it
         */
        public Exemption {
            until.ifPresent(HealthRecordShape::requireDay);
        }

        @Override
        public Optional<Event> event() {
            return Optional.of(new Event.Exemption(COVID_19, until));
        }

        @Override
        public String toString() {
            return "Exemption[…]";
        }
    }

    /**
     * The year of the holder's birth.
     *
     * @param year 1900 to 2100
     */
    record BirthYear(int year) implements HealthRecord {
        /**
         * Holds the year to its range.
         *
         * @throws IllegalArgumentException if it is outside it; the message does not repeat it
         */
        public BirthYear {
            HealthRecordShape.requireYear(year);
        }

        @Override
        public Optional<Event> event() {
            return Optional.empty();
        }

        @Override
        public String toString() {
            return "BirthYear[…]";
        }
    }
}
