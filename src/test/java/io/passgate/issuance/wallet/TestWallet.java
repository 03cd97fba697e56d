package io.passgate.issuance.wallet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.upokecenter.cbor.CBORObject;
import io.passgate.engine.OneJudge;
import io.passgate.format.hcert.DccClaims;
import io.passgate.format.hcert.DccIdentifiers;
import io.passgate.format.hcert.Subject;
import io.passgate.model.Algorithm;
import io.passgate.model.Claims;
import io.passgate.model.Verdict;
import io.passgate.model.VerificationResult;
import io.passgate.registry.HealthRecord;
import io.passgate.testing.ManualTime;
import io.passgate.testing.TestCards;
import io.passgate.testing.TestCertificate;
import io.passgate.testing.TestIssuer;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import se.digg.dgc.payload.v1.DigitalCovidCertificate;
import se.digg.dgc.service.DGCDecoder;
import se.digg.dgc.service.impl.DefaultDGCDecoder;
import se.digg.dgc.signatures.CertificateProvider;
import se.digg.dgc.signatures.impl.DefaultDGCSignatureVerifier;

/** An issuer of wallet certificates, and three readers of what it makes: a peer, a CBOR library and our engine. */
final class TestWallet {
    /** When everything is issued, not on a whole second. */
    static final Instant NOW = Instant.parse("2021-12-13T02:40:00.123456789Z");

    static final Instant NOT_BEFORE = Instant.parse("2021-01-01T00:00:00Z");

    /** Far off, for the peer looks at the clock on the wall. */
    static final Instant NOT_AFTER = Instant.parse("2098-12-31T23:59:59Z");

    static final Duration LIFETIME = Duration.ofDays(70 * 365);

    static final String COUNTRY = "KR";
    static final String NAME = "질병관리청";

    static final Subject SUBJECT = new Subject("HONG", "GILDONG", Optional.of("홍"), Optional.of("길동"), "1990-01-31");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PAYLOAD = 2;
    private static final int HCERT = -260;

    private final TestIssuer issuer =
            TestIssuer.of(Algorithm.ES256, TestCertificate.named(COUNTRY).valid(NOT_BEFORE, NOT_AFTER));
    private final OneJudge judge = OneJudge.trusting(issuer);
    private final DGCDecoder peer = new DefaultDGCDecoder(new DefaultDGCSignatureVerifier(), certificates());

    WalletCertificates certificates(Instant now, Duration lifetime) {
        return new WalletCertificates(
                new WalletIssuer(COUNTRY, NAME, lifetime),
                new WalletSigner(issuer.kid(), NOT_BEFORE, NOT_AFTER, issuer::sign),
                new ManualTime(now),
                new SecureRandom());
    }

    List<WalletCertificate> certify(Subject subject, List<HealthRecord> record) {
        return certificates(NOW, LIFETIME).certify(subject, record);
    }

    /** The one certificate of one entry. */
    WalletCertificate.Issued issue(Subject subject, HealthRecord healthRecord) {
        if (certify(subject, List.of(healthRecord)).getFirst() instanceof WalletCertificate.Issued issued) {
            return issued;
        }
        throw new AssertionError("no certificate for " + healthRecord);
    }

    /** A reader's certificates of every KID that is this issuer's. */
    private CertificateProvider certificates() {
        try {
            X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(issuer.certificateDer()));
            byte[] known = issuer.kid().toByteArray();
            return (country, kid) -> Arrays.equals(kid, known) ? List.of(certificate) : List.of();
        } catch (GeneralSecurityException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    /** What the peer reads; it throws what it does when it refuses. */
    DigitalCovidCertificate readByPeer(String payload) throws Exception {
        return peer.decode(payload);
    }

    /** The CWT claims set. */
    static CBORObject cwt(String payload) {
        CBORObject message = CBORObject.DecodeFromBytes(TestCards.message(payload));
        return CBORObject.DecodeFromBytes(message.get(PAYLOAD).GetByteString());
    }

    /** The DCC as JSON. */
    static ObjectNode json(String payload) {
        try {
            return (ObjectNode) JSON.readTree(cwt(payload)
                    .get(CBORObject.FromObject(HCERT))
                    .get(CBORObject.FromObject(1))
                    .ToJSONString());
        } catch (JsonProcessingException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    Verdict verdict(Instant at, String payload) {
        return judge.verdict(at, payload);
    }

    /** What our decoder reads of a certificate that our engine accepts. */
    Claims claims(String payload) {
        return new DccClaims()
                .read(accepted(payload).credential().orElseThrow().claims())
                .orElseThrow();
    }

    /** The identifiers that our revocation would look for. */
    List<String> identifiers(String payload) {
        return new DccIdentifiers()
                .read(accepted(payload).credential().orElseThrow().claims());
    }

    private VerificationResult accepted(String payload) {
        VerificationResult verificationResult = judge.check(NOW, payload).getFirst();
        if (!(verificationResult.verdict() instanceof Verdict.Accepted)) {
            throw new AssertionError("not accepted: " + verificationResult.verdict());
        }
        return verificationResult;
    }
}
