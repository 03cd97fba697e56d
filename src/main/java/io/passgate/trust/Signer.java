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
 * @param usages the usages of ours that its certificate names: all where there is no such extension, and none where it
 *     holds foreign ones only
 * @param certificate where the key came in one; a bare key has no window and no country
 */
public record Signer(
        Kid kid, VerificationKey key, SignerKind kind, Set<EventKind> usages, Optional<SignerCertificate> certificate) {

    /** The usages of a signer that nothing limits. */
    public static final Set<EventKind> ANY_USAGE = Set.of(EventKind.values());

    private static final int ID_BYTES = 16;

    public Signer {
        usages = Set.copyOf(usages);
    }

    /**
     * The kinds of event it may sign: its usages, or everything where it names none of ours (hcert specification,
     * appendix A.4: only those limit).
     */
    public Set<EventKind> signs() {
        return usages.isEmpty() ? ANY_USAGE : usages;
    }

    /** The one algorithm its key fits. */
    public Algorithm algorithm() {
        return key.algorithm();
    }

    /** A text that two signers share exactly when they are the same: the SHA-256 of all that makes it, 128 bits. */
    public String id() {
        String line = kid + " " + HexFormat.of().formatHex(publicKey().toByteArray()) + " " + kind.inId() + " "
                + usages.stream().sorted().toList() + " " + certificate;
        byte[] digest = Digests.sha256().digest(line.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest, 0, ID_BYTES);
    }

    /** Its key as a SubjectPublicKeyInfo (RFC 5280 section 4.1), DER. */
    public Slice publicKey() {
        return key.spki();
    }
}
