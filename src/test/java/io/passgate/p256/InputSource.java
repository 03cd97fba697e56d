package io.passgate.p256;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.bouncycastle.math.ec.ECPoint;

/** Draws inputs of all kinds; the ring and the random numbers fix which. */
final class InputSource {
    private static final BigInteger N = Secp256r1.N;
    private static final BigInteger P = Secp256r1.P;
    private static final BigInteger ONE = BigInteger.ONE;
    private static final BigInteger END = ONE.shiftLeft(256);
    private static final int NONCES = 64;

    /** What r and s may be at worst. */
    private static final List<BigInteger> EDGES = List.of(
            BigInteger.ZERO,
            ONE,
            BigInteger.TWO,
            N.subtract(ONE),
            N,
            N.add(ONE),
            N.shiftRight(1),
            P.subtract(N).subtract(ONE),
            P.subtract(N),
            P.subtract(N).add(ONE),
            P.subtract(ONE),
            P,
            P.add(ONE),
            END.subtract(N),
            END.subtract(P),
            ONE.shiftLeft(255),
            END.subtract(BigInteger.TWO),
            END.subtract(ONE));

    private record Nonce(BigInteger k, ECPoint point) {
        BigInteger r() {
            return Secp256r1.x(point).mod(N);
        }
    }

    private final KeyRing ring;
    private final SplittableRandom random;
    private final List<Nonce> nonces = new ArrayList<>();

    InputSource(KeyRing ring, SplittableRandom random) {
        this.ring = ring;
        this.random = random;
        for (int i = 0; i < NONCES; i++) {
            BigInteger k = scalar();
            nonces.add(new Nonce(k, Secp256r1.timesG(k)));
        }
    }

    Input next() {
        return next(InputKind.draw(random));
    }

