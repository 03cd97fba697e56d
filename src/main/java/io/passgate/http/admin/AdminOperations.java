package io.passgate.http.admin;

import io.passgate.revocation.Revocation;
import io.passgate.trust.Rejection;
import io.passgate.trust.Signer;
import io.vertx.core.Future;
import java.util.List;

/** Changes whom every gateway trusts, and what is revoked. A future that fails means that nothing was changed. */
public interface AdminOperations {

    /** Adds all of the signers or, with the reasons, none. */
    Future<List<Rejection>> addSigners(String by, List<Signer> signers);

    /** Removes a signer by its {@linkplain Signer#id id}; false if there is none. */
    Future<Boolean> removeSigner(String by, String id);

    /** Adds entries, and returns their ids in order; one that is there gets the new expiry. */
    Future<List<Long>> addRevocations(List<Revocation> revocations);

    /** Takes an entry back; false if there is none of that id. */
    Future<Boolean> removeRevocation(long id);
}
