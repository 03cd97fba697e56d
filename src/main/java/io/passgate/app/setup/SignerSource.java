package io.passgate.app.setup;

import io.passgate.app.Administration;
import io.passgate.app.Demonstration;
import io.passgate.app.lists.TrustFiles;
import io.passgate.crypto.CryptoProviders;
import io.passgate.crypto.VerificationKeys;
import io.passgate.trust.Rejection;
import io.passgate.trust.Signer;
import io.passgate.trust.SignerImport;
import io.passgate.trust.SignerKind;
import io.passgate.trust.TrustImporter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The signers of a trust source that gateways may be made to trust: those of the demonstration are left out.
 *
 * @param signers in the source's order
 * @param rejected what of the source cannot be used, and why
 */
public record SignerSource(List<Signer> signers, List<Rejection> rejected) {
    private static final int CHUNK = 200;

    /** Copies both lists. */
    public SignerSource {
        signers = List.copyOf(signers);
        rejected = List.copyOf(rejected);
    }

    /**
     * {@return the signers of a file or a folder}
     *
     * @param source in any form that {@code trust.sources} may have
     * @param kind what its signers are to be trusted for
     * @throws IOException if it does not exist or cannot be read
     */
    public static SignerSource read(Path source, SignerKind kind) throws IOException {
        TrustImporter importer = new TrustImporter(new VerificationKeys(CryptoProviders.preferred()));
        SignerImport found = new TrustFiles(importer).read(source);
        List<Rejection> rejected = new ArrayList<>(found.rejected());
        List<Signer> signers = new ArrayList<>();
        for (Signer signer : found.signers()) {
            if (Demonstration.made(signer)) {
                rejected.add(new Rejection("KID " + signer.kid().toBase64(), "a signer of the demonstration"));
            } else {
                signers.add(new Signer(signer.kid(), signer.key(), kind, signer.usages(), signer.certificate()));
            }
        }
        return new SignerSource(signers, rejected);
    }

    /**
     * Has all gateways trust these signers; those that are trusted already stay as they are.
     *
     * @param administration of the database that the gateways follow
     * @param signers any number of them; they are sent in parts
     * @return the KIDs that more signers share than are tried
     * @throws IllegalStateException if the database did not take them all
     */
    public static Set<Rejection> trust(Administration administration, List<Signer> signers) {
        Set<Rejection> shared = new LinkedHashSet<>();
        for (int from = 0; from < signers.size(); from += CHUNK) {
            List<Signer> chunk = signers.subList(from, Math.min(signers.size(), from + CHUNK));
            shared.addAll(administration.run(adminCommands -> adminCommands.importSigners(chunk)));
        }
        return shared;
    }
}
