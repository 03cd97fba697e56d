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
    VACCINATION,
    RECOVERY,
    TEST,
    EXEMPTION,
    AGE;

    /** The name in requests and answers. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<ConsentScope> ofCode(String code) {
        return Arrays.stream(values())
                .filter(consentScope -> consentScope.code().equals(code))
                .findFirst();
    }

    /** What an entry is shown as. */
    public static ConsentScope of(HealthRecord healthRecord) {
        return switch (healthRecord) {
            case HealthRecord.Immunization _ -> VACCINATION;
            case HealthRecord.Recovery _ -> RECOVERY;
            case HealthRecord.Test _ -> TEST;
            case HealthRecord.Exemption _ -> EXEMPTION;
            case HealthRecord.BirthYear _ -> AGE;
        };
    }

    /** The bits of a scope: bit n for the constant number n. */
    public static int bits(Collection<ConsentScope> scope) {
        return scope.stream()
                .mapToInt(consentScope -> 1 << consentScope.ordinal())
                .sum();
    }

    /** The scope with these bits; those that this version does not know are nothing. */
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
