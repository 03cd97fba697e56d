package io.passgate.registry;

import io.vertx.core.Future;
import java.util.List;

/** Where records are kept. */
public interface Registry {

    /**
     * Takes all changes of one request, each with its own outcome, in one transaction. A record that is corrected or
     * deleted has its certificates revoked in it.
     *
     * @param registrar the name of the client that sends them
     * @param changes of distinct references
     * @return the outcomes in the order of the changes; where it fails, nothing was changed
     */
    Future<List<RecordChange.Outcome>> apply(String registrar, List<RecordChange> changes);
}
