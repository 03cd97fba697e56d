package io.passgate.app.keys;

import io.passgate.app.config.IssuingConfig;
import io.passgate.crypto.VerificationKeys;
import io.passgate.crypto.signing.KeyPurpose;
import io.passgate.crypto.signing.KeyStoreFile;
import io.passgate.crypto.signing.SigningKey;
import io.passgate.crypto.signing.SigningKeys;
import io.passgate.trust.CertificateImporter;
import io.passgate.trust.Rejection;
import io.passgate.trust.Signer;
import io.passgate.trust.SignerCertificate;
import io.passgate.trust.SignerKind;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.security.Provider;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Makes the keys that gateways sign with, and replaces them. All gateways trust a key's signer before the keystore has
 * the key; and an old signer's shorter entry is there before its longer one goes. So each step leaves what can go on
 * signing and verifying, and the whole can be repeated wherever it broke off.
 *
 * <p>A method throws {@link IllegalStateException} when it broke off; the message says what is done, and what is not.
 */
public final class KeyCeremony {
    /** The O of a certificate where nothing else is wanted. */
    public static final String DEFAULT_ORGANIZATION = "Passgate";

    private static final Duration LEAST_VALIDITY = Duration.ofMinutes(1);
    private static final Duration MOST_VALIDITY = Duration.ofDays(3_650);
    private static final Duration MOST_DELAY = Duration.ofDays(30);

    private final KeyStoreFile store;
    private final TrustedSigners trusted;
    private final Provider provider;
    private final SecureRandom random;
    private final InstantSource clock;

    /**
     * A ceremony at one keystore. Nothing is read before it begins.
     *
     * @param store which holds the keys, and is locked by each step
     * @param trusted where signers are added before their keys, and removed after them
     * @param provider which makes keys and signs certificates
     * @param random for secrets
     * @param clock by which keys begin and end
     */
    public KeyCeremony(
            KeyStoreFile store, TrustedSigners trusted, Provider provider, SecureRandom random, InstantSource clock) {
        this.store = store;
        this.trusted = trusted;
        this.provider = provider;
        this.random = random;
        this.clock = clock;
    }

    /**
     * The signers that all gateways trust. Its methods throw {@link IllegalStateException} if nothing may have changed.
     */
    public interface TrustedSigners {
        /**
         * Adds signers, all of them or none; one that is there stays.
         *
         * @param signers of keys that gateways are going to sign with
         * @return why none was added; empty if all were
         */
        List<Rejection> add(List<Signer> signers);

        /**
         * Removes those of these ids that are there.
         *
         * @param ids of signers
         * @return how many were removed
         */
        int remove(List<String> ids);
    }

    /**
     * The key that is wanted.
     *
     * @param purpose what it is to sign
     * @param validFor how long, from its first use on; a minute to ten years
     * @param organization the O of its certificate; where it is left out, that of the key before, or the default
     */
    public record KeyRequest(KeyPurpose purpose, Duration validFor, Optional<String> organization) {

        /**
         * Holds the duration to its range.
         *
         * @throws IllegalArgumentException if it is out of range
         */
        public KeyRequest {
            checkRange("the validity", validFor, LEAST_VALIDITY, MOST_VALIDITY);
        }
    }

    /** What a ceremony came to. */
    public sealed interface Outcome {

        /**
         * A key was made.
         *
         * @param key which gateways sign by once it has settled
         */
        record Made(SigningKey key) implements Outcome {}

        /**
         * The rotation before was not over, and now lacks nothing but its time: no other key was made.
         *
         * @param key that the rotation before made
         */
        record Completed(SigningKey key) implements Outcome {}

        /**
         * Nothing was done.
         *
         * @param why for who asked; it holds no secret
         */
        record Refused(String why) implements Outcome {}
    }

    /**
     * Makes the first key for something. Nothing else signs for it, so it has settled at once.
     *
     * @param request the key that is wanted
     * @return the key, or why there is none
     * @throws IOException if the keystore cannot be used; then nothing was done
     * @throws IllegalArgumentException if the organization cannot stand in a certificate
     */
    public Outcome create(KeyRequest request) throws IOException {
        try (Closeable lock = store.lock()) {
            SigningKeys keys = Files.exists(store.path()) ? store.load() : SigningKeys.none();
            if (!keys.of(request.purpose).isEmpty()) {
                return new Outcome.Refused(store.path() + " has a key for " + request.purpose.code() + ": rotate it");
            }
            Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
            SigningKey key = make(
                    request,
                    request.organization.orElse(DEFAULT_ORGANIZATION),
                    now.minus(SigningKey.SETTLING),
                    now.plus(request.validFor));
            var _ = introduce(keys, key);
            return new Outcome.Made(key);
        }
    }

