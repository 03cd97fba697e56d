package io.passgate.app.lists;

import io.passgate.trust.Rejection;
import io.passgate.trust.Signer;
import io.passgate.trust.SignerImport;
import io.passgate.trust.TrustList;
import io.passgate.trust.TrustSnapshot;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Keeps the trust list that files hold. Every look that finds the files as they were confirms the list. A change is
 * taken at the second look that finds it, so that no half-written file is; and never while a source is unreadable, cut
 * off or gone, or when no signer would be left: then the last list stays, unconfirmed, and grows old. A signer missing
 * by our fault would be told as a fault of every holder of its certificates.
 */
public final class TrustRefresher implements Supplier<TrustSnapshot> {
    private static final Logger LOG = System.getLogger(TrustRefresher.class.getName());

    private final TrustFiles files;
    private final List<Path> sources;
    private final Ages ages;
    private final Predicate<Signer> mayBeTrusted;
    private final InstantSource clock;

    /** What the files held when the list was made of them. */
    private Optional<String> taken = Optional.empty();

    /** What the last look found, where that was not taken. */
    private Optional<String> waiting = Optional.empty();

    /** What the files held when their entries that were left out were last told. */
    private Optional<String> told = Optional.empty();

    private volatile TrustSnapshot snapshot = TrustSnapshot.none();

    /**
     * Has no signers before the first look.
     *
     * @param files what reads them
     * @param sources files or folders; none: the list stays empty and unconfirmed
     * @param ages from which on the list is doubtful and stale
     * @param mayBeTrusted signers that are left out where it does not hold
     * @param clock by which a look confirms the list
     */
    public TrustRefresher(
            TrustFiles files, List<Path> sources, Ages ages, Predicate<Signer> mayBeTrusted, InstantSource clock) {
        this.files = files;
        this.sources = sources;
        this.ages = ages;
        this.mayBeTrusted = mayBeTrusted;
        this.clock = clock;
    }

    /**
     * From which ages on a list is doubtful and stale.
     *
     * @param warn doubtful: an unknown KID cannot be told
     * @param hard stale: no signature can be told
     */
    public record Ages(Duration warn, Duration hard) {}

    @Override
    public TrustSnapshot get() {
        return snapshot;
    }

    /** Looks at the files once; called by one thread at a time. */
    void refresh() {
        if (sources.isEmpty()) {
            return;
        }
        try {
            TrustFiles.Contents contents = files.load(sources);
            Optional<String> found = Optional.of(contents.digest());
            if (found.equals(taken)) {
                waiting = Optional.empty();
                confirm(snapshot.list());
            } else if (taken.isEmpty() || found.equals(waiting)) {
                waiting = found;
                take(contents, found);
            } else {
                waiting = found;
                LOG.log(Level.INFO, "the trust sources have changed, and are taken if they stay so");
            }
        } catch (IOException unreadable) {
            waiting = Optional.empty();
            keep("the trust sources cannot be read: " + unreadable);
        }
    }

    private void take(TrustFiles.Contents contents, Optional<String> found) {
        SignerImport read = files.read(contents);
        List<Rejection> rejected = new ArrayList<>(read.rejected());
        List<Signer> signers = new ArrayList<>(read.signers());
        signers.removeIf(signer -> !mayBeTrusted.test(signer) && rejected.add(demo(signer)));
        TrustList list = TrustList.of(signers);
        if (!found.equals(told)) {
            told = found;
            rejected.forEach(entry -> LOG.log(Level.WARNING, "trust: left out: {0}: {1}", entry.where(), entry.why()));
            list.warnings().forEach(warning -> LOG.log(Level.WARNING, "trust: {0}", warning));
        }
        if (rejected.stream().anyMatch(Rejection::ofSource)) {
            keep("a trust source is not whole");
        } else if (list.size() == 0) {
            keep("the trust sources hold no signer");
        } else {
            taken = found;
            waiting = Optional.empty();
            confirm(list);
            LOG.log(Level.INFO, "trust: {0} signers, {1} left out", list.size(), rejected.size());
        }
    }

    private void confirm(TrustList list) {
        snapshot = TrustSnapshot.confirmed(list, clock.instant(), ages.warn, ages.hard);
    }

    private void keep(String why) {
        LOG.log(
                Level.WARNING,
                "{0}; the last list of {1} signers stays",
                why,
                snapshot.list().size());
    }

    private static Rejection demo(Signer signer) {
        return new Rejection("KID " + signer.kid().toBase64(), "a signer of the demonstration");
    }
}
