package io.passgate.revocation;

import io.passgate.model.Algorithm;
import io.passgate.model.Digests;
import io.passgate.model.Slice;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** Makes the hashes that certificates are revoked by (EU DCC revocation). One thread. */
public final class RevocationHashes {
    private final MessageDigest sha256;

    /** Creates one for one thread. */
    public RevocationHashes() {
        sha256 = Digests.sha256();
    }

    /** Overwrites what is left of what was hashed last. */
    public void wipe() {
        sha256.reset();
    }

    /**
     * {@return the hash of a signature} For ECDSA it is that of R, the first half, as s can be replaced by n - s.
     *
     * @param algorithm that the signature is of
     * @param signature as it is in the payload, read in place
     */
    public RevocationHash ofSignature(Algorithm algorithm, Slice signature) {
        int length = switch (algorithm) {
            case ES256, ES384 -> signature.length() / 2;
            case PS256 -> signature.length();
        };
        sha256.update(signature.array(), signature.offset(), length);
        return RevocationHash.of(sha256.digest());
    }

    /**
     * {@return the hash of a unique certificate identifier}
     *
     * @param uci as written
     */
    public RevocationHash ofUci(String uci) {
        return RevocationHash.of(sha256.digest(uci.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * {@return the hash of the issuer and the unique certificate identifier behind it}
     *
     * @param issuer a country's code, as written
     * @param uci as written
     */
    public RevocationHash ofCountryCodeUci(String issuer, String uci) {
        return ofUci(issuer + uci);
    }
}
