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

    /** What payloads are judged by now. */
    TrustContext lists();

    /** Who may ask; empty while that is not known. */
    Optional<ClientDirectory> clients();

    /** Who changes the lists, if they can be changed through this gateway. */
    Optional<AdminOperations> authority();

    /** Why this gateway should get no traffic, beyond what its lists say. */
    List<String> notReadyBecause();

    /** What is not as it should be, though verification goes on. */
    List<String> warnings();

    /** Stops within this time. */
    void close(Duration patience);
}