    Input next(InputKind kind) {
        return switch (kind) {
            case VALID -> signed(kind, one(ring.random()), nonce());
            case LOW_S, HIGH_S -> withS(kind);
            case FLIPPED_SIGNATURE -> flippedSignature();
            case FLIPPED_DIGEST -> flippedDigest();
            case SWAPPED_KEY -> swappedKey();
            case NEAR_MISS -> nearMiss();
            case EDGE -> edge();
            case S_OVER_ORDER -> sOverOrder();
            case ZERO_HASH -> zeroHash();
            case LARGE_HASH -> largeHash();
            case RELATED_KEY -> relatedKey();
            case COLLISION -> collision();
            case INFINITY -> infinity();
            case X_OVER_ORDER -> one(ring.overTheOrder()).inputOverTheOrder(random);
            case SMALL_X -> one(ring.fromZero()).inputOfSmallX(random);
        };
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private BigInteger scalar() {
        return Secp256r1.randomScalar(random);
    }

    /** The sum of two that are there: one addition instead of a multiplication. */
    private Nonce nonce() {
        int first = random.nextInt(NONCES);
        int second = (first + 1 + random.nextInt(NONCES - 1)) % NONCES;
        Nonce a = nonces.get(first);
        Nonce b = nonces.get(second);
        Nonce sum = new Nonce(a.k.add(b.k).mod(N), a.point.add(b.point).normalize());
        nonces.set(first, sum);
        return sum;
    }

    /** A valid signature with any s, of the only hash that fits. */
    private Input signed(InputKind kind, TestKey key, Nonce nonce) {
        return signed(kind, key, nonce, nonce.r(), scalar());
    }

    /** The signature and hash of u1 * G + u2 * Q = k * G; valid if r is that point's. */
    private static Input signed(InputKind kind, TestKey key, Nonce nonce, BigInteger r, BigInteger s) {
        BigInteger hash = nonce.k.multiply(s).subtract(r.multiply(key.scalar())).mod(N);
        return Input.of(kind, key, hash, r, s);
    }

    private Input withS(InputKind kind) {
        BigInteger s = scalar();
        boolean high = s.compareTo(N.shiftRight(1)) > 0;
        Nonce nonce = nonce();
        return signed(
                kind, one(ring.random()), nonce, nonce.r(), high == (kind == InputKind.HIGH_S) ? s : N.subtract(s));
    }

    private void flipOneBit(byte[] bytes) {
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
    }

    private Input flippedSignature() {
        Input good = signed(InputKind.FLIPPED_SIGNATURE, one(ring.random()), nonce());
        flipOneBit(good.signature());
        return good;
    }

    private Input flippedDigest() {
        Input good = signed(InputKind.FLIPPED_DIGEST, one(ring.random()), nonce());
        flipOneBit(good.digest());
        return good;
    }

    private Input swappedKey() {
        int right = random.nextInt(ring.random().size());
        int wrong = (right + 1 + random.nextInt(ring.random().size() - 1))
                % ring.random().size();
        Input good = signed(InputKind.SWAPPED_KEY, ring.random().get(right), nonce());
        return new Input(good.kind(), ring.random().get(wrong), good.digest(), good.signature());
    }

    /** Another r in range than the point's. */
    private BigInteger beside(BigInteger r) {
        while (true) {
            BigInteger other = random.nextBoolean()
                    ? r.flipBit(random.nextInt(256))
                    : r.add(BigInteger.valueOf(random.nextInt(4) + 1)).mod(N);
            if (other.signum() > 0 && other.compareTo(N) < 0) {
                return other;
            }
        }
    }

    private Input nearMiss() {
        Nonce nonce = nonce();
        return signed(InputKind.NEAR_MISS, one(ring.random()), nonce, beside(nonce.r()), scalar());
    }

    private Input edge() {
        Input good = signed(InputKind.EDGE, one(ring.random()), nonce());
        int which = random.nextInt(3);
        BigInteger r = which == 1 ? Secp256r1.r(good.signature()) : one(EDGES);
        BigInteger s = which == 0 ? Secp256r1.s(good.signature()) : one(EDGES);
        return new Input(good.kind(), good.key(), good.digest(), Secp256r1.signature(r, s));
    }

    private Input sOverOrder() {
        Nonce nonce = nonce();
        BigInteger small = scalar().shiftRight(256 - random.nextInt(1, 224)).add(ONE);
        Input good = signed(InputKind.S_OVER_ORDER, one(ring.random()), nonce, nonce.r(), small);
        return new Input(good.kind(), good.key(), good.digest(), Secp256r1.signature(nonce.r(), small.add(N)));
    }

    private Input zeroHash() {
        TestKey key = one(ring.random());
        BigInteger hash = random.nextBoolean() ? BigInteger.ZERO : N;
        return withHash(InputKind.ZERO_HASH, key, hash, random.nextInt(4) > 0);
    }

    private Input largeHash() {
        int bits = random.nextInt(1, 224);
        BigInteger hash = random.nextInt(4) == 0 ? END.subtract(ONE) : N.add(scalar().shiftRight(256 - bits));
        return withHash(InputKind.LARGE_HASH, one(ring.random()), hash, true);
    }

    private Input withHash(InputKind kind, TestKey key, BigInteger hash, boolean valid) {
        Nonce nonce = nonce();
        BigInteger r = valid ? nonce.r() : beside(nonce.r());
        BigInteger s = hash.add(r.multiply(key.scalar()))
                .multiply(nonce.k.modInverse(N))
                .mod(N);
        return Input.of(kind, key, hash, r, s);
    }

    private BigInteger simple() {
        BigInteger value = switch (random.nextInt(3)) {
            case 0 -> BigInteger.valueOf(random.nextInt(1, 16));
            case 1 -> ONE.shiftLeft(random.nextInt(256));
            default -> ONE.shiftLeft(random.nextInt(1, 256)).subtract(ONE);
        };
        return random.nextBoolean() ? value.mod(N) : value.negate().mod(N);
    }

    private Input relatedKey() {
        TestKey key = one(ring.related());
        BigInteger u2 = random.nextBoolean() ? scalar() : simple();
        BigInteger shared =
                random.nextBoolean() ? u2 : u2.multiply(key.scalar()).mod(N);
        BigInteger u1 = switch (random.nextInt(6)) {
            case 0, 1 -> shared;
            case 2, 3 -> shared.negate().mod(N);
            case 4 -> simple();
            default -> shared.shiftLeft(1).mod(N);
        };
        BigInteger sum = u1.add(u2.multiply(key.scalar())).mod(N);
        BigInteger r = sum.signum() == 0
                ? scalar()
                : Secp256r1.x(Secp256r1.timesG(sum)).mod(N);
        return Input.ofScalars(InputKind.RELATED_KEY, key, u1, u2, random.nextInt(5) == 0 ? beside(r) : r);
    }

    private Input collision() {
        Input input =
                one(ring.collisions()).variant(ring.generatorWindow(), random).input();
        if (random.nextInt(5) > 0) {
            return input;
        }
        BigInteger right = Secp256r1.r(input.signature());
        BigInteger wrong = beside(right);
        BigInteger scale = wrong.multiply(right.modInverse(N)).mod(N);
        BigInteger hash = new BigInteger(1, input.digest()).multiply(scale).mod(N);
        BigInteger s = Secp256r1.s(input.signature()).multiply(scale).mod(N);
        return Input.of(input.kind(), input.key(), hash, wrong, s);
    }

    /** With an r that a sum gone wrong might have, or that with n added is all ones, which no coordinate is. */
    private Input infinity() {
        TestKey key = one(random.nextBoolean() ? ring.random() : ring.related());
        BigInteger u2 = scalar();
        BigInteger u1 = u2.multiply(key.scalar()).negate().mod(N);
        BigInteger last = new SumTree(u1, ring.generatorWindow(), u2, key.windowBits()).lastLeft(key.scalar());
        BigInteger r = switch (random.nextInt(9)) {
            case 0 -> ONE;
            case 7 -> END.subtract(ONE).subtract(N);
            case 1 -> P.subtract(N);
            case 2 -> Secp256r1.x(Secp256r1.timesG(u1));
            case 3 -> last.signum() == 0 ? ONE : Secp256r1.x(Secp256r1.timesG(last));
            case 4 -> last.signum() == 0 ? ONE : Secp256r1.x(Secp256r1.timesG(last.shiftLeft(1)));
            case 5 ->
                last.signum() == 0
                        ? ONE
                        : Secp256r1.x(Secp256r1.timesG(last))
                                .shiftLeft(1)
                                .negate()
                                .mod(P);
            case 6 -> Secp256r1.x(key.point());
            default -> scalar();
        };
        return Input.ofScalars(InputKind.INFINITY, key, u1, u2, r.mod(N));
    }
}
