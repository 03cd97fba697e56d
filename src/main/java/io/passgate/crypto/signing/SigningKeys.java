package io.passgate.crypto.signing;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The keys a gateway signs with, at one moment. Immutable.
 *
 * <p>The keys of one purpose succeed each other by the first instant of their certificates. The one to sign with is the
 * newest that has settled; before any has, the oldest that is valid. Once a newer key has settled, the older ones never
 * sign again, though the newer one run out before them: others have been told to trust them no longer.
 */
public final class SigningKeys {
    /** How long a pass lives. */
    private static final Duration PASS_LIFE = Duration.ofSeconds(15);

    /** By how much the clocks of who signs and who verifies may be off, and passes be accepted after their end. */
    private static final Duration TOLERANCES = Duration.ofSeconds(10);

    private static final SigningKeys NONE = new SigningKeys(List.of());

    private static final Comparator<SigningKey> BY_AGE =
            Comparator.comparing(SigningKey::notBefore).thenComparing(SigningKey::kid);

    private final List<SigningKey> all;
    private final Map<String, List<SigningKey>> passes = new HashMap<>();
    private final List<SigningKey> certificates = new ArrayList<>();

    private SigningKeys(List<SigningKey> all) {
        this.all = all;
        for (SigningKey key : all) {
            switch (key.purpose()) {
                case KeyPurpose.Passes(var provider) ->
                    passes.computeIfAbsent(provider, first -> new ArrayList<>()).add(key);
                case KeyPurpose.Certificates() -> certificates.add(key);
            }
        }
    }

    /** What becomes of a key. */
    public enum State {
        /** It is the one to sign with. */
        ACTIVE,
        /** It will be, when it has settled. */
        NEXT,
        /** It signs no more: a newer one does, or it has run out. */
        RETIRED
    }

    /** {@return the keys of a gateway that issues nothing} */
    public static SigningKeys none() {
        return NONE;
    }

    /**
     * {@return these keys as those of a gateway}
     *
     * @param keys in any order, for any purposes; copied
     */
    public static SigningKeys of(Collection<SigningKey> keys) {
        return new SigningKeys(keys.stream()
                .sorted(Comparator.comparing((SigningKey key) -> key.purpose().code())
                        .thenComparing(BY_AGE))
                .toList());
    }

    /**
     * {@return the key that signs a provider's passes now; empty if it has none that is valid}
     *
     * @param provider its name, as {@link KeyPurpose.Passes} has it
     * @param now this gateway's time
     */
    public Optional<SigningKey> forPasses(String provider, Instant now) {
        return current(passes.getOrDefault(provider, List.of()), now);
    }

    /**
     * {@return the key that signs wallet certificates now; empty if there is none that is valid}
     *
     * @param now this gateway's time
     */
    public Optional<SigningKey> forCertificates(Instant now) {
        return current(certificates, now);
    }

    private static Optional<SigningKey> current(List<SigningKey> oldestFirst, Instant now) {
        int newestSettled = oldestFirst.size() - 1;
        while (newestSettled >= 0 && !oldestFirst.get(newestSettled).isSettled(now)) {
            newestSettled--;
        }
        return oldestFirst.stream()
                .skip(Math.max(newestSettled, 0))
                .filter(key -> key.isValid(now))
                .findFirst();
    }

    /** {@return all keys by purpose, the oldest first} */
    public List<SigningKey> all() {
        return all;
    }

    /**
     * {@return the keys of one purpose, the oldest first}
     *
     * @param purpose what they sign
     */
    public List<SigningKey> of(KeyPurpose purpose) {
        return all.stream().filter(key -> key.purpose().equals(purpose)).toList();
    }

    /**
     * {@return what becomes of one of these keys}
     *
     * @param key one of {@link #all()}
     * @param now this gateway's time
     */
    public State state(SigningKey key, Instant now) {
        List<SigningKey> oldestFirst = of(key.purpose());
        Optional<SigningKey> current = current(oldestFirst, now);
        if (current.filter(key::equals).isPresent()) {
            return State.ACTIVE;
        }
        boolean isNewer = current.isEmpty() || BY_AGE.compare(key, current.get()) > 0;
        return isNewer && !key.hasRunOut(now) ? State.NEXT : State.RETIRED;
    }

    /**
     * {@return the last instant at which a pass signed by one of these keys may be accepted; empty where no newer key
     * follows it} By then that one has settled, the last pass has run out, and no clock says otherwise.
     *
     * @param key one of {@link #all()}
     */
    public Optional<Instant> endOfPasses(SigningKey key) {
        List<SigningKey> oldestFirst = of(key.purpose());
        int next = oldestFirst.indexOf(key) + 1;
        return next == oldestFirst.size()
                ? Optional.empty()
                : Optional.of(
                        oldestFirst.get(next).settledFrom().plus(PASS_LIFE).plus(TOLERANCES));
    }

    /**
     * {@return the keys that a newer one follows and that have signed nothing that is still on its way} They may be
     * forgotten.
     *
     * @param purpose what they sign
     * @param now this gateway's time
     */
    public List<SigningKey> past(KeyPurpose purpose, Instant now) {
        return of(purpose).stream()
                .filter(key -> endOfPasses(key).filter(now::isAfter).isPresent())
                .toList();
    }

    /**
     * {@return these keys and one more}
     *
     * @param key added
     */
    public SigningKeys with(SigningKey key) {
        List<SigningKey> more = new ArrayList<>(all);
        more.add(key);
        return of(more);
    }

    /**
     * {@return these keys but for some}
     *
     * @param keys left out; those that are not there do not matter
     */
    public SigningKeys without(Collection<SigningKey> keys) {
        return of(all.stream().filter(key -> !keys.contains(key)).toList());
    }
}
