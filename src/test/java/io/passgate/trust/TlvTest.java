package io.passgate.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TlvTest {
    private static Tlv whole(String hex) {
        return Tlv.whole(HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    @Test
    void anElement_isTagLengthAndContent() {
        Tlv sequence = whole("30 06 020105 040107");
        assertThat(sequence.tag()).isEqualTo(Tlv.SEQUENCE);
        assertThat(sequence.isConstructed()).isTrue();
        assertThat(hex(sequence.content())).isEqualTo("020105040107");
        assertThat(sequence.children()).hasSize(2);
        Tlv octets = sequence.children().getLast();
        assertThat(octets.tag()).isEqualTo(Tlv.OCTET_STRING);
        assertThat(octets.isConstructed()).isFalse();
        assertThat(hex(octets.content())).isEqualTo("07");
        assertThat(hex(octets.encoded())).isEqualTo("040107");
    }

    @ParameterizedTest
    @CsvSource({
        "1f 01 01 aa, 3",
        "1f 7f 01 aa, 3",
        "1f 80 01 01 aa, 4",
        "1f ff 7f 01 aa, 4",
        "bf 81 81 02 01 aa, 5",
        "02 01 aa, 2",
        "02 81 01 aa, 3",
        "02 83 00 00 01 aa, 5",
    })
    void tagAndLength_mayTakeMoreThanAByte(String hex, int contentStart) {
        Tlv element = whole(hex);
        assertThat(element.contentStart()).isEqualTo(contentStart);
        assertThat(hex(element.content())).isEqualTo("aa");
    }

    @Test
    void anIndefiniteLength_endsWithTwoZeroBytes() {
        Tlv outer = whole("30 80 0401aa 3080 0401bb 0000 0000");
        assertThat(hex(outer.content())).isEqualTo("0401aa30800401bb0000");
        assertThat(hex(outer.children().getLast().content())).isEqualTo("0401bb");
        assertThat(outer.end()).isEqualTo(outer.contentEnd() + 2);
        assertThat(hex(whole("30 80 0201 00 0000").content()))
                .as("a zero byte alone is no end")
                .isEqualTo("020100");
    }

    @Test
    void elementsOfIndefiniteLength_areInsideEachOtherUpToABound() {
        assertThat(whole("3080".repeat(17) + "0000".repeat(17)).end()).isEqualTo(68);
        assertThatIllegalArgumentException().isThrownBy(() -> whole("3080".repeat(18) + "0000".repeat(18)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "30",
                "1f",
                "1f 81",
                "30 01",
                "30 05 0201",
                "30 81",
                "30 82 01",
                "30 80",
                "30 80 00",
                "30 84 7fffffff 00",
                "30 88 0000000100000000",
                "0201aa 00",
            })
    void whatIsCutOff_orLongerThanWhatHoldsIt_isRefused(String hex) {
        assertThatIllegalArgumentException().isThrownBy(() -> whole(hex));
    }

    @Test
    void children_endWithTheFirstThatIsNone_andTakeNothingFromBehindTheirParent() {
        assertThat(whole("30 05 0201aa 0209").children()).hasSize(1);
        Tlv parent = whole("30 08 3003 0203aa 0201bb").children().getFirst();
        assertThat(parent.children()).isEmpty();
        assertThat(whole("30 00").children()).isEmpty();
    }
}
