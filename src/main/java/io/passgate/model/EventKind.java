package io.passgate.model;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What a credential can attest; a signer may be limited to some of them. */
public enum EventKind {
    /** One dose of a vaccine. */
    VACCINATION,
    /** One test for the disease. */
    TEST,
    /** An infection that is over. */
    RECOVERY,
    /** A medical exemption, as only entry passes carry it. */
    EXEMPTION;

    /** The sets of kinds, by their bits. */
    private static final List<Set<EventKind>> SETS =
            IntStream.range(0, 1 << values().length).mapToObj(EventKind::setOf).toList();

    private static Set<EventKind> setOf(int bits) {
        return Arrays.stream(values()).filter(kind -> (bits & kind.bit()) != 0).collect(Collectors.toUnmodifiableSet());
    }

    /** {@return the bit of this kind in {@link #ofBits(int)}} */
    public int bit() {
        return 1 << ordinal();
    }

    /**
     * {@return the set of the kinds with these bits} Each set is made once.
     *
     * @param bits the sum of the {@linkplain #bit bits}, 0 to 15
     * @throws IndexOutOfBoundsException if there are other bits
     */
    public static Set<EventKind> ofBits(int bits) {
        return SETS.get(bits);
    }
}
