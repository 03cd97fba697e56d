package io.passgate.revocation;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What of a certificate a revocation entry is the hash of (EU DCC revocation, {@code hashType}). */
public enum RevocationKind {
    /** The signature; for ECDSA its R only, because s can be replaced by n - s. */
    SIGNATURE,
    /** The unique certificate identifier, as written. */
    UCI,
    /** The issuer (CWT claim 1), as written, and the unique certificate identifier behind it. */
    COUNTRYCODEUCI;

    /** {@return the name in requests and on the command line, such as {@code signature}} */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * {@return the kind of that name; empty if there is none}
     *
     * @param code in upper case as in the EU's batches, or in lower case
     */
    public static Optional<RevocationKind> ofCode(String code) {
        String lower = code.toLowerCase(Locale.ROOT);
        return Arrays.stream(values()).filter(kind -> kind.code().equals(lower)).findFirst();
    }
}
