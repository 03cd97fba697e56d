package io.passgate.policy.file;

import java.time.LocalDate;

/** What a policy file is named by: whose policy it is, and its first day. */
record PolicyId(String name, LocalDate validFrom) {

    /**
     * Reads {@code NAME@DATE}.
     *
     * @throws IllegalArgumentException if there is no {@code @}
     * @throws java.time.DateTimeException if what follows it is no date
     */
    static PolicyId parse(String text) {
        int at = text.indexOf('@');
        if (at < 0) {
            throw new IllegalArgumentException(text + " is not name@date");
        }
        return new PolicyId(text.substring(0, at), LocalDate.parse(text.substring(at + 1)));
    }

    @Override
    public String toString() {
        return name + "@" + validFrom;
    }
}
