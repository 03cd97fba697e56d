package io.passgate.p256;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** The keys of a differential run: random ones, related to the generator, and made for collisions and for rare x. */
record KeyRing(
        int generatorWindow,
        List<TestKey> random,
        List<TestKey> related,
        List<Collision> collisions,
        List<RareX> overTheOrder,
        List<RareX> fromZero) {
    private static final List<Integer> WINDOWS = List.of(6, 8, 10, 12);
    private static final int RANDOM_KEYS_A_WINDOW = 4;
    private static final int WIDEST_TABLE = 13;

    static KeyRing make(int generatorWindow, SplittableRandom random) {
        Set<Integer> windows = new LinkedHashSet<>(WINDOWS);
        if (generatorWindow <= WIDEST_TABLE) {
            windows.add(generatorWindow);
        }
        List<TestKey> plain = new ArrayList<>();
        List<Collision> collisions = new ArrayList<>();
        for (int window : windows) {
            for (int i = 0; i < RANDOM_KEYS_A_WINDOW; i++) {
                plain.add(TestKey.of(Secp256r1.randomScalar(random), window));
            }
            collisions.addAll(Collision.atEveryLevel(generatorWindow, window, random));
        }
        return new KeyRing(
                generatorWindow,
                plain,
                relatedTo(generatorWindow, windows),
                collisions,
                RareX.overTheOrder(random),
                RareX.fromZero(random));
    }

    /**
     * The generator's multiples by small numbers, by powers of two and by their inverses, and the opposites of these.
     */
    private static List<TestKey> relatedTo(int generatorWindow, Set<Integer> windows) {
        List<TestKey> keys = new ArrayList<>();
        for (int window : windows) {
            both(keys, BigInteger.ONE, window);
        }
        for (int small = 2; small <= 5; small++) {
            both(keys, BigInteger.valueOf(small), 6);
        }
        for (int bits : new int[] {6, 8, generatorWindow, 11 * generatorWindow, 126, 255}) {
            both(keys, BigInteger.TWO.pow(bits), bits % 8 == 0 ? 8 : 6);
        }
        both(keys, BigInteger.TWO.modInverse(Secp256r1.N), 6);
        both(keys, BigInteger.TWO.pow(generatorWindow).modInverse(Secp256r1.N), 8);
        return keys;
    }

    private static void both(List<TestKey> keys, BigInteger multiple, int window) {
        keys.add(TestKey.of(multiple, window));
        keys.add(TestKey.of(Secp256r1.N.subtract(multiple), window));
    }
}
