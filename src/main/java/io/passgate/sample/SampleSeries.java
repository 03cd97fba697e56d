package io.passgate.sample;

import io.passgate.model.Claims;
import io.passgate.model.FormatId;
import io.passgate.model.PolicyResult;
import io.passgate.model.Reason;
import io.passgate.policy.Policy;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * The payloads of one seed, in one format. Each is made by itself, of the seed and its number, so that they can be made
 * on several threads, and a larger count begins like a smaller one.
 */
public abstract sealed class SampleSeries permits SampleCards, SamplePasses {
    private static final long GOLDEN = 0x9E37_79B9_7F4A_7C15L;

    private final Plan plan;

    SampleSeries(Plan plan) {
        this.plan = plan;
    }

    /**
     * What is made.
     *
     * @param seed of people, dates, ids and keys
     * @param at the instant that the payloads are made for; a fraction of a second is dropped
     * @param organization the O of the signers' certificates
     * @param policy whose verdict is foretold, if any
     */
    public record Plan(long seed, Instant at, String organization, Optional<Policy> policy) {
        /** The first instant that payloads can be made for. */
        public static final Instant FIRST = Instant.parse("2021-01-01T00:00:00Z");

        /** And the last one: passes, and the EU's schema for birth dates, end with the century. */
        public static final Instant LAST = Instant.parse("2090-01-01T00:00:00Z");

        private static final int MOST_NAME_LENGTH = 64;

        /**
         * Drops the fraction, and checks the rest.
         *
         * @throws IllegalArgumentException if the instant is out of range, or the organization no name
         */
        public Plan {
            at = at.truncatedTo(ChronoUnit.SECONDS);
            if (at.isBefore(FIRST) || at.isAfter(LAST)) {
                throw new IllegalArgumentException("--at: samples are made for " + FIRST + " to " + LAST);
            }
            if (organization.isBlank()
                    || organization.length() > MOST_NAME_LENGTH
                    || organization.chars().anyMatch(Character::isISOControl)) {
                throw new IllegalArgumentException(
                        "--organization: a name has 1 to " + MOST_NAME_LENGTH + " printable characters");
            }
        }

        /** A key of this seed; another organization has other keys. */
        SeededKey key(String name) {
            return SeededKey.of(String.join("\n", "passgate sample", organization, Long.toString(seed), name));
        }
    }

    /**
     * {@return a payload} Any thread may ask for any of them, and gets the same one each time.
     *
     * @param number of the payload, from 0
     */
    public final SamplePayload payload(long number) {
        Random random = new Random(mixed(plan.seed() + number * GOLDEN));
        return payload(random, Fate.draw(random));
    }

    /** Makes one payload of this fate. */
    abstract SamplePayload payload(Random random, Fate fate);

    /** {@return the certificates of the signers to be trusted, in DER} */
    public abstract List<byte[]> certificates();

    /** {@return what the payloads are recognised as} */
    public abstract FormatId format();

    /** {@return the instant that they are made for, in whole seconds} */
    public final Instant at() {
        return plan.at();
    }

    final Plan plan() {
        return plan;
    }

    /** What is expected of a payload of this fate with these claims. */
    final Optional<Reason> refusal(Fate fate, Claims claims) {
        if (fate.refusal().isPresent() || plan.policy().isEmpty()) {
            return fate.refusal();
        }
        return plan.policy().get().judge(claims, plan.at()) instanceof PolicyResult.NotMet(Reason reason)
                ? Optional.of(reason)
                : Optional.empty();
    }

    /** The last byte of a signature is another one for what is forged. */
    static byte[] signature(SeededKey key, Fate fate, byte[] message) {
        byte[] signature = key.sign(message);
        if (fate == Fate.FORGED) {
            signature[signature.length - 1] ^= 1;
        }
        return signature;
    }

    /** Numbers that follow each other give generators that do not look alike (the finalizer of SplitMix64). */
    private static long mixed(long number) {
        long mixed = (number ^ (number >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D0_49BB_1331_11EBL;
        return mixed ^ (mixed >>> 31);
    }
}
