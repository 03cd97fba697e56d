package io.passgate.format.hcert;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.passgate.format.Decoded;
import io.passgate.model.Claims;
import io.passgate.model.Credential;
import io.passgate.model.Reason;
import io.passgate.model.Slice;
import io.passgate.testing.TestCards;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Coverage-guided fuzzing of each layer. A plain build tries the seeds and what was found before; to search anew, one
 * test at a time: {@code JAZZER_FUZZ=1 mvn test -Djazzer.hooks=true -Dtest='HcertDecoderFuzzTest#anyMessage'}. Without
 * its hooks Jazzer leaves the other tests' classes alone.
 */
final class HcertDecoderFuzzTest {
    private final HcertDecoder decoder = new HcertDecoder();
    private final DccClaims claims = new DccClaims();

    private void decodeTwice(byte[] payload) {
        byte[] before = payload.clone();
        Decoded decoded = decoder.decode(Slice.of(payload));
        require(Arrays.equals(payload, before), "the payload was written to");
        require(decoded.equals(new HcertDecoder().decode(Slice.of(payload))), "the last payload shows through");
        switch (decoded) {
            case Decoded.Well(Credential credential) -> read(credential.claims());
            case Decoded.Malformed(Reason reason, var format) ->
                require(reason.stage() == Reason.Stage.DECODE, "a reason of another stage");
        }
    }

    private void read(Slice certificate) {
        Optional<Claims> read = claims.read(certificate);
        require(read.equals(new DccClaims().read(certificate)), "the last certificate shows through");
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new AssertionError(otherwise);
        }
    }

    @FuzzTest(maxDuration = "60s")
    void anyText(byte[] text) {
        decodeTwice(("HC1:" + new String(text, StandardCharsets.ISO_8859_1)).getBytes(StandardCharsets.ISO_8859_1));
        decodeTwice(text);
    }

    @FuzzTest(maxDuration = "60s")
    void anyMessage(byte[] message) {
        decodeTwice(TestCards.ofMessage(message).getBytes(StandardCharsets.US_ASCII));
    }

    @FuzzTest(maxDuration = "60s")
    void anyClaims(byte[] claims) {
        decodeTwice(TestCards.ofMessage(HandMade.messageOf(claims)).getBytes(StandardCharsets.US_ASCII));
    }

    @FuzzTest(maxDuration = "60s")
    void anyCertificate(byte[] certificate) {
        read(Slice.of(certificate));
    }
}
