package io.passgate.rehearsal.baseline;

import io.passgate.app.DefaultFormats;
import io.passgate.crypto.KeyImport;
import io.passgate.crypto.VerificationKeys;
import io.passgate.format.CredentialFormat;
import io.passgate.format.Decoded;
import io.passgate.format.Envelope;
import io.passgate.format.Formats;
import io.passgate.model.Claims;
import io.passgate.model.Credential;
import io.passgate.model.EventKind;
import io.passgate.model.PolicyResult;
import io.passgate.model.Reason;
import io.passgate.model.Slice;
import io.passgate.model.Verdict;
import io.passgate.model.VerificationResult;
import io.passgate.policy.Policy;
import io.passgate.policy.PolicyCatalog;
import io.passgate.policy.file.PolicyFiles;
import io.passgate.revocation.RevocationHashes;
import io.passgate.trust.Signer;
import io.passgate.trust.SignerCertificate;
import io.passgate.trust.SignerKind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Verifies payloads one after the other, each with the queries that it takes. Any number of threads. */
final class BaselineVerifier {
    private static final Provider JDK = Security.getProvider("SunEC");
    private static final int SALT_BYTES = 32;
    private static final PSSParameterSpec PS256 =
            new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, SALT_BYTES, 1);

    private final Formats formats = new Formats(DefaultFormats.usual());
    private final ThreadLocal<Envelope.Decoder> decoders = ThreadLocal.withInitial(formats::newDecoder);
    private final VerificationKeys keys = new VerificationKeys(JDK);
    private final PolicyCatalog policies;

    /** @param folder of the policy files */
    BaselineVerifier(Path folder) {
        policies = PolicyFiles.read(folder);
    }

    /** @throws IllegalArgumentException if there is no such policy */
    Optional<Policy> policy(@Nullable String wanted, Instant now) {
        return wanted == null
                ? Optional.empty()
                : Optional.of(policies.find(wanted, now)
                        .orElseThrow(() -> new IllegalArgumentException("there is no such policy")));
    }

    VerificationResult verify(String payload, Optional<Policy> policy, Instant now, Connection connection)
            throws SQLException, GeneralSecurityException {
        Slice text = Slice.of(payload.getBytes(StandardCharsets.UTF_8));
        return switch (decoders.get().decode(text)) {
            case Decoded.Malformed malformed -> refused(malformed.reason());
            case Decoded.Well(var credential) -> verify(credential, policy, now, connection);
        };
    }

    private VerificationResult verify(
            Credential credential, Optional<Policy> policy, Instant now, Connection connection)
            throws SQLException, GeneralSecurityException {
        CredentialFormat format = formats.get(formats.indexOf(credential.format()));
        Reason lack = Reason.SIGNER_UNKNOWN;
        for (Signer signer : signers(credential, connection)) {
            if (format.maySign(signer, credential) && signer.algorithm() == credential.algorithm()) {
                Optional<Reason> violation = isSignedBy(signer, credential)
                        ? format.violation(credential, signer, now)
                        : Optional.of(Reason.SIGNATURE_INVALID);
                if (violation.isEmpty()) {
                    return isRevoked(credential, connection)
                            ? refused(Reason.REVOKED)
                            : judged(credential, format, policy, now);
                }
                lack = violation.get();
            }
        }
        return refused(lack);
    }

    private List<Signer> signers(Credential credential, Connection connection) throws SQLException {
        List<Signer> signers = new ArrayList<>();
        try (PreparedStatement query =
                connection.prepareStatement("SELECT kind, provider, public_key, usages, not_before, not_after, country,"
                        + " organization, subject FROM signer WHERE kid = ?")) {
            query.setBytes(1, credential.kid().toByteArray());
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    signer(credential, rows).ifPresent(signers::add);
                }
            }
        }
        return signers;
    }

    private Optional<Signer> signer(Credential credential, ResultSet row) throws SQLException {
        Optional<SignerKind> kind = SignerKind.of(
                row.getString(1), Optional.ofNullable(row.getString(2)).orElse(""));
        if (kind.isEmpty() || !(keys.ofSpki(row.getBytes(3)) instanceof KeyImport.Usable(var key))) {
            return Optional.empty();
        }
        Set<EventKind> usages = Arrays.stream((String[]) row.getArray(4).getArray())
                .map(EventKind::valueOf)
                .collect(Collectors.toSet());
        OffsetDateTime notBefore = row.getObject(5, OffsetDateTime.class);
        OffsetDateTime notAfter = row.getObject(6, OffsetDateTime.class);
        Optional<SignerCertificate> certificate = notBefore == null || notAfter == null
                ? Optional.empty()
                : Optional.of(new SignerCertificate(
                        notBefore.toInstant(),
                        notAfter.toInstant(),
                        Optional.ofNullable(row.getString(7)),
                        Optional.ofNullable(row.getString(8)),
                        Optional.ofNullable(row.getString(9)).orElse("")));
        return Optional.of(new Signer(credential.kid(), key, kind.get(), usages, certificate));
    }

    private static boolean isSignedBy(Signer signer, Credential credential) throws GeneralSecurityException {
        boolean isRsa = signer.algorithm().name().startsWith("PS");
        PublicKey key = KeyFactory.getInstance(isRsa ? "RSA" : "EC")
                .generatePublic(new X509EncodedKeySpec(signer.publicKey().toByteArray()));
        Signature signature = Signature.getInstance(
                switch (signer.algorithm()) {
                    case ES256 -> "SHA256withECDSAinP1363Format";
                    case ES384 -> "SHA384withECDSAinP1363Format";
                    case PS256 -> "RSASSA-PSS";
                });
        if (isRsa) {
            signature.setParameter(PS256);
        }
        signature.initVerify(key);
        signature.update(credential.toBeSigned().toByteArray());
        return signature.verify(credential.signature().toByteArray());
    }

    /** Nothing revokes what is for one use. */
    private static boolean isRevoked(Credential credential, Connection connection) throws SQLException {
        return !credential.format().isSingleUse()
                && BaselineStores.hasRow(
                        connection,
                        "SELECT 1 FROM revocation WHERE hash = ? AND kind = 0 AND kid IN (?, '')"
                                + " AND expires_at > now()",
                        new RevocationHashes()
                                .ofSignature(credential.algorithm(), credential.signature())
                                .toByteArray(),
                        credential.kid().toByteArray());
    }

    private static VerificationResult judged(
            Credential credential, CredentialFormat format, Optional<Policy> policy, Instant now) {
        PolicyResult result = new PolicyResult.NotAsked();
        if (policy.isPresent()) {
            Optional<Claims> claims = format.newClaimsReader().read(credential.claims());
            if (claims.isEmpty()) {
                return refused(format.unreadable());
            }
            result = policy.get().judge(claims.get(), now);
        }
        Verdict verdict = result instanceof PolicyResult.NotMet(var reason)
                ? new Verdict.Refused(reason)
                : new Verdict.Accepted(credential.expiresAt().getEpochSecond());
        return new VerificationResult(Optional.of(credential), Optional.of(credential.format()), result, verdict);
    }

    private static VerificationResult refused(Reason reason) {
        return new VerificationResult(
                Optional.empty(), Optional.empty(), new PolicyResult.NotAsked(), new Verdict.Refused(reason));
    }
}