    /**
     * Makes the next key for something, to be used from {@code activateAfter} and {@link SigningKey#SETTLING} on. The
     * old signer of passes is trusted until its last pass has run out, and that of wallet certificates to its own end;
     * a key that is past this is removed from the keystore.
     *
     * @param request the key that is wanted
     * @param activateAfter the time to copy the keystore to every gateway, up to 30 days
     * @return the key, or why there is none
     * @throws IOException if the keystore cannot be used; then nothing was done
     * @throws IllegalArgumentException if the organization cannot stand in a certificate, or the delay is out of range
     */
    public Outcome rotate(KeyRequest request, Duration activateAfter) throws IOException {
        checkRange("the time to activation", activateAfter, Duration.ZERO, MOST_DELAY);
        try (Closeable lock = store.lock()) {
            SigningKeys keys = store.load();
            if (keys.of(request.purpose).isEmpty()) {
                return new Outcome.Refused(store.path() + " has no key for " + request.purpose.code() + ": create one");
            }
            SigningKey last = keys.of(request.purpose).getLast();
            Instant now = clock.instant();
            if (now.isBefore(last.settledFrom())) {
                trust(List.of(signer(last)), "nothing was changed");
                retire(keys, last, now);
                return new Outcome.Completed(last);
            }
            Instant activation = wholeSecond(now.plus(activateAfter));
            SigningKey next = make(
                    request,
                    request.organization.or(last::organization).orElse(DEFAULT_ORGANIZATION),
                    activation,
                    activation.plus(request.validFor));
            retire(introduce(keys, next), next, now);
            return new Outcome.Made(next);
        }
    }

    private static void checkRange(String what, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(what + ": " + value + " is not in [" + least + ", " + most + "]");
        }
    }

    /** The same instant or the next whole second: X.509 has no fractions. */
    private static Instant wholeSecond(Instant instant) {
        Instant second = instant.truncatedTo(ChronoUnit.SECONDS);
        return second.equals(instant) ? instant : second.plusSeconds(1);
    }

    private SigningKey make(KeyRequest request, String organization, Instant notBefore, Instant notAfter) {
        return SigningKey.make(provider, random, request.purpose, organization, notBefore, notAfter);
    }

    /** The keys with one more, whose signer is trusted before the keystore has it. */
    private SigningKeys introduce(SigningKeys keys, SigningKey key) {
        Signer signer = signer(key);
        trust(List.of(signer), "no key was made");
        SigningKeys more = keys.with(key);
        try {
            store.save(more);
        } catch (IOException failed) {
            throw new IllegalStateException(
                    "no key was made: the keystore cannot be written (" + IssuingConfig.text(failed) + "); "
                            + takenBack(signer) + "; it can be repeated",
                    failed);
        }
        return more;
    }

    private String takenBack(Signer signer) {
        try {
            var _ = trusted.remove(List.of(signer.id()));
            return "its signer was taken back";
        } catch (IllegalStateException unreachable) {
            return "its signer stays in the database, where it does no harm: passgate signers remove " + signer.id();
        }
    }

    private void trust(List<Signer> signers, String soFar) {
        try {
            List<Rejection> rejected = trusted.add(signers);
            if (!rejected.isEmpty()) {
                throw new IllegalStateException(rejected.getFirst().why());
            }
        } catch (IllegalStateException refused) {
            throw new IllegalStateException(
                    soFar + ": the signer could not be added (" + refused.getMessage() + "); it can be repeated",
                    refused);
        }
    }

    /** Gives the signers of the older keys their end, and forgets the keys that are past theirs. */
    private void retire(SigningKeys keys, SigningKey next, Instant now) {
        String soFar = "the key " + next.kid().toBase64() + " is in " + store.path() + " and trusted, but ";
        List<SigningKey> past = keys.past(next.purpose(), now);
        if (next.purpose() instanceof KeyPurpose.Passes) {
            try {
                keys.of(next.purpose()).forEach(key -> endTrust(keys, key, past.contains(key)));
            } catch (IllegalStateException failed) {
                throw new IllegalStateException(
                        soFar + "an older signer did not get its end (" + failed.getMessage() + "); repeat it before "
                                + next.settledFrom(),
                        failed);
            }
        }
        if (!past.isEmpty()) {
            try {
                store.save(keys.without(past));
            } catch (IOException failed) {
                throw new IllegalStateException(
                        soFar + "retired keys could not be removed there (" + IssuingConfig.text(failed)
                                + "); repeat it before " + next.settledFrom(),
                        failed);
            }
        }
    }

    private void endTrust(SigningKeys keys, SigningKey key, boolean isPast) {
        Optional<Instant> end = keys.endOfPasses(key);
        if (end.isEmpty()) {
            return;
        }
        Signer whole = signer(key);
        Signer ending = until(whole, end.get());
        if (isPast) {
            var _ = trusted.remove(List.of(whole.id(), ending.id()));
        } else if (!ending.equals(whole)) {
            trust(List.of(ending), "it stays as it was");
            var _ = trusted.remove(List.of(whole.id()));
        }
    }

    /** The signer that verifies what the key has signed. */
    private Signer signer(SigningKey key) {
        Signer read = new CertificateImporter(new VerificationKeys(provider))
                .ofDer(key.toString(), key.certificate())
                .signers()
                .getFirst();
        SignerKind kind = switch (key.purpose()) {
            case KeyPurpose.Passes(var of) -> SignerKind.pass(of);
            case KeyPurpose.Certificates() -> SignerKind.DCC;
        };
        return new Signer(read.kid(), read.key(), kind, read.usages(), read.certificate());
    }

    /** The same signer, trusted until {@code end} at the latest. */
    private static Signer until(Signer signer, Instant end) {
        Optional<SignerCertificate> shorter = signer.certificate()
                .map(whole -> new SignerCertificate(
                        whole.notBefore(),
                        end.isBefore(whole.notAfter()) ? end : whole.notAfter(),
                        whole.country(),
                        whole.organization(),
                        whole.subject()));
        return new Signer(signer.kid(), signer.key(), signer.kind(), signer.usages(), shorter);
    }
}
