package io.passgate.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is usual in a certificate is read as the library for all the rest reads it. */
final class UsualCertificateTest {
    private static final int UTC_TIME = 0x17;
    private static final int GENERALIZED_TIME = 0x18;

    private static RDN rdn(String type, ASN1Encodable value) {
        return new RDN(BCStyle.INSTANCE.attrNameToOID(type), value);
    }

    /** Where the plain way reads a name at all, it is as the general way reads it; whether it did. */
    private static boolean isPlain(byte[] name) throws IOException {
        var plain = CertificateSubject.plain(Tlv.whole(name));
        if (plain.isPresent()) {
            assertThat(plain.get()).isEqualTo(CertificateSubject.General.read(name));
        }
        return plain.isPresent();
    }

    private static boolean isPlain(RDN... parts) throws IOException {
        return isPlain(new X500Name(parts).getEncoded());
    }

    @Test
    void aPlainName_isTheSame() throws IOException {
        assertThat(isPlain(rdn("C", new DERPrintableString("AT")))).isTrue();
        assertThat(isPlain(
                        rdn("C", new DERPrintableString("de")),
                        rdn("ST", new DERUTF8String("Some State")),
                        rdn("L", new DERUTF8String("A Town (north)")),
                        rdn("O", new DERUTF8String("A. & B. Ministry - Dep. 1/2")),
                        rdn("OU", new DERPrintableString("Unit_'7'")),
                        rdn("CN", new DERUTF8String("DSC:2021*?!@"))))
                .isTrue();
        assertThat(isPlain(
                        rdn("O", new DERUTF8String("first")),
                        rdn("C", new DERPrintableString("FR")),
                        rdn("C", new DERPrintableString("BE")),
                        rdn("O", new DERUTF8String("second"))))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a,b",
                "a+b",
                "a=b",
                "a\"b",
                "a\\b",
                "a<b",
                "a>b",
                "a;b",
                "#a",
                "a#",
                " a",
                "a ",
                "a  b",
                "",
                " ",
                "é",
                "서울",
                "a\u0000b",
                "a\tb",
                "a\nb",
                "\u007f",
                "a|b",
                "a`b",
                "a~b",
                "a$b",
                "a%b",
                "[a]",
                "{a}",
                "a^b"
            })
    void aTextThatMayNeedAnEscape_isTheSame_orLeftToTheLibrary(String text) throws IOException {
        var _ = isPlain(rdn("O", new DERUTF8String(text)), rdn("C", new DERPrintableString("XX")));
        var _ = isPlain(rdn("C", new DERUTF8String(text)));
    }

    @Test
    void eachCharacter_isTheSame_orLeftToTheLibrary() throws IOException {
        int plain = 0;
        for (char c = 0; c < 0x180; c++) {
            for (String text : List.of("" + c, "a" + c + "b", c + "a", "a" + c)) {
                plain += isPlain(rdn("O", new DERUTF8String(text))) ? 1 : 0;
            }
        }
        assertThat(plain).isGreaterThan(62 * 4);
    }

    @Test
    void whatIsUnusualInAName_isLeftToTheLibrary() throws IOException {
        assertThat(isPlain()).isFalse();
        assertThat(isPlain(rdn("E", new DERIA5String("a@b.example")))).isFalse();
        assertThat(isPlain(rdn("O", new DERIA5String("a")))).isFalse();
        assertThat(isPlain(rdn("SERIALNUMBER", new DERPrintableString("1")))).isFalse();
        AttributeTypeAndValue[] two = {
            new AttributeTypeAndValue(BCStyle.O, new DERUTF8String("a")),
            new AttributeTypeAndValue(BCStyle.C, new DERUTF8String("b"))
        };
        assertThat(isPlain(new RDN(two))).isFalse();
    }

    @Test
    void aNameWithAnyByteChanged_isTheSame_orLeftToTheLibrary() throws IOException {
        byte[] good = new X500Name(
                        new RDN[] {rdn("C", new DERPrintableString("XX")), rdn("O", new DERUTF8String("Some body"))})
                .getEncoded();
        assertThat(isPlain(good)).isTrue();
        for (int at = 0; at < good.length; at++) {
            for (int value = 0; value < 256; value++) {
                byte[] other = good.clone();
                other[at] = (byte) value;
                agrees(other);
            }
        }
    }

    /** A name that the plain way reads is one that the library reads likewise; what is no element at all, neither sees. */
    private static void agrees(byte[] name) throws IOException {
        try {
            var _ = Tlv.whole(name);
        } catch (IllegalArgumentException none) {
            return;
        }
        var _ = isPlain(name);
    }

    private static byte[] time(int tag, String text) {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        byte[] time = new byte[2 + content.length];
        time[0] = (byte) tag;
        time[1] = (byte) content.length;
        System.arraycopy(content, 0, time, 2, content.length);
        return time;
    }

    private static boolean isUsual(int tag, String text) throws IOException {
        byte[] encoded = time(tag, text);
        var usual = CertificateTime.usual(Tlv.whole(encoded));
        if (usual.isPresent()) {
            assertThat(usual.get()).as(text).isEqualTo(CertificateTime.General.read(encoded));
        }
        return usual.isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "500101000000Z",
                "491231235959Z",
                "000229120000Z",
                "210712093000Z",
                "991231235959Z",
                "700101000000Z"
            })
    void aShortTime_isTheSame(String text) throws IOException {
        assertThat(isUsual(UTC_TIME, text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"20500101000000Z", "99991231235959Z", "20210712093000Z", "16000229000000Z", "19000228235959Z"})
    void aLongTime_isTheSame(String text) throws IOException {
        assertThat(isUsual(GENERALIZED_TIME, text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "210712093060Z", "210712240000Z", "210229000000Z", "211301000000Z", "210001000000Z", "210712093000",
                "2107120930Z", "210712093000+0200", "20210712093000.5Z", "15821010000000Z", "00010101000000Z", "",
                "2107120930 0Z", "21071209300-Z", "20210712093000z", "202107120930Z", "Z", "-10712093000Z"
            })
    void anotherTime_isLeftToTheLibrary(String text) throws IOException {
        assertThat(isUsual(UTC_TIME, text)).isFalse();
        assertThat(isUsual(GENERALIZED_TIME, text)).isFalse();
    }

    @Test
    void anyTime_isTheSame_orLeftToTheLibrary() throws IOException {
        SplittableRandom random = new SplittableRandom(17);
        int usual = 0;
        for (int i = 0; i < 2_000; i++) {
            String digits = "%02d%02d%02d%02d%02d%02dZ"
                    .formatted(
                            random.nextInt(100),
                            random.nextInt(14),
                            random.nextInt(33),
                            random.nextInt(26),
                            random.nextInt(62),
                            random.nextInt(62));
            usual += isUsual(UTC_TIME, digits) ? 1 : 0;
            usual += isUsual(GENERALIZED_TIME, "%02d".formatted(random.nextInt(100)) + digits) ? 1 : 0;
        }
        assertThat(usual).isGreaterThan(1_000);
    }

    @Test
    void whatIsNoTimeAndNoName_isRefused() {
        Tlv number = Tlv.whole(new byte[] {2, 1, 5});
        assertThatThrownBy(() -> CertificateTime.read(number)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CertificateSubject.read(number)).isInstanceOf(IllegalArgumentException.class);
    }
}
