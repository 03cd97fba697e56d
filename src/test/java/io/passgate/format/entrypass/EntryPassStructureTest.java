package io.passgate.format.entrypass;

import static io.passgate.format.entrypass.PassSamples.around;
import static io.passgate.format.entrypass.PassSamples.refusal;
import static io.passgate.format.entrypass.PassSamples.well;
import static io.passgate.format.hcert.HandMade.array;
import static io.passgate.format.hcert.HandMade.bytes;
import static io.passgate.format.hcert.HandMade.hex;
import static io.passgate.format.hcert.HandMade.join;
import static io.passgate.format.hcert.HandMade.map;
import static io.passgate.format.hcert.HandMade.num;
import static io.passgate.format.hcert.HandMade.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passgate.format.Decoded;
import io.passgate.format.hcert.EuDccFormat;
import io.passgate.model.Age.AgeBand;
import io.passgate.model.Algorithm;
import io.passgate.model.Event;
import io.passgate.model.Reason;
import io.passgate.model.Slice;
import io.passgate.testing.CardSpec;
import io.passgate.testing.TestCards;
import io.passgate.testing.TestIssuer;
import io.passgate.testing.TestProvider;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The one shape that a pass has, and each way to miss it. */
final class EntryPassStructureTest {
    private static final long IAT = 1_626_058_800;
    private static final byte[] ISSUER = join(num(1), text("kakao"));
    private static final byte[] EXP = join(num(4), num(IAT + 15));
    private static final byte[] ISSUED = join(num(6), num(IAT));
    private static final byte[] CTI = join(num(7), bytes(new byte[16]));
    private static final byte[] TAG = join(num(1), bytes(new byte[44]));

    /** A claims set whose private map is this. */
    private static byte[] claims(byte[] privateMap) {
        return join(hex("a5"), ISSUER, EXP, ISSUED, CTI, num(-65_537), privateMap);
    }

    /** A claims set whose private map holds the tag and this entry. */
    private static byte[] with(int key, byte[] value) {
        return claims(join(hex("a2"), TAG, num(key), value));
    }

    private static Event only(byte[] claims) {
        return PassSamples.claims(around(claims)).events().getFirst();
    }

    private static void assertInvalid(byte[] claims) {
        assertThat(refusal(around(claims))).isEqualTo(Reason.PASS_INVALID);
    }

    @Test
    void thePartsPutTogetherByHand_areAPass() {
        assertThat(well(around(claims(join(hex("a1"), TAG)))).issuer()).contains("kakao");
    }

    @Test
    void aPayload_isReadByItsPrefix() {
        assertThat(PassSamples.decode("KP1:")).isEqualTo(malformed(Reason.PASS_INVALID));
        assertThat(PassSamples.decode("KP1:0")).isEqualTo(malformed(Reason.BASE45_INVALID));
        assertThat(PassSamples.decode("KP1:::::")).isEqualTo(malformed(Reason.BASE45_INVALID));
        for (String other : new String[] {"", "KP1", " KP1:", "kp1:", "KP2:", "HC2:"}) {
            Reason reason = other.matches("\\w{3}:") ? Reason.PREFIX_UNKNOWN : Reason.NOT_A_CREDENTIAL;
            assertThat(refusal(other)).isEqualTo(reason);
            assertThat(new EntryPassDecoder().decode(TestCards.payload(other)))
                    .isEqualTo(new Decoded.Malformed(reason, Optional.empty()));
        }
        String card = TestIssuer.shared(Algorithm.ES256).card(CardSpec.vaccination());
        assertThat(well(card).format()).isEqualTo(EuDccFormat.ID);
        assertThat(refusal("KP1:" + card.substring(4))).isEqualTo(Reason.PASS_INVALID);
    }

    private static Decoded malformed(Reason reason) {
        return new Decoded.Malformed(reason, Optional.of(EntryPassFormat.ID));
    }

    @Test
    void aPassOf240Bytes_isRead_andALongerTextIsNot() {
        String text = PassSamples.encodeUnsigned(PassSamples.pass(
                "z234567890123456",
                Arrays.asList(
                        PassSamples.dose("x".repeat(20), 1, 2, LocalDate.parse("2021-06-12")),
                        PassSamples.recovery("2021-01-02", Optional.of("2021-01-12")),
                        PassSamples.test("LP6464-4", PassSamples.NOON, "260415000"),
                        PassSamples.exemption(Optional.of("2021-12-31"))),
                Optional.of(AgeBand.ADULT)));
        byte[] message = TestProvider.message(text);
        assertThat(message).hasSize(240);
        assertThat(well(text).issuer()).contains("z234567890123456");
        assertThat(refusal(TestProvider.ofMessage(Arrays.copyOf(message, 241)))).isEqualTo(Reason.PASS_INVALID);
        assertThat(refusal("KP1:" + "0".repeat(4_292))).isEqualTo(Reason.PASS_INVALID);
        assertThat(PassSamples.decode("KP1:" + "0".repeat(4_293)))
                .isEqualTo(new Decoded.Malformed(Reason.INPUT_TOO_LONG, Optional.empty()));
    }

