package io.passgate.issuance.wallet;

import java.util.random.RandomGenerator;

/**
 * A unique certificate identifier (eHealth Network, Guidelines on verifiable vaccination certificates, annex 2) without
 * structure: {@code URN:UVCI:01:CC:} and 25 characters that mean nothing. 25 of 36 characters are 129 bits.
 */
record Uci(String text) {
    private static final String PREFIX = "URN:UVCI:01:";
    private static final String CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final int LENGTH = 25;

    /** A fresh one. */
    static Uci random(String country, RandomGenerator random) {
        StringBuilder text = new StringBuilder(PREFIX).append(country).append(':');
        for (int i = 0; i < LENGTH; i++) {
            text.append(CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
        }
        return new Uci(text.toString());
    }
}
