package io.passgate.app.lists;

import io.passgate.access.ClientDirectory;
import io.passgate.engine.TrustContext;
import io.passgate.http.admin.AdminOperations;
import io.passgate.logging.RedactedStackTrace;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The lists of a gateway that stands alone: signers from files, clients from its configuration, nothing revoked. */
public final class FileLists implements ListSource {
    private static final Logger LOG = System.getLogger(FileLists.class.getName());

    private final TrustRefresher trust;
    private final Duration every;
    private final ClientDirectory clientDirectory;
    private final ScheduledExecutorService schedule = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("passgate-schedule").daemon().factory());

    /**
     * Looks at nothing before it is started.
     *
     * @param trust what looks at the files
     * @param every the time between two looks
     * @param clientDirectory the clients, which stay
     */
    public FileLists(TrustRefresher trust, Duration every, ClientDirectory clientDirectory) {
        this.trust = trust;
        this.every = every;
        this.clientDirectory = clientDirectory;
    }

    @Override
    public void start() {
        trust.refresh();
        var _ = schedule.scheduleWithFixedDelay(
                this::refresh, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void refresh() {
        try {
            trust.refresh();
        } catch (RuntimeException | Error fault) {
            LOG.log(Level.ERROR, "looking at the trust sources failed: {0}", RedactedStackTrace.of(fault));
        }
    }

    @Override
    public TrustContext lists() {
        return TrustContext.trusting(trust.get());
    }

    @Override
    public Optional<ClientDirectory> clients() {
        return Optional.of(clientDirectory);
    }

    @Override
    public Optional<AdminOperations> authority() {
        return Optional.empty();
    }

    @Override
    public List<String> notReadyBecause() {
        return List.of();
    }

    @Override
    public List<String> warnings() {
        return List.of();
    }

    @Override
    public void close(Duration patience) {
        schedule.shutdownNow();
    }
}
