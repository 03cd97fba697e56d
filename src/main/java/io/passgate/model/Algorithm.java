package io.passgate.model;

import java.util.Optional;

/** A signature algorithm of the IANA COSE registry that Passgate verifies. */
public enum Algorithm {
    /** ECDSA on P-256 with SHA-256 (RFC 9053 section 2.1); the signature is r then s, 32 bytes each. */
    ES256(-7),
    /** ECDSA with SHA-384, here on P-384 only; the signature is r then s, 48 bytes each. */
    ES384(-35),
    /** RSASSA-PSS with SHA-256, MGF1 with SHA-256 and a salt of 32 bytes (RFC 8230 section 2). */
    PS256(-37);

    private final int coseId;

    Algorithm(int coseId) {
        this.coseId = coseId;
    }

    /** {@return the identifier in the IANA COSE Algorithms registry} */
    public int coseId() {
        return coseId;
    }

    /**
     * {@return the algorithm with this COSE identifier, or empty if it is not one of ours}
     *
     * @param coseId the {@code alg} of a COSE header (RFC 9052 section 3.1), any number
     */
    public static Optional<Algorithm> ofCoseId(long coseId) {
        for (Algorithm algorithm : values()) {
            if (algorithm.coseId == coseId) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }
}
