package io.passgate.attack;

import io.passgate.codec.Bounds;
import io.passgate.codec.CborWriter;
import io.passgate.testing.TestCards;
import java.util.List;

/** Payloads that are refused, but not before they have cost as much as may be. */
final class CostlyPayloads {
    private static final int BOMB_BYTES = 200 * 1_024;

    private CostlyPayloads() {}

    static List<String> of(AttackedGateway gateway) {
        return List.of(
                TestCards.withBrokenSignature(gateway.card()),
                TestCards.ofMessage(new byte[BOMB_BYTES]),
                TestCards.withBrokenSignature(gateway.card(longKeys())));
    }

    /** A map as large as allowed whose keys differ in their last byte, each compared with all before it. */
    private static byte[] longKeys() {
        String stem = "k".repeat(Bounds.MAX_INFLATED_BYTES / 2 / Bounds.MAX_MAP_ENTRIES);
        CborWriter map = new CborWriter().map(Bounds.MAX_MAP_ENTRIES);
        for (int i = 0; i < Bounds.MAX_MAP_ENTRIES; i++) {
            map.text(stem + (char) ('0' + i)).integer(0);
        }
        return map.toByteArray();
    }
}
