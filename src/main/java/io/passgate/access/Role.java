package io.passgate.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a client may do. Each has exactly one. */
public enum Role {
    /** An app, or a back-end of many, that asks for verdicts. */
    VERIFIER,
    /** A place that lets people in: it verifies, and checks in. */
    FACILITY,
    /** A facility that may see each dose, such as a hospital. */
    CARE_FACILITY,
    /** Who runs an app that people carry: it asks for passes in its holders' names. */
    PROVIDER,
    /** Who records immunizations, recoveries, tests, exemptions and birth years. */
    REGISTRAR,
    /** Who adds and removes signers and revocations. */
    TRUST_ADMIN,
    /** Who asks for the visits of a facility. */
    TRACER;

    /** {@return the name in configuration and answers, such as {@code trust-admin}} */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * {@return the role with this name, or empty if none has it}
     *
     * @param code as of {@link #code}, or anything else
     */
    public static Optional<Role> ofCode(String code) {
        return Arrays.stream(values()).filter(role -> role.code().equals(code)).findFirst();
    }
}