    @Test
    void everyTruncation_andOneByteMore_isRefused() {
        String text = PassSamples.encode(PassSamples.pass("kakao", PassSamples.everything(), Optional.empty()));
        byte[] message = TestProvider.message(text);
        for (int length = 0; length < message.length; length++) {
            assertThat(refusal(TestProvider.ofMessage(Arrays.copyOf(message, length))))
                    .as("%d bytes", length)
                    .isEqualTo(Reason.PASS_INVALID);
        }
        assertThat(refusal(TestProvider.ofMessage(Arrays.copyOf(message, message.length + 1))))
                .isEqualTo(Reason.PASS_INVALID);
        for (int length = 0; length < text.length(); length++) {
            String cut = text.substring(0, length);
            assertThat(PassSamples.decode(cut)).as("%d characters", length).isInstanceOf(Decoded.Malformed.class);
        }
        byte[] claims = well(text).claims().toByteArray();
        for (int length = 0; length < claims.length; length++) {
            assertInvalid(Arrays.copyOf(claims, length));
        }
        assertInvalid(Arrays.copyOf(claims, claims.length + 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // no tag, another tag, two tags, a tag with a longer head
                "84 4d a201260448 KID a0",
                "d8 3d 84 4d a201260448 KID a0",
                "d2 d2 84 4d a201260448 KID a0",
                "d8 12 84 4d a201260448 KID a0",
                // another array
                "d2 83 4d a201260448 KID a0",
                "d2 85 4d a201260448 KID a0",
                "d2 9f 4d a201260448 KID a0",
                // a protected header with a longer head, in another order, of another algorithm, with more, with less
                "d2 84 580d a201260448 KID a0",
                "d2 84 4d a20448 KID 0126 a0",
                "d2 84 4e a20138220448 KID a0",
                "d2 84 4f a301260448 KID 0500 a0",
                "d2 84 43 a10126 a0",
                // a KID of 7 and of 9 bytes, and one in the unprotected header
                "d2 84 4c a201260447 01020304050607 a0",
                "d2 84 4e a201260449 KID 09 a0",
                "d2 84 43 a10126 a10448 KID",
                "d2 84 4d a201260448 KID a10500",
            })
    void anotherFrame_isNoPass(String frame) {
        byte[] before = hex(frame.replace("KID", "0102030405060708"));
        byte[] after = join(bytes(claims(join(hex("a1"), TAG))), bytes(new byte[64]));
        assertThat(refusal(TestProvider.ofMessage(join(before, after)))).isEqualTo(Reason.PASS_INVALID);
    }

    @Test
    void aSignatureOfAnotherLength_isRefused() {
        byte[] before = join(hex("d2 84 4d a201260448 0102030405060708 a0"), bytes(claims(join(hex("a1"), TAG))));
        for (int length : new int[] {0, 63, 65, 70}) {
            assertThat(refusal(TestProvider.ofMessage(join(before, bytes(new byte[length])))))
                    .isEqualTo(Reason.PASS_INVALID);
        }
        assertThat(well(TestProvider.ofMessage(join(before, bytes(new byte[64]))))
                        .signature())
                .isEqualTo(Slice.of(new byte[64]));
    }

    @ParameterizedTest
    @ValueSource(longs = {-15, 0, 14, 16, 15_000})
    void anotherLifetime_isRefused(long seconds) {
        byte[] claims =
                join(hex("a5"), ISSUER, num(4), num(IAT + seconds), ISSUED, CTI, num(-65_537), join(hex("a1"), TAG));
        assertThat(refusal(around(claims))).isEqualTo(Reason.CWT_TIME_INVALID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"f6", "fb41d83aecc3c0000000", "c11a60ebb2f0", "1b0000000060ebb2f0", "20", "60", "19ffff", "00"})
    void aTimeThatIsNoNumberOfFourBytes_isRefused(String item) {
        byte[] asExp = join(hex("a5"), ISSUER, num(4), hex(item), ISSUED, CTI, num(-65_537), hex("a1"), TAG);
        byte[] asIat = join(hex("a5"), ISSUER, EXP, num(6), hex(item), CTI, num(-65_537), hex("a1"), TAG);
        for (byte[] claims : new byte[][] {asExp, asIat}) {
            assertThat(refusal(around(claims))).isEqualTo(Reason.CWT_TIME_INVALID);
        }
    }

    @Test
    void claimsMissingMoreTwiceOrInAnotherOrder_areRefused() {
        byte[] rest = join(num(-65_537), hex("a1"), TAG);
        assertInvalid(Arrays.copyOf(join(hex("a4"), ISSUER, EXP, ISSUED, rest), 90));
        assertInvalid(join(hex("a4"), EXP, ISSUED, CTI, rest, hex("000000000000000000")));
        assertInvalid(join(hex("a6"), ISSUER, num(2), text("x"), EXP, ISSUED, CTI, rest));
        assertInvalid(join(hex("a6"), ISSUER, EXP, ISSUED, CTI, rest, num(99), num(0)));
        assertInvalid(join(hex("a5"), EXP, ISSUER, ISSUED, CTI, rest));
        assertInvalid(join(hex("a5"), ISSUER, ISSUED, EXP, CTI, rest));
        assertInvalid(join(hex("a5"), rest, ISSUER, EXP, ISSUED, CTI));
        assertInvalid(join(hex("a6"), ISSUER, ISSUER, EXP, ISSUED, CTI, rest));
        assertInvalid(join(hex("bf"), ISSUER, EXP, ISSUED, CTI, rest, hex("ff")));
        assertInvalid(join(hex("b805"), ISSUER, EXP, ISSUED, CTI, rest));
        assertInvalid(join(hex("a5 1801"), text("kakao"), EXP, ISSUED, CTI, rest));
        assertInvalid(join(hex("a5"), ISSUER, EXP, ISSUED, CTI, num(-65_538), hex("a1"), TAG));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "60",
                "655f616b616f",
                "654b616b616f",
                "7803616263",
                "6361c3b3",
                "71" + "6161616161616161616161616161616161",
                "45 6b616b616f",
                "7f 65 6b616b616f ff",
                "63 6162ff"
            })
    void aProvidersNameOfAnotherShape_isRefused(String item) {
        byte[] dose = hex("02 81 84 01 01 02 00");
        assertInvalid(join(hex("a5"), num(1), hex(item), EXP, ISSUED, CTI, num(-65_537), hex("a2"), TAG, dose));
    }

