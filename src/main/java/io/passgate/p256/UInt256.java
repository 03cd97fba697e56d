package io.passgate.p256;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigInteger;
import java.nio.ByteOrder;

/** Numbers of 256 bits as four 64-bit words, the lowest first, each word unsigned. */
final class UInt256 {
    static final int COUNT = 4;

    private static final VarHandle BIG_ENDIAN =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private UInt256() {}

    /** Reads 32 big-endian bytes. */
    static void read(byte[] bytes, int offset, long[] words, int at) {
        for (int i = 0; i < COUNT; i++) {
            words[at + i] = (long) BIG_ENDIAN.get(bytes, offset + (COUNT - 1 - i) * Long.BYTES);
        }
    }

    /** The words of a number in [0, 2^256). */
    static long[] of(BigInteger number) {
        long[] words = new long[COUNT];
        for (int i = 0; i < COUNT; i++) {
            words[i] = number.shiftRight(i * Long.SIZE).longValue();
        }
        return words;
    }

    static boolean areZero(long[] words, int at) {
        return (words[at] | words[at + 1] | words[at + 2] | words[at + 3]) == 0;
    }

    static boolean areEqual(long[] a, int ao, long[] b, int bo) {
        return ((a[ao] ^ b[bo]) | (a[ao + 1] ^ b[bo + 1]) | (a[ao + 2] ^ b[bo + 2]) | (a[ao + 3] ^ b[bo + 3])) == 0;
    }

    static boolean areLess(long[] a, int ao, long[] b, int bo) {
        for (int i = COUNT - 1; i >= 0; i--) {
            int order = Long.compareUnsigned(a[ao + i], b[bo + i]);
            if (order != 0) {
                return order < 0;
            }
        }
        return false;
    }

    /**
     * r = a + b mod 2^256; r may be a or b.
     *
     * @return the carry, 0 or 1
     */
    static long add(long[] r, int ro, long[] a, int ao, long[] b, int bo) {
        long carry = 0;
        for (int i = 0; i < COUNT; i++) {
            long x = a[ao + i];
            long y = b[bo + i];
            long sum = x + y + carry;
            carry = ((x & y) | ((x | y) & ~sum)) >>> 63;
            r[ro + i] = sum;
        }
        return carry;
    }

    /**
     * r = a - b mod 2^256; r may be a or b.
     *
     * @return the borrow, 0 or 1
     */
    static long subtract(long[] r, int ro, long[] a, int ao, long[] b, int bo) {
        long borrow = 0;
        for (int i = 0; i < COUNT; i++) {
            long x = a[ao + i];
            long y = b[bo + i];
            long difference = x - y - borrow;
            borrow = ((~x & y) | (~(x ^ y) & difference)) >>> 63;
            r[ro + i] = difference;
        }
        return borrow;
    }
}
