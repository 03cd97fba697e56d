package io.passgate.registry;

import io.vertx.core.Future;
import java.util.List;

/** Where records are kept. */
public interface Registry {

    /**
     * Takes all changes of one request, each with its own outcome, in one transaction; a record that is corrected or
     * deleted has its certificates revoked in it. A future that fails means that nothing was changed.
     *
     * @param changes of distinct references
     */
    Future<List<RecordChange.Outcome>> apply(String registrar, List<RecordChange> changes);
}
