package io.passgate.p256;

import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products mod p of many elements at once, an element a lane: nine signed limbs of 29 bits, the lowest first, limb i of
 * lane l at {@code offset + i * LANES + l}. Montgomery form with R = 2^261. Variable time in nothing but the number of
 * calls.
 *
 * <p>An element stands for any number of its class mod p. Factors have limbs in (-2^31, 2^31) whose products' bounds
 * come to less than 2^59.8, so that nine of them and the reduction stay below 2^63: differences of two results, and
 * three times one result against another, do. Results have limbs 0 to 7 in [0, 2^29) and are |a||b|/R + p at the most,
 * which for factors below 4p in magnitude is in (-p/2, 3p/2).
 *
 * <p>The rows of the product and the steps of the reduction alternate (CIOS; Koc, Acar and Kaliski 1996), so that ten
 * columns and one factor are all that is held in registers. p = 2^256 - 2^224 + 2^192 + 2^96 - 1, so the quotient digit
 * is the lowest limb itself, and its products with p are shifts by 9, 18, 21 and 24 bits in columns 3, 6, 7 and 8.
 * Unrolled, and from memory to memory: a vector that is an argument of a method that is not inlined would be boxed.
 * Factors are sign-extended from 32 bits, by which C2 knows that it may multiply 32-bit halves, which every width of
 * lanes can.
 */
final class VectorField {
    static final VectorSpecies<Long> SPECIES = LongVector.SPECIES_PREFERRED;
    static final int LANES = SPECIES.length();

    static final int LIMBS = 9;
    static final int BITS = 29;
    static final long LIMB_MASK = (1L << BITS) - 1;

    /** log2 of R. */
    static final int R_BITS = LIMBS * BITS;

    /** Longs that the elements of all lanes take. */
    static final int ELEMENT = LIMBS * LANES;

    static final LongVector MASK = LongVector.broadcast(SPECIES, LIMB_MASK);

    private VectorField() {}

    /** r = a - b, limb by limb without a carry; r may be a or b. */
    static void subtract(long[] r, int ro, long[] a, int ao, long[] b, int bo) {
        for (int i = 0; i < ELEMENT; i += LANES) {
            LongVector.fromArray(SPECIES, a, ao + i)
                    .sub(LongVector.fromArray(SPECIES, b, bo + i))
                    .intoArray(r, ro + i);
        }
    }

    /**
     * r = a - b as {@link #subtract}.
     *
     * @return false if certainly no lane is 0 mod p: k p is -k mod 2^29, and |a - b| is below 8p
     */
    static boolean subtractAndSuspect(long[] r, int ro, long[] a, int ao, long[] b, int bo) {
        subtract(r, ro, a, ao, b, bo);
        return LongVector.fromArray(SPECIES, r, ro)
                .add(8)
                .and(MASK)
                .compare(LT, 17)
                .anyTrue();
    }

