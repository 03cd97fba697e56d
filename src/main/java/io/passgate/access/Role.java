package io.passgate.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a client may do. Each has exactly one. */
public enum Role {
    VERIFIER,
    FACILITY,
    /** A facility that may see each dose, such as a hospital. */
    CARE_FACILITY,
    PROVIDER,
    REGISTRAR,
    TRUST_ADMIN,
    TRACER;

    /** The name in configuration and answers, such as {@code trust-admin}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Role> ofCode(String code) {
        return Arrays.stream(values()).filter(role -> role.code().equals(code)).findFirst();
    }
}
