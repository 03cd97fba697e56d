package io.passgate.issuance;

import io.passgate.registry.HealthRecord;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a holder may let a provider show. Stored as bits, so that the order stays. */
public enum ConsentScope {
    /** Immunizations. */
    VACCINATION,
    /** Recoveries. */
    RECOVERY,
    /** Tests. */
    TEST,
    /** Exemptions from vaccination. */
    EXEMPTION,
    /** The age band, which follows from the birth year. */
    AGE;

    /** {@return the name in requests and answers, such as {@code vaccination}} */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * {@return the constant of a name; empty where none has it}
     *
     * @param code the name in requests
     */
    public static Optional<ConsentScope> ofCode(String code) {
        return Arrays.stream(values())
                .filter(consentScope -> consentScope.code().equals(code))
                .findFirst();
    }

    /**
     * {@return what a record is shown as}
     *
     * @param healthRecord of any kind
     */
    public static ConsentScope of(HealthRecord healthRecord) {
        return switch (healthRecord) {
            case HealthRecord.Immunization _ -> VACCINATION;
            case HealthRecord.Recovery _ -> RECOVERY;
            case HealthRecord.Test _ -> TEST;
            case HealthRecord.Exemption _ -> EXEMPTION;
            case HealthRecord.BirthYear _ -> AGE;
        };
    }

    /**
     * {@return the bits of a scope: bit n for the constant number n}
     *
     * @param scope each constant at most once
     */
    public static int bits(Collection<ConsentScope> scope) {
        return scope.stream()
                .mapToInt(consentScope -> 1 << consentScope.ordinal())
                .sum();
    }

    /**
     * {@return the scope with these bits, which belongs to the caller}
     *
     * @param bits as {@link #bits} makes them; those that this version does not know are nothing
     */
    public static Set<ConsentScope> ofBits(int bits) {
        Set<ConsentScope> scope = EnumSet.noneOf(ConsentScope.class);
        for (ConsentScope consentScope : values()) {
            if ((bits & 1 << consentScope.ordinal()) != 0) {
                scope.add(consentScope);
            }
        }
        return scope;
    }
}
