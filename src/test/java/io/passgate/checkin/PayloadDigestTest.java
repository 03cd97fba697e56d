package io.passgate.checkin;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.model.OpaqueId;
import io.passgate.model.Slice;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What tells one request under an Idempotency-Key from another. */
final class PayloadDigestTest {
    private static final Instant NOON = Instant.parse("2021-07-12T03:00:00Z");

    private static OpaqueId digest(String... payloads) {
        return PayloadDigest.of(Stream.of(payloads)
                .map(payload -> Slice.of(payload.getBytes(StandardCharsets.US_ASCII)))
                .toList());
    }

    @Test
    void otherPayloads_inNumberOrderOrAnyByte_haveAnotherDigest() {
        List<OpaqueId> all = List.of(
                digest("ab", "c"),
                digest("a", "bc"),
                digest("abc"),
                digest("c", "ab"),
                digest("ab", "c", ""),
                digest("", "ab", "c"),
                digest("ab", "c", "c"),
                digest("ab", "C"),
                digest("a b", "c"),
                digest("ab"),
                digest(""),
                digest("", ""),
                digest());
        assertThat(Set.copyOf(all)).hasSize(all.size());
        assertThat(digest("ab", "c")).isEqualTo(digest("ab", "c"));
    }

    @Test
    void blanksAroundAPayload_doNotCount() {
        assertThat(digest(" ab\r\n", "\tc")).isEqualTo(digest("ab", "c"));
        assertThat(digest(" ")).isEqualTo(digest(""));
    }

    @Test
    void itIsOfTheStretch_notOfWhatLiesAroundIt() {
        byte[] body = "xabcx".getBytes(StandardCharsets.US_ASCII);
        assertThat(PayloadDigest.of(List.of(Slice.of(body, 1, 2), Slice.of(body, 3, 1))))
                .isEqualTo(digest("ab", "c"));
    }

    @Test
    void itIsWhatTheReadmeSays() throws NoSuchAlgorithmException {
        byte[] framed = HexFormat.of().parseHex("00000002" + "6162" + "00000001" + "63");
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(framed);
        assertThat(digest("ab", "c").toByteArray()).isEqualTo(Arrays.copyOf(hash, OpaqueId.BYTES));
    }

    private static OpaqueId entry(String facility, String key, OpaqueId payloads, int index, byte[] pass) {
        return KeyedRequest.of(new CheckInService.Request(facility, key, payloads, NOON))
                .entry(index, pass);
    }

    @Test
    void anEntrysId_coversFacilityKeyPayloadsNumberAndPass_andNotTheTime() {
        OpaqueId payloads = digest("ab", "c");
        byte[] pass = new byte[OpaqueId.BYTES];
        byte[] other = pass.clone();
        other[OpaqueId.BYTES - 1] = 1;
        Set<OpaqueId> all = new HashSet<>(List.of(
                entry("museum", "1", payloads, 0, pass),
                entry("museu", "m1", payloads, 0, pass),
                entry("museum1", "", payloads, 0, pass),
                entry("museum", "2", payloads, 0, pass),
                entry("museum", "1", digest("ab"), 0, pass),
                entry("museum", "1", payloads, 1, pass),
                entry("museum", "1", payloads, 0, other),
                entry("museum", "1", payloads, 0, new byte[0])));
        assertThat(all).hasSize(8);
        CheckInService.Request later = new CheckInService.Request("museum", "1", payloads, NOON.plusSeconds(59));
        assertThat(all).contains(KeyedRequest.of(later).entry(0, pass));
        assertThat(KeyedRequest.of(later).keptUntil()).isEqualTo(NOON.plusSeconds(119));
    }
}
