package io.passgate.p256;

import static io.passgate.p256.VectorField.LANES;
import static io.passgate.p256.VectorField.MASK;
import static io.passgate.p256.VectorField.SPECIES;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.LSHL;

import jdk.incubator.vector.LongVector;

/** Squares of {@link VectorField}, in the same form and by the same reduction: 45 products of limbs instead of 81. */
final class VectorSquare {
    private VectorSquare() {}

    /** r = a^2 / R; r may be a. */
    static void square(long[] r, int ro, long[] a, int ao) {
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
        LongVector d1 = a1.lanewise(LSHL, 33).lanewise(ASHR, 32);
        LongVector d2 = a2.lanewise(LSHL, 33).lanewise(ASHR, 32);
        LongVector d3 = a3.lanewise(LSHL, 33).lanewise(ASHR, 32);
        LongVector d4 = a4.lanewise(LSHL, 33).lanewise(ASHR, 32);
        LongVector d5 = a5.lanewise(LSHL, 33).lanewise(ASHR, 32);
        LongVector d6 = a6.lanewise(LSHL, 33).lanewise(ASHR, 32);
        LongVector d7 = a7.lanewise(LSHL, 33).lanewise(ASHR, 32);
        LongVector d8 = a8.lanewise(LSHL, 33).lanewise(ASHR, 32);
        LongVector t0 = a0.mul(a0);
        LongVector t1 = a0.mul(d1);
        LongVector t2 = a0.mul(d2);
        LongVector t3 = a0.mul(d3);
        LongVector t4 = a0.mul(d4);
        LongVector t5 = a0.mul(d5);
        LongVector t6 = a0.mul(d6);
        LongVector t7 = a0.mul(d7);
        LongVector t8 = a0.mul(d8);
        LongVector m0 = t0.and(MASK);
        t1 = t1.add(t0.lanewise(ASHR, 29));
        t3 = t3.add(m0.lanewise(LSHL, 9));
        t6 = t6.add(m0.lanewise(LSHL, 18));
        t7 = t7.sub(m0.lanewise(LSHL, 21));
        t8 = t8.add(m0.lanewise(LSHL, 24));
        t2 = t2.add(a1.mul(a1));
        t3 = t3.add(a1.mul(d2));
        t4 = t4.add(a1.mul(d3));
        t5 = t5.add(a1.mul(d4));
        t6 = t6.add(a1.mul(d5));
        t7 = t7.add(a1.mul(d6));
        t8 = t8.add(a1.mul(d7));
        LongVector t9 = a1.mul(d8);
        LongVector m1 = t1.and(MASK);
        t2 = t2.add(t1.lanewise(ASHR, 29));
        t4 = t4.add(m1.lanewise(LSHL, 9));
        t7 = t7.add(m1.lanewise(LSHL, 18));
        t8 = t8.sub(m1.lanewise(LSHL, 21));
        t9 = t9.add(m1.lanewise(LSHL, 24));
        t4 = t4.add(a2.mul(a2));
        t5 = t5.add(a2.mul(d3));
        t6 = t6.add(a2.mul(d4));
        t7 = t7.add(a2.mul(d5));
        t8 = t8.add(a2.mul(d6));
        t9 = t9.add(a2.mul(d7));
        LongVector t10 = a2.mul(d8);
        LongVector m2 = t2.and(MASK);
        t3 = t3.add(t2.lanewise(ASHR, 29));
        t5 = t5.add(m2.lanewise(LSHL, 9));
        t8 = t8.add(m2.lanewise(LSHL, 18));
        t9 = t9.sub(m2.lanewise(LSHL, 21));
        t10 = t10.add(m2.lanewise(LSHL, 24));
        t6 = t6.add(a3.mul(a3));
        t7 = t7.add(a3.mul(d4));
        t8 = t8.add(a3.mul(d5));
        t9 = t9.add(a3.mul(d6));
        t10 = t10.add(a3.mul(d7));
        LongVector t11 = a3.mul(d8);
        LongVector m3 = t3.and(MASK);
        t4 = t4.add(t3.lanewise(ASHR, 29));
        t6 = t6.add(m3.lanewise(LSHL, 9));
        t9 = t9.add(m3.lanewise(LSHL, 18));
        t10 = t10.sub(m3.lanewise(LSHL, 21));
        t11 = t11.add(m3.lanewise(LSHL, 24));
        t8 = t8.add(a4.mul(a4));
        t9 = t9.add(a4.mul(d5));
        t10 = t10.add(a4.mul(d6));
        t11 = t11.add(a4.mul(d7));
        LongVector t12 = a4.mul(d8);
        LongVector m4 = t4.and(MASK);
        t5 = t5.add(t4.lanewise(ASHR, 29));
        t7 = t7.add(m4.lanewise(LSHL, 9));
        t10 = t10.add(m4.lanewise(LSHL, 18));
        t11 = t11.sub(m4.lanewise(LSHL, 21));
        t12 = t12.add(m4.lanewise(LSHL, 24));
        t10 = t10.add(a5.mul(a5));
        t11 = t11.add(a5.mul(d6));
        t12 = t12.add(a5.mul(d7));
        LongVector t13 = a5.mul(d8);
        LongVector m5 = t5.and(MASK);
        t6 = t6.add(t5.lanewise(ASHR, 29));
        t8 = t8.add(m5.lanewise(LSHL, 9));
        t11 = t11.add(m5.lanewise(LSHL, 18));
        t12 = t12.sub(m5.lanewise(LSHL, 21));
        t13 = t13.add(m5.lanewise(LSHL, 24));
        t12 = t12.add(a6.mul(a6));
        t13 = t13.add(a6.mul(d7));
        LongVector t14 = a6.mul(d8);
        LongVector m6 = t6.and(MASK);
        t7 = t7.add(t6.lanewise(ASHR, 29));
        t9 = t9.add(m6.lanewise(LSHL, 9));
        t12 = t12.add(m6.lanewise(LSHL, 18));
        t13 = t13.sub(m6.lanewise(LSHL, 21));
        t14 = t14.add(m6.lanewise(LSHL, 24));
        t14 = t14.add(a7.mul(a7));
        LongVector t15 = a7.mul(d8);
        LongVector m7 = t7.and(MASK);
        t8 = t8.add(t7.lanewise(ASHR, 29));
        t10 = t10.add(m7.lanewise(LSHL, 9));
        t13 = t13.add(m7.lanewise(LSHL, 18));
        t14 = t14.sub(m7.lanewise(LSHL, 21));
        t15 = t15.add(m7.lanewise(LSHL, 24));
        LongVector t16 = a8.mul(a8);
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

    /** r = a^2 / R - c - d in (-2^226, 2^256 + 2^226), limbs within 2^25 of [0, 2^29); c as results are, d at
     * most twice that; r may be any. */
    static void squareSubtract(long[] r, int ro, long[] a, int ao, long[] c, int co, long[] d, int dOffset) {
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
        LongVector d1 = a1.lanewise(LSHL, 33).lanewise(ASHR, 32);
        LongVector d2 = a2.lanewise(LSHL, 33).lanewise(ASHR, 32);
        LongVector d3 = a3.lanewise(LSHL, 33).lanewise(ASHR, 32);
        LongVector d4 = a4.lanewise(LSHL, 33).lanewise(ASHR, 32);
        LongVector d5 = a5.lanewise(LSHL, 33).lanewise(ASHR, 32);
        LongVector d6 = a6.lanewise(LSHL, 33).lanewise(ASHR, 32);
        LongVector d7 = a7.lanewise(LSHL, 33).lanewise(ASHR, 32);
        LongVector d8 = a8.lanewise(LSHL, 33).lanewise(ASHR, 32);
        LongVector t0 = a0.mul(a0);
        LongVector t1 = a0.mul(d1);
        LongVector t2 = a0.mul(d2);
        LongVector t3 = a0.mul(d3);
        LongVector t4 = a0.mul(d4);
        LongVector t5 = a0.mul(d5);
        LongVector t6 = a0.mul(d6);
        LongVector t7 = a0.mul(d7);
        LongVector t8 = a0.mul(d8);
        LongVector m0 = t0.and(MASK);
        t1 = t1.add(t0.lanewise(ASHR, 29));
        t3 = t3.add(m0.lanewise(LSHL, 9));
        t6 = t6.add(m0.lanewise(LSHL, 18));
        t7 = t7.sub(m0.lanewise(LSHL, 21));
        t8 = t8.add(m0.lanewise(LSHL, 24));
        t2 = t2.add(a1.mul(a1));
        t3 = t3.add(a1.mul(d2));
        t4 = t4.add(a1.mul(d3));
        t5 = t5.add(a1.mul(d4));
        t6 = t6.add(a1.mul(d5));
        t7 = t7.add(a1.mul(d6));
        t8 = t8.add(a1.mul(d7));
        LongVector t9 = a1.mul(d8);
        LongVector m1 = t1.and(MASK);
        t2 = t2.add(t1.lanewise(ASHR, 29));
        t4 = t4.add(m1.lanewise(LSHL, 9));
        t7 = t7.add(m1.lanewise(LSHL, 18));
        t8 = t8.sub(m1.lanewise(LSHL, 21));
        t9 = t9.add(m1.lanewise(LSHL, 24));
        t4 = t4.add(a2.mul(a2));
        t5 = t5.add(a2.mul(d3));
        t6 = t6.add(a2.mul(d4));
        t7 = t7.add(a2.mul(d5));
        t8 = t8.add(a2.mul(d6));
        t9 = t9.add(a2.mul(d7));
        LongVector t10 = a2.mul(d8);
        LongVector m2 = t2.and(MASK);
        t3 = t3.add(t2.lanewise(ASHR, 29));
        t5 = t5.add(m2.lanewise(LSHL, 9));
        t8 = t8.add(m2.lanewise(LSHL, 18));
        t9 = t9.sub(m2.lanewise(LSHL, 21));
        t10 = t10.add(m2.lanewise(LSHL, 24));
        t6 = t6.add(a3.mul(a3));
        t7 = t7.add(a3.mul(d4));
        t8 = t8.add(a3.mul(d5));
        t9 = t9.add(a3.mul(d6));
        t10 = t10.add(a3.mul(d7));
        LongVector t11 = a3.mul(d8);
        LongVector m3 = t3.and(MASK);
        t4 = t4.add(t3.lanewise(ASHR, 29));
        t6 = t6.add(m3.lanewise(LSHL, 9));
        t9 = t9.add(m3.lanewise(LSHL, 18));
        t10 = t10.sub(m3.lanewise(LSHL, 21));
        t11 = t11.add(m3.lanewise(LSHL, 24));
        t8 = t8.add(a4.mul(a4));
        t9 = t9.add(a4.mul(d5));
        t10 = t10.add(a4.mul(d6));
        t11 = t11.add(a4.mul(d7));
        LongVector t12 = a4.mul(d8);
        LongVector m4 = t4.and(MASK);
        t5 = t5.add(t4.lanewise(ASHR, 29));
        t7 = t7.add(m4.lanewise(LSHL, 9));
        t10 = t10.add(m4.lanewise(LSHL, 18));
        t11 = t11.sub(m4.lanewise(LSHL, 21));
        t12 = t12.add(m4.lanewise(LSHL, 24));
        t10 = t10.add(a5.mul(a5));
        t11 = t11.add(a5.mul(d6));
        t12 = t12.add(a5.mul(d7));
        LongVector t13 = a5.mul(d8);
        LongVector m5 = t5.and(MASK);
        t6 = t6.add(t5.lanewise(ASHR, 29));
        t8 = t8.add(m5.lanewise(LSHL, 9));
        t11 = t11.add(m5.lanewise(LSHL, 18));
        t12 = t12.sub(m5.lanewise(LSHL, 21));
        t13 = t13.add(m5.lanewise(LSHL, 24));
        t12 = t12.add(a6.mul(a6));
        t13 = t13.add(a6.mul(d7));
        LongVector t14 = a6.mul(d8);
        LongVector m6 = t6.and(MASK);
        t7 = t7.add(t6.lanewise(ASHR, 29));
        t9 = t9.add(m6.lanewise(LSHL, 9));
        t12 = t12.add(m6.lanewise(LSHL, 18));
        t13 = t13.sub(m6.lanewise(LSHL, 21));
        t14 = t14.add(m6.lanewise(LSHL, 24));
        t14 = t14.add(a7.mul(a7));
        LongVector t15 = a7.mul(d8);
        LongVector m7 = t7.and(MASK);
        t8 = t8.add(t7.lanewise(ASHR, 29));
        t10 = t10.add(m7.lanewise(LSHL, 9));
        t13 = t13.add(m7.lanewise(LSHL, 18));
        t14 = t14.sub(m7.lanewise(LSHL, 21));
        t15 = t15.add(m7.lanewise(LSHL, 24));
        LongVector t16 = a8.mul(a8);
        LongVector m8 = t8.and(MASK);
        t9 = t9.add(t8.lanewise(ASHR, 29));
        t11 = t11.add(m8.lanewise(LSHL, 9));
        t14 = t14.add(m8.lanewise(LSHL, 18));
        t15 = t15.sub(m8.lanewise(LSHL, 21));
        t16 = t16.add(m8.lanewise(LSHL, 24));
        t9 = t9.sub(LongVector.fromArray(SPECIES, c, co));
        t10 = t10.sub(LongVector.fromArray(SPECIES, c, co + LANES));
        t11 = t11.sub(LongVector.fromArray(SPECIES, c, co + 2 * LANES));
        t12 = t12.sub(LongVector.fromArray(SPECIES, c, co + 3 * LANES));
        t13 = t13.sub(LongVector.fromArray(SPECIES, c, co + 4 * LANES));
        t14 = t14.sub(LongVector.fromArray(SPECIES, c, co + 5 * LANES));
        t15 = t15.sub(LongVector.fromArray(SPECIES, c, co + 6 * LANES));
        t16 = t16.sub(LongVector.fromArray(SPECIES, c, co + 7 * LANES));
        t9 = t9.sub(LongVector.fromArray(SPECIES, d, dOffset));
        t10 = t10.sub(LongVector.fromArray(SPECIES, d, dOffset + LANES));
        t11 = t11.sub(LongVector.fromArray(SPECIES, d, dOffset + 2 * LANES));
        t12 = t12.sub(LongVector.fromArray(SPECIES, d, dOffset + 3 * LANES));
        t13 = t13.sub(LongVector.fromArray(SPECIES, d, dOffset + 4 * LANES));
        t14 = t14.sub(LongVector.fromArray(SPECIES, d, dOffset + 5 * LANES));
        t15 = t15.sub(LongVector.fromArray(SPECIES, d, dOffset + 6 * LANES));
        t16 = t16.sub(LongVector.fromArray(SPECIES, d, dOffset + 7 * LANES));
        LongVector t17 = LongVector.fromArray(SPECIES, c, co + 8 * LANES)
                .neg()
                .sub(LongVector.fromArray(SPECIES, d, dOffset + 8 * LANES));
        t10 = t10.add(t9.lanewise(ASHR, 29));
        t11 = t11.add(t10.lanewise(ASHR, 29));
        t12 = t12.add(t11.lanewise(ASHR, 29));
        t13 = t13.add(t12.lanewise(ASHR, 29));
        t14 = t14.add(t13.lanewise(ASHR, 29));
        t15 = t15.add(t14.lanewise(ASHR, 29));
        t16 = t16.add(t15.lanewise(ASHR, 29));
        t17 = t17.add(t16.lanewise(ASHR, 29));
        LongVector q = t17.lanewise(ASHR, 24);
        t9.and(MASK).add(q).intoArray(r, ro);
        t10.and(MASK).intoArray(r, ro + LANES);
        t11.and(MASK).intoArray(r, ro + 2 * LANES);
        t12.and(MASK).sub(q.lanewise(LSHL, 9)).intoArray(r, ro + 3 * LANES);
        t13.and(MASK).intoArray(r, ro + 4 * LANES);
        t14.and(MASK).intoArray(r, ro + 5 * LANES);
        t15.and(MASK).sub(q.lanewise(LSHL, 18)).intoArray(r, ro + 6 * LANES);
        t16.and(MASK).add(q.lanewise(LSHL, 21)).intoArray(r, ro + 7 * LANES);
        t17.sub(q.lanewise(LSHL, 24)).intoArray(r, ro + 8 * LANES);
    }
}
