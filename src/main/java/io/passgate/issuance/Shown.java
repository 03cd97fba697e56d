package io.passgate.issuance;

import io.passgate.registry.Entry;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a holder may let a provider show. Stored as bits, so that the order stays. */
public enum Shown {
    VACCINATION,
    RECOVERY,
    TEST,
    EXEMPTION,
    AGE;

    /** The name in requests and answers. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Shown> ofCode(String code) {
        return Arrays.stream(values())
                .filter(shown -> shown.code().equals(code))
                .findFirst();
    }

    /** What an entry is shown as. */
    public static Shown of(Entry entry) {
        return switch (entry) {
            case Entry.Immunization unused -> VACCINATION;
            case Entry.Recovery unused -> RECOVERY;
            case Entry.Test unused -> TEST;
            case Entry.Exemption unused -> EXEMPTION;
            case Entry.BirthYear unused -> AGE;
        };
    }

    /** The bits of a scope: bit n for the constant number n. */
    public static int bits(Collection<Shown> scope) {
        return scope.stream().mapToInt(shown -> 1 << shown.ordinal()).sum();
    }

    /** The scope with these bits; those that this version does not know are nothing. */
    public static Set<Shown> ofBits(int bits) {
        Set<Shown> scope = EnumSet.noneOf(Shown.class);
        for (Shown shown : values()) {
            if ((bits & 1 << shown.ordinal()) != 0) {
                scope.add(shown);
            }
        }
        return scope;
    }
}
