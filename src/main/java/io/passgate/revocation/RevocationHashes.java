package io.passgate.revocation;

import io.passgate.model.Algorithm;
import io.passgate.model.Digests;
import io.passgate.model.Slice;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** Makes the hashes that certificates are revoked by (EU DCC revocation). One thread. */
public final class RevocationHashes {
    private final MessageDigest sha256;

    public RevocationHashes() {
        sha256 = Digests.sha256();
    }

    /** Overwrites what is left of what was hashed last. */
    public void wipe() {
        sha256.reset();
    }

    /** Of R, the first half, for ECDSA, whose s can be replaced by n - s; of the whole signature otherwise. */
    public RevocationHash ofSignature(Algorithm algorithm, Slice signature) {
        int length = switch (algorithm) {
            case ES256, ES384 -> signature.length() / 2;
            case PS256 -> signature.length();
        };
        sha256.update(signature.array(), signature.offset(), length);
        return RevocationHash.of(sha256.digest());
    }

    /** Of a unique certificate identifier as written. */
    public RevocationHash ofUci(String uci) {
        return RevocationHash.of(sha256.digest(uci.getBytes(StandardCharsets.UTF_8)));
    }

    /** Of the issuer and the unique certificate identifier behind it, both as written. */
    public RevocationHash ofCountryCodeUci(String issuer, String uci) {
        return ofUci(issuer + uci);
    }
}
