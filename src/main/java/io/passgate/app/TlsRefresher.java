package io.passgate.app;

import io.passgate.http.server.ServerTls;
import io.passgate.http.server.TlsFiles;
import io.passgate.http.server.UnusableTls;
import io.passgate.logging.RedactedStackTrace;
import io.vertx.core.Future;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Follows the files of the public ports' TLS. A change is taken at the second look that finds it, so that no
 * half-written file is, and only if it is whole, the key that of the certificate, and the chain valid now. Anything
 * else is warned about at the second look, and what is in use stays. Connections under way are not touched.
 */
final class TlsRefresher implements AutoCloseable {
    static final Duration EVERY = Duration.ofSeconds(1);

    /** Longer than a server takes to read a certificate. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Logger LOG = System.getLogger(TlsRefresher.class.getName());

    private final TlsFiles files;
    private final InstantSource clock;
    private final Function<ServerTls, Future<?>> servers;
    private final ScheduledExecutorService schedule = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("passgate-tls").daemon().factory());
    private volatile ServerTls current;

    /** Why what the files hold is not in use; empty while it is. */
    private volatile Optional<String> refusal = Optional.empty();

    /** What the last look found, where it was new. */
    private Optional<ServerTls> found = Optional.empty();

    /** Why the last look could not use the files. */
    private Optional<String> doubt = Optional.empty();

    /**
     * A follower of files that have been read.
     *
     * @param current what the servers start with
     * @param servers has the servers take another; its future says when new connections are by it
     */
    TlsRefresher(TlsFiles files, ServerTls current, InstantSource clock, Function<ServerTls, Future<?>> servers) {
        this.files = files;
        this.current = current;
        this.clock = clock;
        this.servers = servers;
    }

    /** Looks at the files from now on, once the servers listen. */
    void start() {
        var _ = schedule.scheduleWithFixedDelay(
                this::lookAgain, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void lookAgain() {
        try {
            look();
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error fault) {
            LOG.log(Level.ERROR, "looking at the files of TLS failed: {0}", RedactedStackTrace.of(fault));
        }
    }

    /** Looks at the files once; called by one thread at a time. */
    void look() throws InterruptedException {
        ServerTls read;
        try {
            read = files.read();
        } catch (UnusableTls unusable) {
            found = Optional.empty();
            doubt("http.tls." + unusable.getMessage());
            return;
        }
        if (read.isSameAs(current)) {
            found = Optional.empty();
            settle();
        } else if (found.filter(read::isSameAs).isEmpty()) {
            found = Optional.of(read);
        } else if (!read.isValidAt(clock.instant())) {
            doubt("http.tls.certificate: " + files.certificate() + " is not valid now");
        } else {
            take(read);
        }
    }

    private void take(ServerTls next) throws InterruptedException {
        try {
            Stopping.await(servers.apply(next), PATIENCE);
            current = next;
            found = Optional.empty();
            settle();
            LOG.log(Level.INFO, "new connections are by another certificate, until {0}", next.notAfter());
        } catch (TimeoutException late) {
            doubt("http.tls.certificate: the servers did not take it in time");
        } catch (ExecutionException refused) {
            Throwable cause = refused.getCause() == null ? refused : refused.getCause();
            doubt("http.tls.certificate: the servers do not take it: "
                    + cause.getClass().getName());
        }
    }

    private void settle() {
        doubt = Optional.empty();
        refusal = Optional.empty();
    }

    /** What is so at two looks is told, and once. */
    private void doubt(String why) {
        Optional<String> now = Optional.of(why);
        if (now.equals(doubt) && !now.equals(refusal)) {
            refusal = now;
            LOG.log(Level.WARNING, "{0}; the certificate in use stays, until {1}", why, current.notAfter());
        }
        doubt = now;
    }

    /** When the certificate in use runs out. Any thread. */
    Instant notAfter() {
        return current.notAfter();
    }

    /** What is not as it should be, for people. Any thread. */
    List<String> warnings() {
        return refusal.map(why -> why + "; the certificate in use stays").stream()
                .toList();
    }

    @Override
    public void close() {
        var _ = schedule.shutdownNow();
    }
}
