package io.passgate.store.secret;

import io.passgate.store.BackgroundLoops;
import io.passgate.store.BlockingCalls;
import io.passgate.store.StoreException;
import io.vertx.sqlclient.SqlClient;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Whether this gateway has the secrets that the database knows, asked once a second on a thread of its own: at the
 * start, after the database was out of reach, and after another secret was adopted. Any thread may read.
 */
public final class SecretWatch {
    private static final Logger LOG = System.getLogger(SecretWatch.class.getName());
    private static final Duration ROUND = Duration.ofSeconds(1);

    private final List<SecretFingerprint> own;
    private final SqlClient client;
    private final BlockingCalls blockingCalls;
    private final List<Consumer<SecretPurpose>> onOther = new CopyOnWriteArrayList<>();
    private final BackgroundLoops loops = new BackgroundLoops(SecretWatch.class);
    private final Map<SecretPurpose, State> states = new ConcurrentHashMap<>();

    private enum State {
        SAME,
        OTHER
    }

    /**
     * Creates one that has not compared anything yet.
     *
     * @param own of the secrets that this gateway has; without any nothing is ever asked
     * @param client of the database, the caller's to close
     * @param blockingCalls for that database
     */
    public SecretWatch(List<SecretFingerprint> own, SqlClient client, BlockingCalls blockingCalls) {
        this.own = List.copyOf(own);
        this.client = client;
        this.blockingCalls = blockingCalls;
    }

    /** Compares them now, where the database can be reached, and from now on. */
    public void start() {
        if (!own.isEmpty()) {
            loops.guarded("comparing secrets", this::round);
            loops.start("passgate-secrets", () -> {
                while (loops.isOpen()) {
                    loops.pause(ROUND);
                    loops.guarded("comparing secrets", this::round);
                }
            });
        }
    }

    /** Tells the thread to end, without waiting. */
    public void stop() {
        loops.stop();
    }

    /**
     * Stops comparing, and waits for the thread to end.
     *
     * @param patience how long at most
     */
    public void stop(Duration patience) {
        loops.stop(patience);
    }

    private void round() {
        try {
            for (SecretFingerprint secret : own) {
                boolean isKnown = blockingCalls.await("secrets", () -> FingerprintTable.isKnown(client, secret));
                settle(secret.purpose(), isKnown ? State.SAME : State.OTHER);
            }
        } catch (StoreException lost) {
            forgetConfirmations();
            throw lost;
        }
    }

    private void settle(SecretPurpose purpose, State now) {
        State before = states.put(purpose, now);
        if (now == State.OTHER && before != State.OTHER) {
            LOG.log(Level.ERROR, "{0}", sentence(purpose));
            onOther.forEach(action -> action.accept(purpose));
        } else if (now == State.SAME && before == State.OTHER) {
            LOG.log(Level.INFO, "the {0} is the one that the database knows now", purpose.title());
        }
    }

    /** Out of reach, the database may become another one; that a secret was another one holds until it is compared. */
    private void forgetConfirmations() {
        var _ = states.values().removeIf(state -> state == State.SAME);
    }

    /**
     * Has something done each time that this gateway's secret turns out to be another than the database's.
     *
     * @param purpose of the secret
     * @param action done on the thread that compares, which it must not hold up
     */
    public void onOther(SecretPurpose purpose, Runnable action) {
        onOther.add(other -> {
            if (other == purpose) {
                action.run();
            }
        });
    }

    /** {@return what this gateway has a secret for; the set is the caller's} */
    public Set<SecretPurpose> purposes() {
        Set<SecretPurpose> purposes = EnumSet.noneOf(SecretPurpose.class);
        own.forEach(secret -> purposes.add(secret.purpose()));
        return purposes;
    }

    /**
     * {@return whether the database is known to know another secret than this gateway's}
     *
     * @param purpose of the secret; false for one that this gateway does not have
     */
    public boolean isOther(SecretPurpose purpose) {
        return states.get(purpose) == State.OTHER;
    }

    /**
     * {@return whether the database knows this gateway's secret; empty while that cannot be told}
     *
     * @param purpose of the secret; empty for one that this gateway does not have
     */
    public Optional<Boolean> isSame(SecretPurpose purpose) {
        return Optional.ofNullable(states.get(purpose)).map(state -> state == State.SAME);
    }

    /** {@return which parts of this gateway are off, in sentences for people} */
    public List<String> warnings() {
        return purposes().stream()
                .filter(this::isOther)
                .map(SecretWatch::sentence)
                .toList();
    }

    private static String sentence(SecretPurpose purpose) {
        return purpose.part() + " is not ready: this gateway's " + purpose.title()
                + " is not the one that the database knows";
    }
}
