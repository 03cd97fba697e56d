package io.passgate.store;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * What PostgreSQL refuses, and whether it takes changes: what is read may still be answered then. It hears of the calls
 * of all that a gateway has to do with it, and passes on what it hears. Any thread.
 */
public final class PostgresqlState implements StoreObserver {
    private static final Logger LOG = System.getLogger(PostgresqlState.class.getName());

    /** As long as no call has been refused for so long, none is. */
    static final Duration REMEMBERED = Duration.ofSeconds(5);

    private final StoreObserver next;
    private final LongSupplier nanoClock;
    private volatile Optional<Heard> refusal = Optional.empty();
    private volatile Optional<Heard> refusedChange = Optional.empty();
    private volatile Optional<Mode> mode = Optional.empty();

    /** Whether a server takes changes. */
    public enum Mode {
        /** It takes changes. */
        WRITABLE("it takes changes"),
        /** It refuses changes, since its transactions are read-only. */
        READ_ONLY("it is read-only"),
        /** It follows another server, which takes the changes. */
        STANDBY("it is a standby");

        private final String words;

        Mode(String words) {
            this.words = words;
        }
    }

    /** What is refused, by SQLSTATE (PostgreSQL's appendix A). */
    private enum Refusal {
        READ_ONLY("it is read-only", "25006"),
        TOO_MANY_CONNECTIONS("there are too many connections", "53300"),
        NOT_ALLOWED("this gateway's user or password is wrong", "28000", "28P01"),
        NO_DATABASE("the database does not exist", "3D000"),
        NOT_ACCEPTING("it is starting up or shutting down", "57P01", "57P02", "57P03");

        private final String words;

        @SuppressWarnings("ImmutableEnumChecker")
        private final Set<String> states;

        Refusal(String words, String... states) {
            this.words = words;
            this.states = Set.of(states);
        }

        static Optional<Refusal> of(String sqlState) {
            return Arrays.stream(values())
                    .filter(refusal -> refusal.states.contains(sqlState))
                    .findFirst();
        }
    }

    private record Heard(Refusal refusal, String sqlState, long atNs) {
        String sentence() {
            return refusal.words + " (SQLSTATE " + sqlState + ")";
        }
    }

    /**
     * Creates one that has heard nothing yet.
     *
     * @param next told of everything that this one hears
     * @param nanoClock as {@link System#nanoTime}
     */
    public PostgresqlState(StoreObserver next, LongSupplier nanoClock) {
        this.next = next;
        this.nanoClock = nanoClock;
    }

    /**
     * Hears what the server has answered to the question whether it takes changes.
     *
     * @param answered empty if it has not answered
     */
    public void heard(Optional<Mode> answered) {
        Optional<Mode> before = mode;
        mode = answered;
        if (answered.isPresent() && !answered.equals(before) && answered.get() != Mode.WRITABLE) {
            LOG.log(Level.WARNING, "PostgreSQL takes no changes: {0}", answered.get().words);
        }
    }

    /** {@return whether a connection was refused within the last 5 s} Those that are open may serve on. */
    public boolean refusesConnections() {
        return recent(refusal).isPresent();
    }

    /**
     * {@return whether it takes changes; empty while it has not answered} A change that it refused within the last 5 s
     * counts for more than its answer.
     */
    public Optional<Boolean> isWritable() {
        return recent(refusedChange).isPresent() ? Optional.of(false) : mode.map(answered -> answered == Mode.WRITABLE);
    }

    /**
     * {@return what is not as it should be, in sentences for people; empty where nothing is}
     *
     * @param isUp whether the last call was answered
     */
    public List<String> warnings(boolean isUp) {
        List<String> all = new ArrayList<>();
        Optional<String> why = recent(refusal).map(Heard::sentence);
        if (!isUp) {
            all.add("PostgreSQL is out of reach"
                    + why.map(words -> ": " + words).orElse(""));
        } else if (why.isPresent()) {
            all.add("PostgreSQL refuses connections: " + why.get());
        }
        Optional<String> unwritable = mode.filter(answered -> answered != Mode.WRITABLE)
                .map(answered -> answered.words)
                .or(() -> recent(refusedChange).map(Heard::sentence));
        unwritable.ifPresent(words -> all.add("PostgreSQL takes no changes: " + words));
        return all;
    }

    private Optional<Heard> recent(Optional<Heard> heard) {
        return heard.filter(one -> nanoClock.getAsLong() - one.atNs < REMEMBERED.toNanos());
    }

    @Override
    public void took(Store store, String operation, long ns) {
        next.took(store, operation, ns);
    }

    @Override
    public void failed(Store store) {
        next.failed(store);
    }

    @Override
    public void refused(String sqlState) {
        Refusal.of(sqlState)
                .map(known -> new Heard(known, sqlState, nanoClock.getAsLong()))
                .ifPresent(this::note);
        next.refused(sqlState);
    }

    private void note(Heard heard) {
        boolean isOfChanges = heard.refusal == Refusal.READ_ONLY;
        Optional<Heard> before = recent(isOfChanges ? refusedChange : refusal);
        if (isOfChanges) {
            refusedChange = Optional.of(heard);
        } else {
            refusal = Optional.of(heard);
        }
        if (!before.map(Heard::refusal).equals(Optional.of(heard.refusal))) {
            LOG.log(
                    Level.WARNING,
                    "PostgreSQL {0}: {1}",
                    isOfChanges ? "takes no changes" : "refuses connections",
                    heard.sentence());
        }
    }

    @Override
    public void caughtUp() {
        next.caughtUp();
    }

    @Override
    public void reloaded(Source from) {
        next.reloaded(from);
    }
}