    @Test
    void idsAndTagsOfAnotherLength_areRefused() {
        for (int length : new int[] {0, 15, 17}) {
            byte[] cti = join(num(7), bytes(new byte[length]));
            assertInvalid(join(hex("a5"), ISSUER, EXP, ISSUED, cti, num(-65_537), hex("a1"), TAG));
        }
        for (int length : new int[] {0, 43, 45}) {
            assertInvalid(claims(map(num(1), bytes(new byte[length]))));
        }
        assertInvalid(claims(map(num(1), text("x".repeat(44)))));
        assertInvalid(claims(join(hex("a1 01 59002c"), new byte[44])));
    }

    @Test
    void keysThatAreUnknownMissingTwiceOrInAnotherOrder_areRefused() {
        byte[] age = join(num(6), num(2));
        byte[] exempt = join(num(5), array());
        assertThat(PassSamples.claims(around(claims(join(hex("a3"), TAG, exempt, age))))
                        .events())
                .hasSize(1);
        assertInvalid(claims(join(hex("a3"), TAG, age, exempt)));
        assertInvalid(claims(join(hex("a3"), TAG, age, age)));
        assertInvalid(claims(join(hex("a2"), TAG, TAG)));
        assertInvalid(claims(join(hex("a2"), age, TAG)));
        assertInvalid(claims(join(hex("a0"))));
        assertInvalid(Arrays.copyOf(claims(join(hex("a1"), age)), 100));
        for (int key : new int[] {0, 7, 8, 24, -1}) {
            assertInvalid(with(key, num(0)));
        }
        assertInvalid(claims(join(hex("a2"), TAG, text("x"), num(0))));
        assertInvalid(claims(join(hex("bf"), TAG, hex("ff"))));
        assertInvalid(claims(join(hex("b801"), TAG)));
        assertInvalid(claims(array(TAG)));
        assertInvalid(claims(join(hex("a2"), TAG)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // no array, none, a dose of three and of five, no dose
                "00",
                "80",
                "81 83 01 01 02",
                "81 85 01 01 02 00 00",
                "81 01",
                "81 80",
                "f6",
                "a0",
                "9f 84 01010200 ff",
                "98 01 84 01010200",
                // not the oldest first
                "82 84 01 01 02 01 84 01 01 02 00",
                "82 84 01 02 02 01 84 01 01 02 01",
                // product: numbers without a text, texts too long, empty or not printable, other types
                "81 84 00 01 02 00",
                "81 84 18 28 01 02 00",
                "81 84 20 01 02 00",
                "81 84 60 01 02 00",
                "81 84 61 0a 01 02 00",
                "81 84 61 7f 01 02 00",
                "81 84 61 ff 01 02 00",
                "81 84 62 c3b3 01 02 00",
                "81 84 41 61 01 02 00",
                "81 84 18 01 01 02 00",
                "81 84 75 787878787878787878787878787878787878787878 01 02 00",
                "81 84 78 01 61 01 02 00",
                // number and total: 0 and 24, -1, text, longer heads
                "81 84 01 00 02 00",
                "81 84 01 1818 02 00",
                "81 84 01 20 02 00",
                "81 84 01 01 00 00",
                "81 84 01 01 1818 00",
                "81 84 01 1801 02 00",
                "81 84 01 61 31 02 00",
                // day: -1, 65536, text, longer heads, more than there is
                "81 84 01 01 02 20",
                "81 84 01 01 02 1a00010000",
                "81 84 01 01 02 6130",
                "81 84 01 01 02 1817",
                "81 84 01 01 02 1900ff",
                "81 84 01 01 02 1a0000ffff",
                "81 84 01 01 02 1b000000000000ffff",
                "81 84 01 01 02 19ff",
                "82 84 01 01 02 00",
            })
    void dosesOfAnotherShape_areRefused(String item) {
        assertInvalid(with(2, hex(item)));
    }

    @Test
    void dosesAtTheirBounds_areRead() {
        assertThat(only(with(2, hex("81 84 01 01 01 00"))))
                .isEqualTo(PassSamples.dose("EU/1/20/1528", 1, 1, LocalDate.EPOCH));
        assertThat(only(with(2, hex("81 84 1827 17 17 19ffff"))))
                .isEqualTo(PassSamples.dose("Soberana-Plus", 23, 23, LocalDate.parse("2149-06-06")));
        assertThat(only(with(2, join(hex("81 84"), text("~ x".repeat(6) + "ab"), hex("01 01 1818")))))
                .isEqualTo(PassSamples.dose("~ x".repeat(6) + "ab", 1, 1, LocalDate.ofEpochDay(24)));
        assertThat(only(with(2, join(hex("81 84"), text("EU/1/20/1528"), hex("01 01 00")))))
                .as("as written before its number was known")
                .isEqualTo(PassSamples.dose("EU/1/20/1528", 1, 1, LocalDate.EPOCH));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "80",
                "83 00 00 00",
                "00",
                "81 20",
                "81 f6",
                "82 00 f6",
                "81 1a00010000",
                "81 60",
                "9f 00 ff",
                "81 c1 00",
                "82 00"
            })
    void aRecoveryOfAnotherShape_isRefused(String item) {
        assertInvalid(with(3, hex(item)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "80",
                "82 01 00",
                "84 01 00 01 00",
                "83 00 00 01",
                "83 03 00 01",
                "83 01 00 00",
                "83 01 00 03",
                "83 01 20 01",
                "83 01 1b0000000100000000 01",
                "83 01 f90000 01",
                "83 01 c100 01",
                "83 01 1800 01",
                "83 60 00 01",
                "83 01 00 60",
                "83 01 00 f6",
                "83 01 00",
            })
    void aTestOfAnotherShape_isRefused(String item) {
        assertInvalid(with(4, hex(item)));
    }

    @Test
    void aTestAtItsBounds_isRead() {
        assertThat(only(with(4, hex("83 02 1affffffff 02"))))
                .isEqualTo(PassSamples.test("LP217198-3", Instant.parse("2106-02-07T06:28:15Z"), "260373001"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"82 00 00", "f6", "00", "81 20", "81 1a00010000", "81 80", "9f ff", "81"})
    void anExemptionOfAnotherShape_isRefused(String item) {
        assertInvalid(with(5, hex(item)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"03", "20", "f6", "60", "80", "1801", "f4"})
    void anAgeOfAnotherShape_isRefused(String item) {
        assertInvalid(with(6, hex(item)));
    }

    @Test
    void whatIsNoPass_hasNoIdAndNoClaims() {
        var card = well(TestIssuer.shared(Algorithm.ES256).card(CardSpec.vaccination()));
        assertThatThrownBy(() -> PassClaims.id(card)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PassClaims.holderTag(card)).isInstanceOf(IllegalArgumentException.class);
        assertThat(new PassClaims().read(card.claims())).isEmpty();
        assertThat(new PassClaims().read(Slice.empty())).isEmpty();
    }
}
