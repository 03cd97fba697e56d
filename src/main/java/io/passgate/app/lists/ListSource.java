package io.passgate.app.lists;

import io.passgate.access.ClientDirectory;
import io.passgate.engine.TrustContext;
import io.passgate.http.admin.AdminOperations;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Where a gateway has its signers, revocations and clients from. */
public interface ListSource {
    /** Takes what there is, and keeps it up to date from then on. */
    void start();

    /** {@return what payloads are judged by now} Any thread. */
    TrustContext lists();

    /** {@return who may ask; empty while that is not known} Any thread. */
    Optional<ClientDirectory> clients();

    /** {@return who changes the lists, if they can be changed through this gateway} */
    Optional<AdminOperations> authority();

    /**
     * {@return why this gateway should get no traffic, beyond what its lists say; empty if nothing speaks against it}
     */
    List<String> notReadyBecause();

    /** {@return what is not as it should be, though verification goes on} */
    List<String> warnings();

    /**
     * Stops.
     *
     * @param patience how long it may take
     */
    void close(Duration patience);
}
