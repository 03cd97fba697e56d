package io.passgate.dpop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ProofIdTest {
    @Test
    void itIsTheFirstHalfOfTheHash_overEachPartAfterItsLength() throws NoSuchAlgorithmException {
        String framed = "\0\0\0\5kakao\0\0\0\1c\0\0\0\2\u00e9";
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(framed.getBytes(StandardCharsets.UTF_8));
        ProofId id = ProofId.of("kakao", "c", "\u00e9");
        assertThat(id.toByteArray()).isEqualTo(Arrays.copyOf(hash, 16));
        assertThat(id).hasToString(HexFormat.of().formatHex(hash, 0, 16)).isEqualTo(ProofId.of("kakao", "c", "\u00e9"));
    }

    @Test
    void noTwoTriplesAreOne_howeverTheirTextsAreCut() {
        String all = "aaab\0\0\0\1";
        Set<ProofId> ids = new HashSet<>();
        int triples = 0;
        for (int first = 0; first <= all.length(); first++) {
            for (int second = first; second <= all.length(); second++) {
                ids.add(ProofId.of(all.substring(0, first), all.substring(first, second), all.substring(second)));
                triples++;
            }
        }
        assertThat(ids).hasSize(triples);
    }
}
