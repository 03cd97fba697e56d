package io.passgate.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passgate.format.entrypass.EntryPassFormat;
import io.passgate.format.entrypass.PassTimes;
import io.passgate.format.hcert.EuDccFormat;
import io.passgate.format.toy.ToyFormat;
import io.passgate.model.FormatId;
import io.passgate.model.Reason;
import io.passgate.model.Slice;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class FormatsTest {
    private static final EuDccFormat DCC = new EuDccFormat(Duration.ZERO);
    private static final EntryPassFormat PASS = new EntryPassFormat(PassTimes.DEFAULT);
    private static final ToyFormat TOY = new ToyFormat();

    private static Decoded decoded(Formats formats, String payload) {
        return formats.newDecoder().decode(Slice.of(payload.getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void formats_areNumberedInTheirOrder() {
        Formats formats = new Formats(List.of(TOY, PASS, DCC));
        assertThat(formats.size()).isEqualTo(3);
        assertThat(formats.indexOf(EntryPassFormat.ID)).isEqualTo(1);
        assertThat(formats.get(1)).isSameAs(PASS);
        assertThat(formats.indexOf(FormatId.of("eu-dcc"))).as("an equal id").isEqualTo(2);
        assertThatThrownBy(() -> formats.indexOf(FormatId.of("other"))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatPayloadsMayBeRecognisedAs_isEachEnvelopeAndFormatOnce() {
        assertThat(new Formats(List.of(DCC, PASS, TOY)).ids())
                .extracting(FormatId::code)
                .containsExactly("hcert", "eu-dcc", "entry-pass", "toy");
    }

    @Test
    void twoFormatsOfOneCode_areRefused() {
        EuDccFormat same = new EuDccFormat(Duration.ofSeconds(1));
        assertThatThrownBy(() -> new Formats(List.of(DCC, same))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPayloadOfAFormatThatWasNotGiven_isNotRecognised() {
        assertThat(decoded(new Formats(List.of(DCC)), "TOY1:%"))
                .isEqualTo(new Decoded.Malformed(Reason.NOT_A_CREDENTIAL, Optional.empty()));
        Decoded unknown = new Decoded.Malformed(Reason.PREFIX_UNKNOWN, Optional.empty());
        assertThat(decoded(new Formats(List.of(DCC)), "KP1:%%%")).isEqualTo(unknown);
        assertThat(decoded(new Formats(List.of(PASS, TOY)), "HC1:%%%")).isEqualTo(unknown);
        assertThat(decoded(new Formats(List.of()), "HC1:%%%")).isEqualTo(unknown);
        assertThat(decoded(new Formats(List.of(DCC, PASS, TOY)), "TOY1:%"))
                .as("an envelope takes what begins as its payloads do")
                .isEqualTo(new Decoded.Malformed(Reason.BASE45_INVALID, Optional.of(TOY.id())));
        assertThat(decoded(new Formats(List.of(TOY)), "TOY1:%"))
                .isEqualTo(new Decoded.Malformed(Reason.BASE45_INVALID, Optional.of(TOY.id())));
    }

    @Test
    void aCode_isAShortName() {
        for (String wrong : List.of("", "Toy", "1", "a b", "a\"", "a".repeat(33))) {
            assertThatThrownBy(() -> FormatId.of(wrong)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(FormatId.of("a".repeat(32)).isSingleUse()).isFalse();
    }
}
