package io.passgate.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.model.Kid;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Batches of the EU DCC gateway, taken whole or not at all. */
final class RevocationBatchTest {
    private static final String HASH =
            Base64.getEncoder().encodeToString(new byte[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15});

    private static String batch(String kid, String type, String expires, List<String> hashes) {
        String entries = String.join(
                ",", hashes.stream().map(hash -> "{\"hash\":\"" + hash + "\"}").toList());
        return "{\"country\":\"XX\",\"expires\":\"" + expires + "\",\"kid\":\"" + kid + "\",\"hashType\":\"" + type
                + "\",\"entries\":[" + entries + "]}";
    }

    private static RevocationBatch parse(String json) {
        return RevocationBatch.parse(json.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertRejected(String json, String why) {
        assertThat(parse(json))
                .isInstanceOfSatisfying(
                        RevocationBatch.Rejected.class,
                        rejected -> assertThat(rejected.why()).contains(why));
    }

    @Test
    void aBatch_isItsEntries() {
        String json = batch("AQI=", "COUNTRYCODEUCI", "2022-11-01T01:00:00.5+01:00", List.of(HASH, HASH));
        assertThat(parse(json)).isInstanceOfSatisfying(RevocationBatch.Usable.class, usable -> {
            assertThat(usable.revocations()).hasSize(2);
            Revocation first = usable.revocations().getFirst();
            assertThat(first.key().kind()).isEqualTo(RevocationKind.COUNTRYCODEUCI);
            assertThat(first.key().kid()).contains(Kid.of(new byte[] {1, 2}));
            assertThat(first.key().hash()).hasToString("000102030405060708090a0b0c0d0e0f");
            assertThat(first.expiresAt()).as("upwards").isEqualTo(Instant.parse("2022-11-01T00:00:01Z"));
        });
    }

    @Test
    void anUnknownKid_standsForAny() {
        assertThat(parse(batch("UNKNOWN_KID", "SIGNATURE", "2022-11-01T00:00:00Z", List.of(HASH))))
                .isInstanceOfSatisfying(
                        RevocationBatch.Usable.class,
                        usable -> assertThat(
                                        usable.revocations().getFirst().key().kid())
                                .isEmpty());
    }

    @Test
    void oneWrongPart_rejectsTheWhole() {
        String at = "2022-11-01T00:00:00Z";
        assertRejected("{", "JSON");
        assertRejected("[]", "hashType");
        assertRejected(batch("AQI=", "OTHER", at, List.of(HASH)), "hashType");
        assertRejected(batch("*", "UCI", at, List.of(HASH)), "kid");
        assertRejected(batch("", "UCI", at, List.of(HASH)), "kid");
        assertRejected(batch("AQI=", "UCI", "tomorrow", List.of(HASH)), "expires");
        assertRejected(batch("AQI=", "UCI", "2200-01-01T00:00:00Z", List.of(HASH)), "expires");
        assertRejected(batch("AQI=", "UCI", at, List.of(HASH, "AAAA")), "entries[1]");
        assertRejected(batch("AQI=", "UCI", at, List.of(HASH, HASH, "*")), "entries[2]");
        assertRejected(batch("AQI=", "UCI", at, List.of()), "entries");
    }

    @Test
    void aThousandEntries_areTaken_andOneMoreIsNot() {
        String at = "2022-11-01T00:00:00Z";
        assertThat(parse(batch("AQI=", "UCI", at, Collections.nCopies(1_000, HASH))))
                .isInstanceOf(RevocationBatch.Usable.class);
        assertRejected(batch("AQI=", "UCI", at, Collections.nCopies(1_001, HASH)), "1 to 1000");
    }
}
