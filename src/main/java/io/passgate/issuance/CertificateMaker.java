package io.passgate.issuance;

import io.passgate.crypto.signing.SigningKey;
import io.passgate.crypto.signing.SigningKeys;
import io.passgate.format.hcert.Subject;
import io.passgate.issuance.IssuanceResult.Denial;
import io.passgate.issuance.wallet.Uncertifiable;
import io.passgate.issuance.wallet.WalletCertificate;
import io.passgate.issuance.wallet.WalletCertificates;
import io.passgate.issuance.wallet.WalletIssuer;
import io.passgate.issuance.wallet.WalletSigner;
import io.passgate.model.Digests;
import io.passgate.model.OpaqueId;
import io.passgate.model.Unavailable;
import io.passgate.registry.HealthRecord;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Makes wallet certificates of all that a holder lets a provider show. One thread. */
public final class CertificateMaker {
    private static final int HASH_BYTES = 16;

    private final Supplier<SigningKeys> keys;
    private final WalletIssuer issuer;
    private final InstantSource clock;
    private final RandomGenerator random;

    /**
     * Makes certificates by these keys.
     *
     * @param keys of now; asked for each request
     * @param issuer in whose name
     * @param clock by which certificates are valid, and keys
     * @param random for ids that nobody can guess, such as {@link java.security.SecureRandom}
     */
    public CertificateMaker(
            Supplier<SigningKeys> keys, WalletIssuer issuer, InstantSource clock, RandomGenerator random) {
        this.keys = keys;
        this.issuer = issuer;
        this.clock = clock;
        this.random = random;
    }

    /** @throws Unavailable if there is no key to sign with */
    IssuanceResult<IssuanceResult.Certified> make(OpaqueId consent, ConsentState consentState, Subject subject) {
        List<ConsentState.Recorded> shown = consentState.shown();
        if (consentState.scope().isEmpty()) {
            return new IssuanceResult.Denied<>(new Denial.NothingConsented());
        }
        SigningKey key = keys.get()
                .forCertificates(clock.instant())
                .orElseThrow(() -> new Unavailable("There is no key to sign certificates with."));
        WalletSigner signer = new WalletSigner(key.kid(), key.notBefore(), key.notAfter(), key.signer()::sign);
        List<HealthRecord> entries =
                shown.stream().map(ConsentState.Recorded::healthRecord).toList();
        List<IssuanceResult.Certificate> certificates = new ArrayList<>();
        List<IssuanceResult.Withheld> withheld = new ArrayList<>();
        for (WalletCertificate made : new WalletCertificates(issuer, signer, clock, random).certify(subject, entries)) {
            ConsentState.Recorded record = shown.get(made.entry());
            switch (made) {
                case WalletCertificate.Issued issued ->
                    certificates.add(new IssuanceResult.Certificate(issued.payload(), kept(issued, record)));
                case WalletCertificate.Withheld left ->
                    withheld.add(new IssuanceResult.Withheld(ConsentScope.of(record.healthRecord()), left.reason()));
            }
        }
        if (withheld.stream().anyMatch(left -> left.reason() == Uncertifiable.SIGNER_NOT_VALID)) {
            throw new Unavailable("The key to sign certificates with has run out.");
        }
        return certificates.isEmpty()
                ? new IssuanceResult.Denied<>(new Denial.NothingToCertify(withheld))
                : new IssuanceResult.Certified(consent, certificates, withheld);
    }

    private IssuedCertificates.Issued kept(WalletCertificate.Issued issued, ConsentState.Recorded record) {
        return new IssuedCertificates.Issued(
                OpaqueId.random(random),
                record,
                ConsentScope.of(record.healthRecord()),
                uciHash(issued.uci()),
                issued.expiresAt());
    }

    /** As it stands in a revocation list: the first 16 bytes of SHA-256 over the identifier. */
    private static byte[] uciHash(String uci) {
        MessageDigest sha256 = Digests.sha256();
        return Arrays.copyOf(sha256.digest(uci.getBytes(StandardCharsets.UTF_8)), HASH_BYTES);
    }
}
