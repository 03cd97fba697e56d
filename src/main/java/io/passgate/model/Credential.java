package io.passgate.model;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A decoded payload whose signature has not been checked yet.
 *
 * @param format what it was recognised as
 * @param algorithm from the protected header
 * @param kid from the protected header, otherwise from the unprotected one
 * @param issuer CWT claim 1, as written
 * @param validFrom CWT claim 6 (iat), or claim 5 (nbf) where that is later
 * @param expiresAt CWT claim 4
 * @param kinds the kinds of event it carries, empty when it attests none
 * @param toBeSigned the bytes under the signature (for COSE the Sig_structure, RFC 9052 section 4.4)
 * @param signature as it stands in the payload
 * @param claims the encoded claims inside {@code toBeSigned}, read when a policy needs them
 */
public record Credential(
        FormatId format,
        Algorithm algorithm,
        Kid kid,
        Optional<String> issuer,
        Instant validFrom,
        Instant expiresAt,
        Set<EventKind> kinds,
        Slice toBeSigned,
        Slice signature,
        Slice claims) {

    /** FormatId, algorithm and KID only: the rest is a person's. */
    @Override
    public String toString() {
        return "Credential[" + format.code() + ", " + algorithm + ", kid " + kid + "]";
    }
}
