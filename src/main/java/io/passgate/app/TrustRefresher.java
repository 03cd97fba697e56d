package io.passgate.app;

import io.passgate.trust.Rejection;
import io.passgate.trust.Signer;
import io.passgate.trust.SignerImport;
import io.passgate.trust.TrustList;
import io.passgate.trust.TrustSnapshot;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Keeps the trust list that files hold: every look at the files confirms it, and changed files replace it. When they
 * cannot be read, or hold no signer any more, the last list stays and grows old.
 */
final class TrustRefresher implements Supplier<TrustSnapshot> {
    private static final Logger LOG = System.getLogger(TrustRefresher.class.getName());

    private final TrustFiles files;
    private final List<Path> sources;
    private final Ages ages;
    private final boolean allowDemo;
    private final InstantSource clock;

    /** The state of the files that the list was made of; none before there is a list. */
    private Optional<List<String>> lastSeen = Optional.empty();

    private volatile TrustSnapshot snapshot = TrustSnapshot.none();

    TrustRefresher(TrustFiles files, List<Path> sources, Ages ages, boolean allowDemo, InstantSource clock) {
        this.files = files;
        this.sources = sources;
        this.ages = ages;
        this.allowDemo = allowDemo;
        this.clock = clock;
    }

    /** From which ages on a list is doubtful and stale. */
    record Ages(Duration warn, Duration hard) {}

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
            List<String> seen = look();
            Optional<TrustList> changed = lastSeen.equals(Optional.of(seen))
                    ? Optional.of(snapshot.list())
                    : read().filter(list -> list.size() > 0);
            if (changed.isEmpty()) {
                LOG.log(Level.WARNING, "the trust sources hold no signer; the last list of {0} stays", size());
                return;
            }
            lastSeen = Optional.of(seen);
            snapshot = TrustSnapshot.confirmed(changed.get(), clock.instant(), ages.warn, ages.hard);
        } catch (IOException unreadable) {
            LOG.log(
                    Level.WARNING,
                    "the trust sources cannot be read; the last list of {0} stays: {1}",
                    size(),
                    unreadable.toString());
        }
    }

    private int size() {
        return snapshot.list().size();
    }

    /** What tells one state of the files from another. */
    private List<String> look() throws IOException {
        List<String> seen = new ArrayList<>();
        for (Path source : sources) {
            for (Path file : TrustFiles.files(source)) {
                seen.add(file + " " + Files.size(file) + " " + Files.getLastModifiedTime(file));
            }
        }
        return seen;
    }

    private Optional<TrustList> read() throws IOException {
        List<Signer> signers = new ArrayList<>();
        List<Rejection> rejected = new ArrayList<>();
        for (Path source : sources) {
            SignerImport found = files.read(source);
            rejected.addAll(found.rejected());
            for (Signer signer : found.signers()) {
                if (!allowDemo && isDemo(signer)) {
                    rejected.add(new Rejection("KID " + signer.kid().toBase64(), "a signer of the demonstration"));
                } else {
                    signers.add(signer);
                }
            }
        }
        TrustList list = TrustList.of(signers);
        rejected.addAll(list.rejected());
        rejected.forEach(entry -> LOG.log(Level.WARNING, "trust: left out: {0}: {1}", entry.where(), entry.why()));
        LOG.log(Level.INFO, "trust: {0} signers, {1} left out", list.size(), rejected.size());
        return Optional.of(list);
    }

    private static boolean isDemo(Signer signer) {
        return signer.certificate()
                .flatMap(certificate -> certificate.organization())
                .filter(Gateway.DEMO_ORGANIZATION::equals)
                .isPresent();
    }
}
