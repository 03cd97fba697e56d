package io.passgate.trust;

import java.util.ArrayList;
import java.util.List;

/**
 * What one trust source gave: signers, and the entries that were not taken.
 *
 * @param signers those that were taken, in the order of the source
 * @param rejected what was not taken, for the person who imports it
 */
public record SignerImport(List<Signer> signers, List<Rejection> rejected) {
    /** Copies both lists. */
    public SignerImport {
        signers = List.copyOf(signers);
        rejected = List.copyOf(rejected);
    }

    /**
     * {@return several results in one}
     *
     * @param parts in the order that the signers are to have
     */
    public static SignerImport join(List<SignerImport> parts) {
        List<Signer> signers = new ArrayList<>();
        List<Rejection> rejected = new ArrayList<>();
        for (SignerImport part : parts) {
            signers.addAll(part.signers);
            rejected.addAll(part.rejected);
        }
        return new SignerImport(signers, rejected);
    }

    static SignerImport of(Signer signer) {
        return new SignerImport(List.of(signer), List.of());
    }

    static SignerImport rejected(String where, String why) {
        return new SignerImport(List.of(), List.of(new Rejection(where, why)));
    }

    static SignerImport unreadable(String where, String why) {
        return new SignerImport(List.of(), List.of(new Rejection(where, why, true)));
    }
}
