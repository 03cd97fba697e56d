package io.passgate.registry;

import java.util.Arrays;

/** A person as Passgate knows one: the HMAC-SHA-256 of the connecting information (CI) under the {@link Pepper}. */
public final class Holder {
    private static final int BYTES = 32;

    private final byte[] hmac;

    private Holder(byte[] hmac) {
        this.hmac = hmac;
    }

    /**
     * {@return the holder of these bytes}
     *
     * @param hmac 32 bytes, which are copied
     * @throws IllegalArgumentException if there are more or fewer
     */
    public static Holder of(byte[] hmac) {
        if (hmac.length != BYTES) {
            throw new IllegalArgumentException("a holder has " + BYTES + " bytes, not " + hmac.length);
        }
        return new Holder(hmac.clone());
    }

    /** {@return a copy of the 32 bytes} */
    public byte[] toByteArray() {
        return hmac.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Holder that && Arrays.equals(hmac, that.hmac);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(hmac);
    }

    /** Names nobody. */
    @Override
    public String toString() {
        return "Holder[…]";
    }
}
