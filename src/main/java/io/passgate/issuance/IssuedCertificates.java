package io.passgate.issuance;

import io.passgate.model.OpaqueId;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;

/**
 * Where it is kept what a wallet certificate takes to be revoked. A future that fails means that nothing was changed.
 */
public interface IssuedCertificates {

    /**
     * One issued certificate.
     *
     * @param id 16 random bytes
     * @param record the record that it was made of
     * @param consentScope what the record is shown as
     * @param uciHash the first 16 bytes of the SHA-256 of its identifier; not copied, and never written into
     * @param expiresAt the last second of its validity
     */
    record Issued(
            OpaqueId id, ConsentState.Recorded record, ConsentScope consentScope, byte[] uciHash, Instant expiresAt) {}

    /**
     * Keeps certificates before they are handed out. They may be only if all were kept.
     *
     * @param consent that they were made by
     * @param certificates at least one
     * @return false if meanwhile the consent was withdrawn or narrowed, or a record changed; then none is kept
     */
    Future<Boolean> keep(OpaqueId consent, List<Issued> certificates);

    /**
     * Revokes a certificate.
     *
     * @param provider the name in the token of who asks
     * @param id of the certificate
     * @return false if the provider has none of that id in force
     */
    Future<Boolean> revoke(String provider, OpaqueId id);
}
