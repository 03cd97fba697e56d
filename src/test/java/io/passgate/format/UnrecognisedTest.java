package io.passgate.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.codec.SlowBase45;
import io.passgate.model.Algorithm;
import io.passgate.model.Reason;
import io.passgate.model.Slice;
import io.passgate.testing.CardSpec;
import io.passgate.testing.TestIssuer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What no format takes, told apart as the chapter words it: by regular expressions and big integers. */
final class UnrecognisedTest {
    private static final Pattern PREFIX =
            Pattern.compile("([A-Za-z]{2}[0-9]:|[Hh][Cc][A-Za-z]:|[Ss][Hh][Cc]:/).*", Pattern.DOTALL);
    private static final Set<String> HEADS = Set.of("7801", "785e", "789c", "78da", "d284");

    /** With something around it that is not looked at. */
    private static Reason reason(String text) {
        byte[] around = ("H" + text + ":HC1:").getBytes(StandardCharsets.ISO_8859_1);
        return Unrecognised.reason(Slice.of(around, 1, text.length()));
    }

    private static Reason slowly(String text) {
        boolean hasHead = text.length() >= 3
                && SlowBase45.decode(text.substring(0, 3))
                        .map(HexFormat.of()::formatHex)
                        .filter(HEADS::contains)
                        .isPresent();
        return hasHead || PREFIX.matcher(text).matches() ? Reason.PREFIX_UNKNOWN : Reason.NOT_A_CREDENTIAL;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HC2:",
                "KP2:X",
                "ZZ9:6BFOX",
                "hc1:ncfoxn",
                "Lt1:",
                "HCA:",
                "hcz:",
                "shc:/5676290952",
                "SHC:/5676290952",
                "NCFOXN%TSMAHN-H3O4:IKYS6.",
                "6BFOXN",
                "V7F",
                "Y9F",
                "RRQT 9O60GO00"
            })
    void whatBeginsAsACertificate_isOfAnUnknownPrefix(String text) {
        assertThat(reason(text)).isEqualTo(Reason.PREFIX_UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "H",
                "HC1",
                "HC2 :",
                "HC12:",
                "TEL:+82212345678",
                "SMS:1339",
                "GEO:37.5,127",
                "tel:+8221234",
                "https://example.com/menu",
                "HTTP://EXAMPLE.COM",
                "WIFI:S:guest;;",
                "BEGIN:VCARD",
                "{\"ticket\":1}",
                "8801234567893",
                "hello",
                "shc:",
                "shc/",
                "11:22",
                "A11:",
                "\u00c9C1:",
                "ncfoxn",
                "NC",
                "FCNOXN"
            })
    void whatDoesNot_isNoCertificate(String text) {
        assertThat(reason(text)).isEqualTo(Reason.NOT_A_CREDENTIAL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ES256", "ES384", "PS256"})
    void aCertificateWithoutItsPrefix_isOfAnUnknownPrefix(Algorithm algorithm) {
        String card = TestIssuer.shared(algorithm).card(CardSpec.vaccination());
        assertThat(reason(card.substring(4))).isEqualTo(Reason.PREFIX_UNKNOWN);
    }

    @Property(tries = 5_000)
    void anyText_isToldAsTheReferenceTellsIt(@ForAll("almostCertificates") String text) {
        assertThat(reason(text)).isEqualTo(slowly(text));
    }

    /** Every group of three characters that stands for two bytes or too much. */
    @Property(tries = 1)
    void everyHead_isToldAsTheReferenceTellsIt() {
        char[] group = new char[3];
        for (int value = 0; value < 45 * 45 * 45; value++) {
            group[0] = SlowBase45.ALPHABET.charAt(value % 45);
            group[1] = SlowBase45.ALPHABET.charAt(value / 45 % 45);
            group[2] = SlowBase45.ALPHABET.charAt(value / 2025);
            String text = new String(group);
            if (reason(text) != slowly(text)) {
                throw new AssertionError(Arrays.toString(group));
            }
        }
    }

    @Provide
    Arbitrary<String> almostCertificates() {
        Arbitrary<String> head = Arbitraries.of(
                "", "HC1:", "HC", "hC2:", "KP1:", "ZZ9:", "HCa:", "TEL:", "shc:/", "sHC:", "NCF", "6BF", "V7F", "Y9F",
                "RRQ");
        Arbitrary<String> rest = Arbitraries.strings()
                .withChars("HChcKPkp019aZz:/@[`{ \t")
                .withCharRange('\u0000', '\u00ff')
                .ofMaxLength(8);
        return Combinators.combine(head, rest, Arbitraries.integers().between(0, 8))
                .as((start, end, cut) -> (start + end).substring(Math.min(cut, (start + end).length() / 2)));
    }
}
