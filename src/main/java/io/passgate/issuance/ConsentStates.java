package io.passgate.issuance;

import io.passgate.model.OpaqueId;
import io.passgate.model.Unavailable;
import java.util.Collection;
import java.util.Map;

/**
 * Looks consents up where they are kept, never in a copy: a pass is made of the newest record. For threads that may
 * wait.
 */
public interface ConsentStates {

    /**
     * {@return those of the consents that there are, by id}
     *
     * @param ids of any provider; may be empty
     * @throws Unavailable if it cannot be told
     */
    Map<OpaqueId, ConsentState> find(Collection<OpaqueId> ids);
}
