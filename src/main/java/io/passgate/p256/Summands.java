package io.passgate.p256;

import java.util.Arrays;

/**
 * The points to be added up for each of up to {@link #capacity} signatures: slot by slot a row of a table, the
 * generator's slots first. All signatures have the same number of slots. Belongs to one thread.
 */
final class Summands {
    private final KeyTable generator;
    private final KeyTable[] keys;
    private final int[] codes;
    private final int generatorSlots;
    private final SignedWindows signedWindows = new SignedWindows();
    private int keyWindowBits;
    private int slots;
    private int count;

    Summands(KeyTable generator, int capacity) {
        this.generator = generator;
        this.generatorSlots = SignedWindows.count(generator.windowBits());
        this.keys = new KeyTable[capacity];
        Arrays.fill(keys, generator);
        this.codes = new int[maxSlots() * capacity];
    }

    /** The most slots a signature can have. */
    static int maxSlots() {
        return SignedWindows.count(Kernel.GENERATOR_WINDOW_BITS) + SignedWindows.count(Kernel.MIN_WINDOW_BITS);
    }

    int capacity() {
        return keys.length;
    }

    /** Starts anew, for signatures by keys with tables of these windows. */
    void start(int windowBits) {
        keyWindowBits = windowBits;
        slots = generatorSlots + SignedWindows.count(windowBits);
        count = 0;
    }

    /** Adds a signature: u1 times the generator and u2 times the key. */
    void add(KeyTable key, long[] u1, int at1, long[] u2, int at2) {
        keys[count] = key;
        signedWindows.digits(u1, at1, generator.windowBits(), codes, count, keys.length);
        signedWindows.digits(u2, at2, keyWindowBits, codes, generatorSlots * keys.length + count, keys.length);
        count++;
    }

    /** Lets go of the keys' tables. */
    void clear() {
        Arrays.fill(keys, 0, count, generator);
        count = 0;
    }

    int count() {
        return count;
    }

    int slots() {
        return slots;
    }

    /** The table that a signature's point in {@code slot} is in. */
    long[] table(int slot, int signature) {
        return slot < generatorSlots ? generator.points() : keys[signature].points();
    }

    /** Where in the table it starts. */
    int row(int slot, int signature) {
        return TableBuilder.FIRST + (codes[slot * keys.length + signature] >> 1) * TableBuilder.ROW;
    }

    /** -1 if the point is to be negated, otherwise 0. */
    long sign(int slot, int signature) {
        return -(codes[slot * keys.length + signature] & 1);
    }
}
