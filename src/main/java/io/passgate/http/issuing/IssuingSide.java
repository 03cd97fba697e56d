package io.passgate.http.issuing;

import io.passgate.issuance.Consents;
import io.passgate.issuance.IssuanceQueue;
import io.passgate.issuance.IssuedCertificates;
import io.passgate.issuance.ProviderTerms;
import io.passgate.registry.Pepper;
import io.passgate.registry.Registry;
import java.util.Map;

/**
 * All that the issuing routes work on.
 *
 * @param pepper turns connecting information into a holder before anything else sees it
 * @param registry takes records
 * @param consents keeps consents and their phones
 * @param certificates keeps what it takes to revoke wallet certificates
 * @param issuanceQueue decides what is asked for
 * @param providers by name
 */
public record IssuingSide(
        Pepper pepper,
        Registry registry,
        Consents consents,
        IssuedCertificates certificates,
        IssuanceQueue issuanceQueue,
        Map<String, ProviderTerms> providers) {
    /** Copies {@code providers}. */
    public IssuingSide {
        providers = Map.copyOf(providers);
    }
}
