package io.passgate.p256;

import java.util.SplittableRandom;
import java.util.stream.Stream;

/** The kinds of input that decisions are compared on, with how often each comes and what is known of its decisions. */
enum InputKind {
    VALID(27, Outcome.VALID),
    LOW_S(3, Outcome.VALID),
    HIGH_S(3, Outcome.VALID),
    FLIPPED_SIGNATURE(9, Outcome.INVALID),
    FLIPPED_DIGEST(5, Outcome.INVALID),
    SWAPPED_KEY(4, Outcome.INVALID),
    /** r differs from the x of the point in one bit or by a small number. */
    NEAR_MISS(8, Outcome.INVALID),
    /** r, s or both at a bound. */
    EDGE(7, Outcome.INVALID),
    /** s + n instead of a small s. */
    S_OVER_ORDER(2, Outcome.INVALID),
    /** A hash that is 0 modulo n, so that u1 is 0. */
    ZERO_HASH(4, Outcome.SOME),
    /** A hash of n or more. */
    LARGE_HASH(3, Outcome.VALID),
    /** The key is a small or shifted multiple of the generator or its opposite, and u1 is related to u2. */
    RELATED_KEY(9, Outcome.SOME),
    /** Equal or opposite points meet at a chosen level of the sum's tree. */
    COLLISION(8, Outcome.SOME),
    /** u1 * G + u2 * Q is the point at infinity. */
    INFINITY(4, Outcome.INVALID),
    /** The x of the point is in [n, p), so that r is x - n. */
    X_OVER_ORDER(2, Outcome.SOME),
    /** The x of the point is small, and r is equal to it only modulo n, or r + n only modulo p. */
    SMALL_X(2, Outcome.SOME);

    /** What BouncyCastle is known to say of a kind. */
    enum Outcome {
        VALID,
        INVALID,
        SOME
    }

    private static final int TOTAL =
            Stream.of(values()).mapToInt(kind -> kind.weight).sum();

    private final int weight;
    private final Outcome outcome;

    InputKind(int weight, Outcome outcome) {
        this.weight = weight;
        this.outcome = outcome;
    }

    Outcome outcome() {
        return outcome;
    }

    /** One of the kinds, by their weights. */
    static InputKind draw(SplittableRandom random) {
        int left = random.nextInt(TOTAL);
        for (InputKind kind : values()) {
            left -= kind.weight;
            if (left < 0) {
                return kind;
            }
        }
        throw new AssertionError("the weights add up to their total");
    }
}
