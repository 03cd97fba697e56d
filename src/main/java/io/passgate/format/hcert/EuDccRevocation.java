package io.passgate.format.hcert;

import io.passgate.format.RevocationLookup;
import io.passgate.format.SignatureRevocation;
import io.passgate.model.Credential;
import io.passgate.model.Reason;
import io.passgate.revocation.RevocationHash;
import io.passgate.revocation.RevocationHashes;
import io.passgate.revocation.RevocationKind;
import io.passgate.revocation.RevocationList;
import io.passgate.revocation.RevocationSnapshot;
import io.passgate.trust.Signer;
import io.passgate.trust.SignerCertificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Looks a certificate up by its signature and its identifiers; hashes only what the list has entries of. Never open:
 * where the list has entries by identifier that may mean the credential, and not all of its identifiers can be read, it
 * is refused. One thread.
 */
final class EuDccRevocation implements RevocationLookup {
    private final SignatureRevocation signatures = new SignatureRevocation();
    private final RevocationHashes hashes = new RevocationHashes();
    private final DccIdentifiers identifiers = new DccIdentifiers();

    @Override
    public Optional<Reason> objection(
            Credential credential, Signer signer, RevocationSnapshot revocations, Instant at) {
        Optional<Reason> bySignature = signatures.objection(credential, signer, revocations, at);
        if (bySignature.isPresent()) {
            return bySignature;
        }
        RevocationList list = revocations.list();
        boolean plain = list.mayHold(RevocationKind.UCI, credential.kid());
        boolean withCountry = list.mayHold(RevocationKind.COUNTRYCODEUCI, credential.kid());
        if (!plain && !withCountry) {
            return Optional.empty();
        }
        List<String> written = identifiers.read(credential.claims());
        if (plain && isRevoked(written, Set.of(""), RevocationKind.UCI, credential, list, at)) {
            return Optional.of(Reason.REVOKED);
        }
        Set<String> countries = IdentifierSpellings.ofCountry(
                credential.issuer(), signer.certificate().flatMap(SignerCertificate::country));
        if (withCountry && isRevoked(written, countries, RevocationKind.COUNTRYCODEUCI, credential, list, at)) {
            return Optional.of(Reason.REVOKED);
        }
        boolean lacksCountry = withCountry && countries.isEmpty() && !written.isEmpty();
        return lacksCountry || !identifiers.isComplete() ? Optional.of(Reason.HCERT_INVALID) : Optional.empty();
    }

    @Override
    public void wipe() {
        signatures.wipe();
        hashes.wipe();
        identifiers.wipe();
    }

    private boolean isRevoked(
            List<String> written,
            Set<String> countries,
            RevocationKind kind,
            Credential credential,
            RevocationList list,
            Instant at) {
        for (String identifier : written) {
            for (String spelling : IdentifierSpellings.ofIdentifier(identifier)) {
                for (String country : countries) {
                    RevocationHash hash = hashes.ofCountryCodeUci(country, spelling);
                    if (list.isRevoked(kind, hash, credential.kid(), at)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }
}
