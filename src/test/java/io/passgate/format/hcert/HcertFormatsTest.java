package io.passgate.format.hcert;

import static io.passgate.format.hcert.HandMade.map;
import static io.passgate.format.hcert.HandMade.num;
import static io.passgate.format.hcert.HandMade.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passgate.format.CredentialFormat;
import io.passgate.format.Decoded;
import io.passgate.format.Formats;
import io.passgate.format.toy.ToyCertificate;
import io.passgate.format.toy.ToyFormat;
import io.passgate.model.EventKind;
import io.passgate.model.FormatId;
import io.passgate.model.Reason;
import io.passgate.model.Slice;
import io.passgate.testing.TestCards;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Formats that share the envelope of HCERT are told by the key of their content. */
final class HcertFormatsTest {
    private static final EuDccFormat DCC = new EuDccFormat(EuDccFormat.USUAL_TOLERANCE);
    private static final ToyCertificate TOY = new ToyCertificate(new ToyFormat());
    private static final byte[] DCC_CONTENT = map(text("v"), HandMade.array(map()));
    private static final byte[] TOY_KEY = num(ToyCertificate.CLAIM_KEY);

    private static Decoded decoded(byte[] claim, CredentialFormat... formats) {
        byte[] cwt = HandMade.cwt(HandMade.IAT, HandMade.EXP, claim);
        String card = TestCards.ofMessage(HandMade.messageOf(cwt));
        return new Formats(List.of(formats)).newDecoder().decode(TestCards.payload(card));
    }

    private static void isOf(CredentialFormat format, Decoded decoded) {
        assertThat(decoded)
                .isInstanceOfSatisfying(
                        Decoded.Well.class,
                        well -> assertThat(well.credential().format()).isSameAs(format.id()));
    }

    private static Decoded malformed(Reason reason) {
        return new Decoded.Malformed(reason, Optional.of(FormatId.of("hcert")));
    }

    @Test
    void contentUnderTheKeyOfAFormat_isOfThatFormat() {
        isOf(DCC, decoded(map(num(1), DCC_CONTENT), DCC, TOY));
        isOf(TOY, decoded(map(TOY_KEY, text("bear")), DCC, TOY));
        isOf(TOY, decoded(map(num(3), text("else"), TOY_KEY, text("bear"), num(4), text("more")), DCC, TOY));
    }

    @Test
    void contentOfTwoFormats_isOfTheFirstInTheGatewaysList() {
        byte[] both = map(num(1), DCC_CONTENT, TOY_KEY, text("bear"));
        byte[] turned = map(TOY_KEY, text("bear"), num(1), DCC_CONTENT);
        isOf(DCC, decoded(both, DCC, TOY));
        isOf(DCC, decoded(turned, DCC, TOY));
        isOf(TOY, decoded(both, TOY, DCC));
        isOf(TOY, decoded(turned, TOY, DCC));
    }

    @Test
    void theContent_isWhatStandsUnderTheKey() {
        Decoded decoded = decoded(map(num(1), DCC_CONTENT, TOY_KEY, text("bear")), DCC, TOY);
        assertThat(decoded).isInstanceOfSatisfying(Decoded.Well.class, well -> {
            assertThat(well.credential().kinds()).containsExactly(EventKind.VACCINATION);
            assertThat(bytes(well.credential().claims())).isEqualTo(DCC_CONTENT);
        });
    }

    private static byte[] bytes(Slice slice) {
        return new String(slice.array(), slice.offset(), slice.length(), StandardCharsets.ISO_8859_1)
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void contentOfNoFormatOfTheGateway_isMissing() {
        assertThat(decoded(map(TOY_KEY, text("bear")), DCC)).isEqualTo(malformed(Reason.HCERT_MISSING));
        assertThat(decoded(map(num(1), DCC_CONTENT), TOY)).isEqualTo(malformed(Reason.HCERT_MISSING));
        assertThat(decoded(map(num(2), text("bear")), DCC, TOY)).isEqualTo(malformed(Reason.HCERT_MISSING));
    }

    @Test
    void contentThatIsNotOfItsFormatsOutline_isMalformed() {
        assertThat(decoded(map(TOY_KEY, num(1)), DCC, TOY)).isEqualTo(malformed(Reason.HCERT_INVALID));
        assertThat(decoded(map(num(1), text("bear")), DCC, TOY)).isEqualTo(malformed(Reason.HCERT_INVALID));
    }

    @Test
    void twoFormatsOfOneKey_areRefused() {
        List<HcertFormat> same = List.of(TOY, new ToyCertificate(new ToyFormat()));
        assertThatThrownBy(() -> new HcertDecoder(same)).isInstanceOf(IllegalArgumentException.class);
    }
}
