package io.passgate.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.codec.Bounds;
import io.passgate.format.Decoded;
import io.passgate.format.Envelope;
import io.passgate.format.entrypass.EntryPassFormat;
import io.passgate.format.entrypass.PassSamples;
import io.passgate.format.hcert.EuDccFormat;
import io.passgate.model.Algorithm;
import io.passgate.model.FormatId;
import io.passgate.model.Reason;
import io.passgate.model.Slice;
import io.passgate.testing.CardSpec;
import io.passgate.testing.TestIssuer;
import io.passgate.testing.TestProvider;
import io.passgate.testing.UsualFormats;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Payloads of every format as scanners deliver them: with blanks, line ends and byte order marks around them. */
final class ScannedTextTest {
    private static final String CARD = TestIssuer.shared(Algorithm.ES256).card(CardSpec.vaccination());
    private static final String PASS = TestProvider.named("kakao").pass(PassSamples.NOON);
    private static final int MOST = Bounds.MAX_BLANK_BYTES;

    private final Envelope.Decoder decoder = UsualFormats.decoder();

    private Decoded decode(String text) {
        return decoder.decode(Slice.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    private FormatId format(String text) {
        return switch (decode(text)) {
            case Decoded.Well(var credential) -> credential.format();
            case Decoded.Malformed(var reason, var format) -> throw new AssertionError("refused: " + reason);
        };
    }

    private Reason refusal(String text) {
        return switch (decode(text)) {
            case Decoded.Well(var credential) -> throw new AssertionError("not refused: " + credential);
            case Decoded.Malformed(var reason, var format) -> reason;
        };
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " ",
                "  \t ",
                "\n",
                "\r",
                "\r\n",
                "\r\n\r\n",
                "\ufeff",
                "\ufeff \r\n",
                "\u00a0",
                "\u3000",
                "\u000b\f"
            })
    void blanksAround_areTakenOff(String blanks) {
        for (String payload : List.of(CARD, PASS)) {
            Decoded alone = decode(payload);
            assertThat(alone).isInstanceOf(Decoded.Well.class);
            assertThat(decode(payload + blanks)).isEqualTo(alone);
            assertThat(decode(blanks + payload)).isEqualTo(alone);
            assertThat(decode(blanks + payload + blanks)).isEqualTo(alone);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\t", "\n", "\r", "\ufeff", "\u00a0", " "})
    void blanksInside_areAnError(String blank) {
        for (String payload : List.of(CARD, PASS)) {
            assertThat(refusal(payload.substring(0, 4) + blank + payload.substring(4)))
                    .isIn(Reason.BASE45_INVALID, Reason.ZLIB_INVALID, Reason.PASS_INVALID);
            assertThat(refusal(payload.substring(0, 40) + blank + payload.substring(40)))
                    .isIn(Reason.BASE45_INVALID, Reason.ZLIB_INVALID, Reason.PASS_INVALID);
            assertThat(refusal(payload.substring(0, 3) + blank + payload.substring(3)))
                    .isEqualTo(Reason.NOT_A_CREDENTIAL);
        }
        assertThat(refusal(CARD + blank + CARD)).isIn(Reason.BASE45_INVALID, Reason.ZLIB_INVALID);
    }

    @Test
    void blanksToTheBound_areTakenOffAtEachEnd_andOneMoreIsNot() {
        assertThat(format(" ".repeat(MOST) + CARD + "\n".repeat(MOST))).isEqualTo(EuDccFormat.ID);
        assertThat(format(" ".repeat(MOST) + PASS + "\n".repeat(MOST))).isEqualTo(EntryPassFormat.ID);
        for (String payload : List.of(CARD, PASS)) {
            assertThat(refusal(" ".repeat(MOST + 1) + payload)).isEqualTo(Reason.NOT_A_CREDENTIAL);
            assertThat(refusal(payload + "\n".repeat(MOST + 1)))
                    .isIn(Reason.BASE45_INVALID, Reason.ZLIB_INVALID, Reason.PASS_INVALID);
        }
    }

    /** The longest QR code, and the blanks around it beside its bound. */
    @Test
    void blanksAround_areNotCountedAsCharacters() {
        String longest = "HC1:" + "0".repeat(Bounds.MAX_PAYLOAD_CHARS - 4);
        assertThat(refusal("\n" + longest + "\r\n")).isEqualTo(refusal(longest)).isNotEqualTo(Reason.INPUT_TOO_LONG);
        assertThat(refusal("\n" + longest + "0\r\n")).isEqualTo(Reason.INPUT_TOO_LONG);
    }

    @Test
    void nothingButBlanks_isNoPayload() {
        for (String text : List.of("", " ", "\r\n", "\ufeff", " ".repeat(10_000), " HC1: ", "\nKP1:\n")) {
            assertThat(refusal(text)).isIn(Reason.NOT_A_CREDENTIAL, Reason.INPUT_TOO_LONG);
        }
    }
}
