package io.passgate.app.keys;

import io.passgate.app.config.InvalidConfig;
import io.passgate.app.config.IssuingConfig;
import io.passgate.crypto.signing.KeyStoreFile;
import io.passgate.crypto.signing.SigningKey;
import io.passgate.crypto.signing.SigningKeys;
import io.passgate.logging.RedactedStackTrace;
import io.passgate.model.Digests;
import io.passgate.model.Slice;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.Provider;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Follows the keystore that a gateway signs by. A look compares size and time of the files, then the content, and takes
 * what has changed; while that cannot be used, the last keys stay. Without a keystore there is nothing to look at.
 */
public final class SigningKeyFile implements Supplier<SigningKeys>, AutoCloseable {
    /** A key that a rotation adds is there long before it is used. */
    private static final Duration EVERY = Duration.ofMillis(500);

    private static final Logger LOG = System.getLogger(SigningKeyFile.class.getName());

    private final Optional<IssuingConfig.Place> place;
    private final Provider provider;
    private final Predicate<SigningKey> usable;
    private Optional<ScheduledExecutorService> schedule = Optional.empty();

    /** The files as the last look found them, whatever came of it. */
    private Optional<Stamps> looked = Optional.empty();

    /** What the keys were read from. */
    private Slice taken = Slice.of(new byte[0]);

    private volatile SigningKeys keys = SigningKeys.none();

    /**
     * Reads the keystore, if there is to be one.
     *
     * @param place where the keystore and its password are; empty where nothing is signed
     * @param provider which reads the keys
     * @param usable whether a key may sign at all
     * @throws InvalidConfig if it cannot be used
     */
    public SigningKeyFile(Optional<IssuingConfig.Place> place, Provider provider, Predicate<SigningKey> usable) {
        this.place = place;
        this.provider = provider;
        this.usable = usable;
        place.ifPresent(this::readFirst);
    }

    /** Two files, without what they hold. */
    private record Stamps(Stamp keystore, Stamp password) {
        static Stamps of(IssuingConfig.Place place) {
            return new Stamps(Stamp.of(place.keystore()), Stamp.of(place.passwordFile()));
        }
    }

    /** One file: what changes with its content, or when another takes its place. */
    private record Stamp(long bytes, FileTime changedAt, Optional<Object> identity) {
        private static final Stamp ABSENT = new Stamp(-1, FileTime.fromMillis(0), Optional.empty());

        static Stamp of(Path file) {
            try {
                BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
                return new Stamp(found.size(), found.lastModifiedTime(), Optional.ofNullable(found.fileKey()));
            } catch (IOException absent) {
                return ABSENT;
            }
        }
    }

    private void readFirst(IssuingConfig.Place from) {
        looked = Optional.of(Stamps.of(from));
        try {
            take(from);
        } catch (IOException unusable) {
            throw new InvalidConfig("issuing.keystore: " + IssuingConfig.text(unusable));
        }
    }

    private void take(IssuingConfig.Place from) throws IOException {
        KeyStoreFile file = from.open(provider);
        byte[] content = file.content();
        Slice digest = sha256(content);
        if (digest.equals(taken)) {
            return;
        }
        SigningKeys found = file.parse(content);
        if (!found.all().stream().allMatch(usable)) {
            throw new IOException(from.keystore() + ": holds a key of the demonstration");
        }
        keys = found;
        taken = digest;
        LOG.log(Level.INFO, "{0} keys to sign with: {1}", found.all().size(), found.all());
    }

    private static Slice sha256(byte[] content) {
        return Slice.of(Digests.sha256().digest(content));
    }

    /** The keys as they were last read. */
    @Override
    public SigningKeys get() {
        return keys;
    }

    /** Looks at the files from now on. */
    public void start() {
        if (place.isEmpty()) {
            return;
        }
        ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("passgate-keys").daemon().factory());
        schedule = Optional.of(looking);
        var _ = looking.scheduleWithFixedDelay(
                this::lookAgain, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void lookAgain() {
        try {
            look();
        } catch (RuntimeException | Error fault) {
            LOG.log(Level.ERROR, "looking at the keystore failed: {0}", RedactedStackTrace.of(fault));
        }
    }

    /** Looks at the files once; called by one thread at a time. */
    void look() {
        if (place.isEmpty()) {
            return;
        }
        Optional<Stamps> found = Optional.of(Stamps.of(place.get()));
        if (found.equals(looked)) {
            return;
        }
        looked = found;
        try {
            take(place.get());
        } catch (IOException unusable) {
            LOG.log(
                    Level.WARNING,
                    "issuing.keystore: {0}; the last {1} keys stay",
                    IssuingConfig.text(unusable),
                    keys.all().size());
        }
    }

    @Override
    public void close() {
        schedule.ifPresent(ScheduledExecutorService::shutdownNow);
    }
}
