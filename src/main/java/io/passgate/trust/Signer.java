package io.passgate.trust;

import io.passgate.crypto.VerificationKey;
import io.passgate.model.Algorithm;
import io.passgate.model.Digests;
import io.passgate.model.EventKind;
import io.passgate.model.Kid;
import io.passgate.model.Slice;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/**
 * A key whose signatures are trusted.
 *
 * @param kid by which payloads hint at it
 * @param key that their signatures are checked with
 * @param kind what it signs
 * @param usages the usages of ours that its certificate names: all where there is no such extension, and none where it
 *     holds foreign ones only
 * @param certificate where the key came in one; a bare key has no window and no country
 */
public record Signer(
        Kid kid, VerificationKey key, SignerKind kind, Set<EventKind> usages, Optional<SignerCertificate> certificate) {

    /** The usages of a signer that nothing limits. */
    public static final Set<EventKind> ANY_USAGE = Set.of(EventKind.values());

    private static final int ID_BYTES = 16;

    /** Copies the usages. */
    public Signer {
        usages = Set.copyOf(usages);
    }

    /**
     * {@return the kinds of event it may sign} These are its usages, or everything where it names none of ours: only
     * those limit (hcert specification, appendix A.4).
     */
    public Set<EventKind> signs() {
        return usages.isEmpty() ? ANY_USAGE : usages;
    }

    /** {@return the one algorithm its key fits} */
    public Algorithm algorithm() {
        return key.algorithm();
    }

    /**
     * {@return a text that two signers share exactly when they are the same} It is the SHA-256 of all that makes a
     * signer, 128 bits of it in hexadecimal.
     */
    public String id() {
        String line = kid + " " + HexFormat.of().formatHex(publicKey().toByteArray()) + " " + kind.inId() + " "
                + usages.stream().sorted().toList() + " " + certificate;
        byte[] digest = Digests.sha256().digest(line.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest, 0, ID_BYTES);
    }

    /** {@return its key as a SubjectPublicKeyInfo (RFC 5280 section 4.1) in DER} */
    public Slice publicKey() {
        return key.spki();
    }
}
