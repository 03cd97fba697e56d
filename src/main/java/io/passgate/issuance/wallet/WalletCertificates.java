package io.passgate.issuance.wallet;

import io.passgate.format.hcert.DccEvent;
import io.passgate.format.hcert.DccWriter;
import io.passgate.format.hcert.HcertEncoder;
import io.passgate.format.hcert.Subject;
import io.passgate.model.Algorithm;
import io.passgate.model.EventKind;
import io.passgate.registry.HealthRecord;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Makes the certificates that a wallet keeps: an EU DCC 1.3.0 for each event of a record, signed with ES256. Keeps
 * nothing of what it is given. Signs on the caller's thread, which is not an event loop.
 */
public final class WalletCertificates {
    private final WalletIssuer issuer;
    private final WalletSigner signer;
    private final InstantSource clock;
    private final RandomGenerator random;

    /**
     * Makes certificates in one issuer's name.
     *
     * @param issuer in whose name
     * @param signer signs each, and bounds its validity
     * @param clock when a certificate is issued
     * @param random for identifiers that nobody can guess, such as {@link java.security.SecureRandom}
     */
    public WalletCertificates(WalletIssuer issuer, WalletSigner signer, InstantSource clock, RandomGenerator random) {
        this.issuer = issuer;
        this.signer = signer;
        this.clock = clock;
        this.random = random;
    }

    /**
     * Makes a certificate of each event of {@code record} that a DCC can say.
     *
     * @param subject the person that all of it is about
     * @param record in any order; a birth year is no event and gives nothing
     * @return what became of each event, in the order of {@code record}
     */
    public List<WalletCertificate> certify(Subject subject, List<HealthRecord> record) {
        Instant now = clock.instant();
        List<WalletCertificate> certificates = new ArrayList<>(record.size());
        for (int i = 0; i < record.size(); i++) {
            int index = i;
            HealthRecord healthRecord = record.get(i);
            healthRecord
                    .event()
                    .ifPresent(event -> certificates.add(certify(subject, index, event.kind(), healthRecord, now)));
        }
        return certificates;
    }

    private WalletCertificate certify(
            Subject subject, int index, EventKind kind, HealthRecord healthRecord, Instant now) {
        Uci uci = Uci.random(issuer.country(), random);
        return switch (DraftEvent.of(healthRecord, issuer.name(), uci)) {
            case DraftEvent.Unwritable(Uncertifiable reason) -> new WalletCertificate.Withheld(index, kind, reason);
            case DraftEvent.Written _
            when !signer.isValidAt(now) -> new WalletCertificate.Withheld(index, kind, Uncertifiable.SIGNER_NOT_VALID);
            case DraftEvent.Written(DccEvent event) -> {
                Instant expiresAt = expiry(now);
                byte[] cwt = DccWriter.cwt(issuer.country(), now, expiresAt, DccWriter.certificate(subject, event));
                String payload = HcertEncoder.encode(Algorithm.ES256, signer.kid(), cwt, signer.es256());
                yield new WalletCertificate.Issued(index, kind, payload, uci.text(), expiresAt);
            }
        };
    }

    /** The end of the lifetime or of the signer's validity, whichever comes first, in whole seconds as a CWT has it. */
    private Instant expiry(Instant now) {
        Instant end = now.plus(issuer.lifetime());
        return (end.isBefore(signer.notAfter()) ? end : signer.notAfter()).truncatedTo(ChronoUnit.SECONDS);
    }
}