    /** r = a * b / R; r may be a or b. */
    static void mul(long[] r, int ro, long[] a, int ao, long[] b, int bo) {
        LongVector a0 = LongVector.fromArray(SPECIES, a, ao).lanewise(LSHL, 32).lanewise(ASHR, 32);
        LongVector a1 =
                LongVector.fromArray(SPECIES, a, ao + LANES).lanewise(LSHL, 32).lanewise(ASHR, 32);
        LongVector a2 = LongVector.fromArray(SPECIES, a, ao + 2 * LANES)
                .lanewise(LSHL, 32)
                .lanewise(ASHR, 32);
        LongVector a3 = LongVector.fromArray(SPECIES, a, ao + 3 * LANES)
                .lanewise(LSHL, 32)
                .lanewise(ASHR, 32);
        LongVector a4 = LongVector.fromArray(SPECIES, a, ao + 4 * LANES)
                .lanewise(LSHL, 32)
                .lanewise(ASHR, 32);
        LongVector a5 = LongVector.fromArray(SPECIES, a, ao + 5 * LANES)
                .lanewise(LSHL, 32)
                .lanewise(ASHR, 32);
        LongVector a6 = LongVector.fromArray(SPECIES, a, ao + 6 * LANES)
                .lanewise(LSHL, 32)
                .lanewise(ASHR, 32);
        LongVector a7 = LongVector.fromArray(SPECIES, a, ao + 7 * LANES)
                .lanewise(LSHL, 32)
                .lanewise(ASHR, 32);
        LongVector a8 = LongVector.fromArray(SPECIES, a, ao + 8 * LANES)
                .lanewise(LSHL, 32)
                .lanewise(ASHR, 32);
        LongVector b0 = LongVector.fromArray(SPECIES, b, bo).lanewise(LSHL, 32).lanewise(ASHR, 32);
        LongVector t0 = a0.mul(b0);
        LongVector t1 = a1.mul(b0);
        LongVector t2 = a2.mul(b0);
        LongVector t3 = a3.mul(b0);
        LongVector t4 = a4.mul(b0);
        LongVector t5 = a5.mul(b0);
        LongVector t6 = a6.mul(b0);
        LongVector t7 = a7.mul(b0);
        LongVector t8 = a8.mul(b0);
        LongVector m0 = t0.and(MASK);
        t1 = t1.add(t0.lanewise(ASHR, 29));
        t3 = t3.add(m0.lanewise(LSHL, 9));
        t6 = t6.add(m0.lanewise(LSHL, 18));
        t7 = t7.sub(m0.lanewise(LSHL, 21));
        t8 = t8.add(m0.lanewise(LSHL, 24));
        LongVector b1 =
                LongVector.fromArray(SPECIES, b, bo + LANES).lanewise(LSHL, 32).lanewise(ASHR, 32);
        t1 = t1.add(a0.mul(b1));
        t2 = t2.add(a1.mul(b1));
        t3 = t3.add(a2.mul(b1));
        t4 = t4.add(a3.mul(b1));
        t5 = t5.add(a4.mul(b1));
        t6 = t6.add(a5.mul(b1));
        t7 = t7.add(a6.mul(b1));
        t8 = t8.add(a7.mul(b1));
        LongVector t9 = a8.mul(b1);
        LongVector m1 = t1.and(MASK);
        t2 = t2.add(t1.lanewise(ASHR, 29));
        t4 = t4.add(m1.lanewise(LSHL, 9));
        t7 = t7.add(m1.lanewise(LSHL, 18));
        t8 = t8.sub(m1.lanewise(LSHL, 21));
        t9 = t9.add(m1.lanewise(LSHL, 24));
        LongVector b2 = LongVector.fromArray(SPECIES, b, bo + 2 * LANES)
                .lanewise(LSHL, 32)
                .lanewise(ASHR, 32);
        t2 = t2.add(a0.mul(b2));
        t3 = t3.add(a1.mul(b2));
        t4 = t4.add(a2.mul(b2));
        t5 = t5.add(a3.mul(b2));
        t6 = t6.add(a4.mul(b2));
        t7 = t7.add(a5.mul(b2));
        t8 = t8.add(a6.mul(b2));
        t9 = t9.add(a7.mul(b2));
        LongVector t10 = a8.mul(b2);
        LongVector m2 = t2.and(MASK);
        t3 = t3.add(t2.lanewise(ASHR, 29));
        t5 = t5.add(m2.lanewise(LSHL, 9));
        t8 = t8.add(m2.lanewise(LSHL, 18));
        t9 = t9.sub(m2.lanewise(LSHL, 21));
        t10 = t10.add(m2.lanewise(LSHL, 24));
        LongVector b3 = LongVector.fromArray(SPECIES, b, bo + 3 * LANES)
                .lanewise(LSHL, 32)
                .lanewise(ASHR, 32);
        t3 = t3.add(a0.mul(b3));
        t4 = t4.add(a1.mul(b3));
        t5 = t5.add(a2.mul(b3));
        t6 = t6.add(a3.mul(b3));
        t7 = t7.add(a4.mul(b3));
        t8 = t8.add(a5.mul(b3));
        t9 = t9.add(a6.mul(b3));
        t10 = t10.add(a7.mul(b3));
        LongVector t11 = a8.mul(b3);
        LongVector m3 = t3.and(MASK);
        t4 = t4.add(t3.lanewise(ASHR, 29));
        t6 = t6.add(m3.lanewise(LSHL, 9));
        t9 = t9.add(m3.lanewise(LSHL, 18));
        t10 = t10.sub(m3.lanewise(LSHL, 21));
        t11 = t11.add(m3.lanewise(LSHL, 24));
        LongVector b4 = LongVector.fromArray(SPECIES, b, bo + 4 * LANES)
                .lanewise(LSHL, 32)
                .lanewise(ASHR, 32);
        t4 = t4.add(a0.mul(b4));
        t5 = t5.add(a1.mul(b4));
        t6 = t6.add(a2.mul(b4));
        t7 = t7.add(a3.mul(b4));
        t8 = t8.add(a4.mul(b4));
        t9 = t9.add(a5.mul(b4));
        t10 = t10.add(a6.mul(b4));
        t11 = t11.add(a7.mul(b4));
        LongVector t12 = a8.mul(b4);
        LongVector m4 = t4.and(MASK);
        t5 = t5.add(t4.lanewise(ASHR, 29));
        t7 = t7.add(m4.lanewise(LSHL, 9));
        t10 = t10.add(m4.lanewise(LSHL, 18));
        t11 = t11.sub(m4.lanewise(LSHL, 21));
        t12 = t12.add(m4.lanewise(LSHL, 24));
        LongVector b5 = LongVector.fromArray(SPECIES, b, bo + 5 * LANES)
                .lanewise(LSHL, 32)
                .lanewise(ASHR, 32);
        t5 = t5.add(a0.mul(b5));
        t6 = t6.add(a1.mul(b5));
        t7 = t7.add(a2.mul(b5));
        t8 = t8.add(a3.mul(b5));
        t9 = t9.add(a4.mul(b5));
        t10 = t10.add(a5.mul(b5));
        t11 = t11.add(a6.mul(b5));
        t12 = t12.add(a7.mul(b5));
        LongVector t13 = a8.mul(b5);
        LongVector m5 = t5.and(MASK);
        t6 = t6.add(t5.lanewise(ASHR, 29));
        t8 = t8.add(m5.lanewise(LSHL, 9));
        t11 = t11.add(m5.lanewise(LSHL, 18));
        t12 = t12.sub(m5.lanewise(LSHL, 21));
        t13 = t13.add(m5.lanewise(LSHL, 24));
        LongVector b6 = LongVector.fromArray(SPECIES, b, bo + 6 * LANES)
                .lanewise(LSHL, 32)
                .lanewise(ASHR, 32);
        t6 = t6.add(a0.mul(b6));
        t7 = t7.add(a1.mul(b6));
        t8 = t8.add(a2.mul(b6));
        t9 = t9.add(a3.mul(b6));
        t10 = t10.add(a4.mul(b6));
        t11 = t11.add(a5.mul(b6));
        t12 = t12.add(a6.mul(b6));
        t13 = t13.add(a7.mul(b6));
        LongVector t14 = a8.mul(b6);
        LongVector m6 = t6.and(MASK);
        t7 = t7.add(t6.lanewise(ASHR, 29));
        t9 = t9.add(m6.lanewise(LSHL, 9));
        t12 = t12.add(m6.lanewise(LSHL, 18));
        t13 = t13.sub(m6.lanewise(LSHL, 21));
        t14 = t14.add(m6.lanewise(LSHL, 24));
        LongVector b7 = LongVector.fromArray(SPECIES, b, bo + 7 * LANES)
                .lanewise(LSHL, 32)
                .lanewise(ASHR, 32);
        t7 = t7.add(a0.mul(b7));
        t8 = t8.add(a1.mul(b7));
        t9 = t9.add(a2.mul(b7));
        t10 = t10.add(a3.mul(b7));
        t11 = t11.add(a4.mul(b7));
        t12 = t12.add(a5.mul(b7));
        t13 = t13.add(a6.mul(b7));
        t14 = t14.add(a7.mul(b7));
        LongVector t15 = a8.mul(b7);
        LongVector m7 = t7.and(MASK);
        t8 = t8.add(t7.lanewise(ASHR, 29));
        t10 = t10.add(m7.lanewise(LSHL, 9));
        t13 = t13.add(m7.lanewise(LSHL, 18));
        t14 = t14.sub(m7.lanewise(LSHL, 21));
        t15 = t15.add(m7.lanewise(LSHL, 24));
        LongVector b8 = LongVector.fromArray(SPECIES, b, bo + 8 * LANES)
                .lanewise(LSHL, 32)
                .lanewise(ASHR, 32);
        t8 = t8.add(a0.mul(b8));
        t9 = t9.add(a1.mul(b8));
        t10 = t10.add(a2.mul(b8));
        t11 = t11.add(a3.mul(b8));
        t12 = t12.add(a4.mul(b8));
        t13 = t13.add(a5.mul(b8));
        t14 = t14.add(a6.mul(b8));
        t15 = t15.add(a7.mul(b8));
        LongVector t16 = a8.mul(b8);
        LongVector m8 = t8.and(MASK);
        t9 = t9.add(t8.lanewise(ASHR, 29));
        t11 = t11.add(m8.lanewise(LSHL, 9));
        t14 = t14.add(m8.lanewise(LSHL, 18));
        t15 = t15.sub(m8.lanewise(LSHL, 21));
        t16 = t16.add(m8.lanewise(LSHL, 24));
        t10 = t10.add(t9.lanewise(ASHR, 29));
        t11 = t11.add(t10.lanewise(ASHR, 29));
        t12 = t12.add(t11.lanewise(ASHR, 29));
        t13 = t13.add(t12.lanewise(ASHR, 29));
        t14 = t14.add(t13.lanewise(ASHR, 29));
        t15 = t15.add(t14.lanewise(ASHR, 29));
        t16 = t16.add(t15.lanewise(ASHR, 29));
        LongVector t17 = t16.lanewise(ASHR, 29);
        t9.and(MASK).intoArray(r, ro);
        t10.and(MASK).intoArray(r, ro + LANES);
        t11.and(MASK).intoArray(r, ro + 2 * LANES);
        t12.and(MASK).intoArray(r, ro + 3 * LANES);
        t13.and(MASK).intoArray(r, ro + 4 * LANES);
        t14.and(MASK).intoArray(r, ro + 5 * LANES);
        t15.and(MASK).intoArray(r, ro + 6 * LANES);
        t16.and(MASK).intoArray(r, ro + 7 * LANES);
        t17.intoArray(r, ro + 8 * LANES);
    }
}
