package io.passgate.issuance;

import io.passgate.dpop.DeviceKey;
import io.passgate.model.OpaqueId;
import io.passgate.registry.Holder;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Where consents and the phones of those who gave them are kept. A future that fails means that nothing was changed.
 */
public interface Consents {

    /**
     * A consent as it is from now on.
     *
     * @param id by which the provider asks from now on
     * @param isNew whether the holder had given this provider none before
     */
    record Given(OpaqueId id, boolean isNew) {}

    /**
     * Takes a holder's consent at a provider. One that is there keeps its id and gets the new scope; certificates of
     * what the new scope leaves out are revoked.
     *
     * @param provider the name in its token
     * @param holder who consents
     * @param scope what may be shown; may be empty
     * @param at when the holder consented
     * @return the consent
     */
    Future<Given> give(String provider, Holder holder, Set<ConsentScope> scope, Instant at);

    /**
     * Withdraws a consent and revokes its certificates.
     *
     * @param provider the name in its token
     * @param id of the consent
     * @return false if the provider has none of that id in force
     */
    Future<Boolean> withdraw(String provider, OpaqueId id);

    /**
     * Makes a phone the one of a consent.
     *
     * @param provider the name in its token
     * @param id of the consent
     * @param device the key that the phone has proven to hold
     * @return whether it took another's place; empty if there is no such consent
     */
    Future<Optional<Boolean>> register(String provider, OpaqueId id, DeviceKey device);
}
