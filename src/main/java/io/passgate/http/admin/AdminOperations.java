package io.passgate.http.admin;

import io.passgate.revocation.Revocation;
import io.passgate.trust.Rejection;
import io.passgate.trust.Signer;
import io.vertx.core.Future;
import java.util.List;

/** Changes whom every gateway trusts, and what is revoked. A future that fails means that nothing was changed. */
public interface AdminOperations {

    /**
     * Adds all of the signers or none.
     *
     * @param by the name of the client that asks, for the audit
     * @param signers at least one
     * @return why which of them cannot be added; empty if all were
     */
    Future<List<Rejection>> addSigners(String by, List<Signer> signers);

    /**
     * Removes a signer.
     *
     * @param by the name of the client that asks, for the audit
     * @param id its {@linkplain Signer#id id}
     * @return false if there is none of that id
     */
    Future<Boolean> removeSigner(String by, String id);

    /**
     * Adds entries; one that is there gets the new expiry.
     *
     * @param revocations at least one
     * @return their ids, in the order of the entries
     */
    Future<List<Long>> addRevocations(List<Revocation> revocations);

    /**
     * Takes an entry back.
     *
     * @param id as {@link #addRevocations} gave it
     * @return false if there is none of that id
     */
    Future<Boolean> removeRevocation(long id);
}
