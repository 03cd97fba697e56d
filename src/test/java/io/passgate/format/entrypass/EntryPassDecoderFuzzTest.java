package io.passgate.format.entrypass;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.passgate.format.Decoded;
import io.passgate.format.Envelope;
import io.passgate.model.Claims;
import io.passgate.model.Credential;
import io.passgate.model.Reason;
import io.passgate.model.Slice;
import io.passgate.testing.TestProvider;
import io.passgate.testing.UsualFormats;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Coverage-guided fuzzing of each layer of a pass; {@code HcertDecoderFuzzTest} says how to search anew. Whatever is
 * read can be written again, and is then the same: no pass has two forms.
 */
final class EntryPassDecoderFuzzTest {
    private final Envelope.Decoder decoder = UsualFormats.decoder();
    private final PassClaims claims = new PassClaims();

    private void decodeTwice(byte[] payload) {
        byte[] before = payload.clone();
        Decoded decoded = decoder.decode(Slice.of(payload));
        require(Arrays.equals(payload, before), "the payload was written to");
        require(decoded.equals(UsualFormats.decoder().decode(Slice.of(payload))), "the last payload shows through");
        switch (decoded) {
            case Decoded.Well(Credential credential) -> readAndWrite(credential, payload);
            case Decoded.Malformed(Reason reason, var format) ->
                require(reason.stage() == Reason.Stage.DECODE, "a reason of another stage");
        }
    }

    private void readAndWrite(Credential credential, byte[] payload) {
        if (!EntryPassDecoder.recognises(Slice.of(payload))) {
            return;
        }
        Claims read = read(credential.claims()).orElseThrow();
        EntryPass pass = new EntryPass(
                credential.issuer().orElseThrow(),
                PassClaims.id(credential),
                credential.validFrom(),
                PassClaims.holderTag(credential),
                read.events(),
                PassSamples.ageBand(read.age()));
        byte[] signature = credential.signature().toByteArray();
        String written = EntryPassEncoder.encode(pass, credential.kid(), toBeSigned -> signature);
        Decoded again = decoder.decode(Slice.of(written.getBytes(StandardCharsets.US_ASCII)));
        require(again instanceof Decoded.Well, "what was written anew cannot be read");
        boolean same = Arrays.equals(payload, written.getBytes(StandardCharsets.US_ASCII));
        require(same || written.length() < payload.length, "a second form, and none that a number has shortened");
    }

    private Optional<Claims> read(Slice encoded) {
        Optional<Claims> read = claims.read(encoded);
        require(read.equals(new PassClaims().read(encoded)), "the last pass shows through");
        return read;
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new AssertionError(otherwise);
        }
    }

    @FuzzTest(maxDuration = "60s")
    void anyText(byte[] text) {
        decodeTwice(("KP1:" + new String(text, StandardCharsets.ISO_8859_1)).getBytes(StandardCharsets.ISO_8859_1));
        decodeTwice(text);
    }

    @FuzzTest(maxDuration = "60s")
    void anyMessage(byte[] message) {
        decodeTwice(TestProvider.ofMessage(message).getBytes(StandardCharsets.US_ASCII));
    }

    @FuzzTest(maxDuration = "60s")
    void anyClaims(byte[] encoded) {
        decodeTwice(PassSamples.around(encoded).getBytes(StandardCharsets.US_ASCII));
        var _ = read(Slice.of(encoded));
    }

    /** What stands behind the tag in the map of an entry-only pass, whose head is the first byte. */
    @FuzzTest(maxDuration = "60s")
    void anyEntries(byte[] entries) {
        byte[] none = new byte[0];
        byte head = entries.length == 0 ? 1 : entries[0];
        byte[] rest = entries.length == 0 ? none : Arrays.copyOfRange(entries, 1, entries.length);
        decodeTwice(PassSamples.around(PassSamples.claims(head, rest)).getBytes(StandardCharsets.US_ASCII));
    }
}
