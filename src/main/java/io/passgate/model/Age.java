package io.passgate.model;

import java.time.LocalDate;
import java.time.MonthDay;
import java.util.Optional;

/** What a credential says about its holder's age. */
public sealed interface Age {

    /** Nothing is said. */
    record Unknown() implements Age {}

    /**
     * A birth date of which month or day may be missing, as DCC {@code dob} allows.
     *
     * @param year of birth, in the Gregorian calendar
     * @param month 1 to 12, empty where it is not said
     * @param day 1 to 31, empty where it is not said
     */
    record Born(int year, Optional<Integer> month, Optional<Integer> day) implements Age {
        /**
         * A birth date as far as it is known.
         *
         * @throws java.time.DateTimeException if no calendar has it
         */
        public Born {
            var _ = LocalDate.of(year, month.orElse(1), day.orElse(1));
        }

        /** Says only that it is known. */
        @Override
        public String toString() {
            return "Born[…]";
        }

        /** {@return the latest day the holder can have been born on: whoever is old enough by it is old enough} */
        public LocalDate latest() {
            if (month.isEmpty()) {
                return LocalDate.of(year, 12, 31);
            }
            LocalDate first = LocalDate.of(year, month.get(), 1);
            return first.withDayOfMonth(day.orElse(first.lengthOfMonth()));
        }

        /**
         * {@return the earliest day the holder can have been born on: whoever is young enough by it is young enough}
         */
        public LocalDate earliest() {
            return MonthDay.of(month.orElse(1), day.orElse(1)).atYear(year);
        }
    }

    /**
     * A band, as an entry pass carries it instead of a birth year.
     *
     * @param band in the year in which the pass was issued, less the year of birth
     */
    record Band(AgeBand band) implements Age {}

    /** The bands of an entry pass, by birth year. */
    enum AgeBand {
        /** 17 or younger. */
        UP_TO_17,
        /** 18 years old. */
        EIGHTEEN,
        /** 19 or older. */
        ADULT
    }
}
