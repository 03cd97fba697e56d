package io.passgate.format.hcert;

import static io.passgate.format.hcert.HandMade.CWT;
import static io.passgate.format.hcert.HandMade.DCC;
import static io.passgate.format.hcert.HandMade.ES256;
import static io.passgate.format.hcert.HandMade.EXP;
import static io.passgate.format.hcert.HandMade.IAT;
import static io.passgate.format.hcert.HandMade.KID;
import static io.passgate.format.hcert.HandMade.NO_HEADER;
import static io.passgate.format.hcert.HandMade.PROTECTED;
import static io.passgate.format.hcert.HandMade.SIGNATURE;
import static io.passgate.format.hcert.HandMade.array;
import static io.passgate.format.hcert.HandMade.bytes;
import static io.passgate.format.hcert.HandMade.cwt;
import static io.passgate.format.hcert.HandMade.cwtOf;
import static io.passgate.format.hcert.HandMade.hex;
import static io.passgate.format.hcert.HandMade.join;
import static io.passgate.format.hcert.HandMade.map;
import static io.passgate.format.hcert.HandMade.message;
import static io.passgate.format.hcert.HandMade.messageOf;
import static io.passgate.format.hcert.HandMade.num;
import static io.passgate.format.hcert.HandMade.refusal;
import static io.passgate.format.hcert.HandMade.refusalOf;
import static io.passgate.format.hcert.HandMade.text;
import static io.passgate.format.hcert.HandMade.well;
import static io.passgate.format.hcert.HandMade.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.format.Decoded;
import io.passgate.model.EventKind;
import io.passgate.model.Kid;
import io.passgate.model.Reason;
import io.passgate.testing.TestCards;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each layer has to be, and with which reason it is refused otherwise. */
final class HcertStructureTest {
    private static final byte[] OTHER_KID = {8, 7, 6, 5, 4, 3, 2, 1};

    @ParameterizedTest
    @ValueSource(strings = {"hc1:", "HC2:", "HCA:", "LT1:", "shc:/"})
    void withThePrefixOfAnother_nothingIsRecognised(String text) {
        assertThat(HandMade.decodeText(text)).isEqualTo(new Decoded.Malformed(Reason.PREFIX_UNKNOWN, Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "H", "HC1", " HC1:"})
    void withoutAnyPrefix_itIsNoCertificate(String text) {
        assertThat(HandMade.decodeText(text))
                .isEqualTo(new Decoded.Malformed(Reason.NOT_A_CREDENTIAL, Optional.empty()));
    }

    @Test
    void withItsPrefix_theFormatIsRecognised_whateverFollows() {
        assertThat(HandMade.decodeText("HC1:"))
                .isEqualTo(new Decoded.Malformed(Reason.ZLIB_INVALID, Optional.of(HcertEnvelope.ID)));
        assertThat(HandMade.decodeText("HC1:abc"))
                .isEqualTo(new Decoded.Malformed(Reason.BASE45_INVALID, Optional.of(HcertEnvelope.ID)));
    }

    @Test
    void whiteSpaceAround_isNoPartOfAPayload() {
        String card = TestCards.ofMessage(messageOf(CWT));
        assertThat(HandMade.decodeText(card + "\n")).isEqualTo(HandMade.decodeText(card));
        assertThat(HandMade.decodeText(" " + card)).isEqualTo(HandMade.decodeText(card));
        assertThat(refusalOf("HC1:\n" + card.substring(4))).isEqualTo(Reason.BASE45_INVALID);
    }

    @Test
    void bytesAfterTheCbor_areRefused() {
        assertThat(refusal(join(messageOf(CWT), num(0)))).isEqualTo(Reason.CBOR_INVALID);
        assertThat(refusal(messageOf(join(CWT, num(0))))).isEqualTo(Reason.CBOR_INVALID);
        assertThat(refusal(message(join(PROTECTED, num(0)), NO_HEADER, CWT))).isEqualTo(Reason.CBOR_INVALID);
        assertThat(refusal(array(bytes(PROTECTED), map(), bytes(CWT), bytes(SIGNATURE), num(0))))
                .isEqualTo(Reason.COSE_INVALID);
        assertThat(refusal(array(bytes(PROTECTED), map(), bytes(CWT)))).isEqualTo(Reason.COSE_INVALID);
    }

    @Test
    void anElementOfAMessageThatIsNoString_isRefused() {
        assertThat(refusal(array(text("x"), map(), bytes(CWT), bytes(SIGNATURE))))
                .isEqualTo(Reason.COSE_INVALID);
        assertThat(refusal(array(bytes(PROTECTED), map(), text("x"), bytes(SIGNATURE))))
                .isEqualTo(Reason.COSE_INVALID);
        assertThat(refusal(array(bytes(PROTECTED), map(), bytes(CWT), num(1)))).isEqualTo(Reason.COSE_INVALID);
        assertThat(refusal(array(bytes(PROTECTED), bytes(CWT), bytes(CWT), bytes(SIGNATURE))))
                .isEqualTo(Reason.COSE_INVALID);
    }

    @Test
    void everyTruncationOfAMessage_isRefused() {
        byte[] whole = messageOf(CWT);
        for (int length = 0; length < whole.length; length++) {
            assertThat(refusal(Arrays.copyOf(whole, length))).isEqualTo(Reason.CBOR_INVALID);
        }
    }

    @Test
    void theAlgorithm_hasToBeProtected_andOneOfOurs() {
        byte[] kid = map(num(4), bytes(KID));
        assertThat(refusal(message(kid, map(num(1), ES256), CWT))).isEqualTo(Reason.ALGORITHM_MISSING);
        assertThat(refusal(message(new byte[0], map(num(1), ES256), CWT))).isEqualTo(Reason.ALGORITHM_MISSING);
        assertThat(refusal(message(map(), map(num(1), ES256), CWT))).isEqualTo(Reason.ALGORITHM_MISSING);
        for (byte[] other :
                new byte[][] {num(-8), num(-36), num(-38), num(-39), num(0), num(5), text("ES256"), hex("f6")}) {
            assertThat(refusal(message(with(kid, num(1), other), NO_HEADER, CWT)))
                    .isEqualTo(Reason.ALGORITHM_UNSUPPORTED);
        }
    }

    @Test
    void theKid_isThatOfTheProtectedHeader_thenOfTheOther() {
        byte[] alg = map(num(1), ES256);
        byte[] other = map(num(4), bytes(OTHER_KID));
        assertThat(well(message(PROTECTED, other, CWT)).kid()).isEqualTo(Kid.of(KID));
        assertThat(well(message(alg, other, CWT)).kid()).isEqualTo(Kid.of(OTHER_KID));
        assertThat(refusal(message(alg, NO_HEADER, CWT))).isEqualTo(Reason.KID_MISSING);
        for (byte[] unusable : new byte[][] {text("kid"), num(1), bytes(new byte[0]), bytes(new byte[97]), hex("f6")}) {
            assertThat(refusal(message(alg, map(num(4), unusable), CWT))).isEqualTo(Reason.KID_MISSING);
            assertThat(well(message(with(alg, num(4), unusable), other, CWT)).kid())
                    .isEqualTo(Kid.of(OTHER_KID));
        }
        assertThat(well(message(alg, map(num(4), bytes(new byte[96])), CWT)).kid())
                .isEqualTo(Kid.of(new byte[96]));
    }

    @Test
    void aCriticalHeader_isRefused_sinceNoneIsUnderstood() {
        byte[] critical = array(num(9));
        assertThat(refusal(message(with(PROTECTED, num(2), critical), NO_HEADER, CWT)))
                .isEqualTo(Reason.COSE_INVALID);
        assertThat(refusal(message(PROTECTED, map(num(2), critical), CWT))).isEqualTo(Reason.COSE_INVALID);
    }

    @Test
    void missingClaims_areRefusedByName() {
        byte[] hcert = map(num(1), DCC);
        assertThat(refusal(messageOf(map(num(4), EXP, num(-260), hcert)))).isEqualTo(Reason.CWT_TIME_INVALID);
        assertThat(refusal(messageOf(map(num(6), IAT, num(-260), hcert)))).isEqualTo(Reason.CWT_TIME_INVALID);
        assertThat(refusal(messageOf(map(num(6), IAT, num(4), EXP)))).isEqualTo(Reason.HCERT_MISSING);
        assertThat(refusal(messageOf(cwt(IAT, EXP, map())))).isEqualTo(Reason.HCERT_MISSING);
        assertThat(refusal(messageOf(cwt(IAT, EXP, map(num(3), DCC))))).isEqualTo(Reason.HCERT_MISSING);
        assertThat(refusal(messageOf(cwt(IAT, EXP, map(text("1"), DCC))))).isEqualTo(Reason.HCERT_MISSING);
        for (byte[] noMap : new byte[][] {num(1), array(), bytes(DCC), text("x"), hex("f6")}) {
            assertThat(refusal(messageOf(noMap))).isEqualTo(Reason.CWT_INVALID);
            assertThat(refusal(messageOf(cwt(IAT, EXP, noMap)))).isEqualTo(Reason.HCERT_INVALID);
            assertThat(refusal(messageOf(cwtOf(noMap)))).isEqualTo(Reason.HCERT_INVALID);
        }
    }

    @Test
    void anIssuerThatIsNoText_isNoIssuer() {
        assertThat(well(messageOf(with(CWT, num(1), text("NL")))).issuer()).hasValue("NL");
        assertThat(well(messageOf(with(CWT, num(1), hex("7f614e614cff")))).issuer())
                .hasValue("NL");
        assertThat(well(messageOf(CWT)).issuer()).isEmpty();
        for (byte[] other : new byte[][] {num(1), bytes(KID), hex("f6"), array()}) {
            assertThat(well(messageOf(with(CWT, num(1), other))).issuer()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"v, VACCINATION", "t, TEST", "r, RECOVERY"})
    void eventsOfAKind_areAbsentNullOrAnArray(String key, EventKind kind) {
        assertThat(well(messageOf(cwtOf(map(text(key), array(map()))))).kinds()).isEqualTo(Set.of(kind));
        assertThat(well(messageOf(cwtOf(map(text(key), array(map(), map()))))).kinds())
                .isEqualTo(Set.of(kind));
        assertThat(well(messageOf(cwtOf(map(text(key), hex("9fa0ff"))))).kinds())
                .isEqualTo(Set.of(kind));
        for (byte[] none : new byte[][] {array(), hex("f6"), hex("f7"), hex("9fff")}) {
            assertThat(well(messageOf(cwtOf(map(text(key), none)))).kinds()).isEmpty();
        }
        for (byte[] wrong : new byte[][] {num(0), map(), text("v"), hex("f4")}) {
            assertThat(refusal(messageOf(cwtOf(map(text(key), wrong))))).isEqualTo(Reason.HCERT_INVALID);
        }
    }

    @Test
    void aCertificateWithAllKinds_hasThemAll() {
        byte[] dcc = map(text("v"), array(map()), text("t"), array(map()), text("r"), array(map()));
        assertThat(well(messageOf(cwtOf(dcc))).kinds())
                .containsExactlyInAnyOrder(EventKind.VACCINATION, EventKind.TEST, EventKind.RECOVERY);
        assertThat(well(messageOf(cwtOf(map()))).kinds()).isEmpty();
    }

    /** A map that is read, in which the value of a key does not matter. */
    private static byte[] inMap(String place, byte[]... entries) {
        return switch (place) {
            case "protected" ->
                message(
                        join(
                                hex("b9"),
                                twoBytes(2 + entries.length / 2),
                                num(1),
                                ES256,
                                num(4),
                                bytes(KID),
                                join(entries)),
                        NO_HEADER,
                        CWT);
            case "unprotected" -> message(PROTECTED, map(entries), CWT);
            case "claims" ->
                messageOf(join(
                        hex("b9"),
                        twoBytes(3 + entries.length / 2),
                        num(6),
                        IAT,
                        num(4),
                        EXP,
                        num(-260),
                        map(num(1), DCC),
                        join(entries)));
            case "hcert" ->
                messageOf(cwt(IAT, EXP, join(hex("b9"), twoBytes(1 + entries.length / 2), num(1), DCC, join(entries))));
            default -> messageOf(cwtOf(map(entries)));
        };
    }

    private static byte[] twoBytes(int value) {
        return new byte[] {(byte) (value >> 8), (byte) value};
    }

    @ParameterizedTest
    @ValueSource(strings = {"protected", "unprotected", "claims", "hcert", "certificate"})
    void aKeyTwice_isRefused_howeverItIsWritten(String place) {
        assertThat(well(inMap(place, num(50), num(0), num(51), num(0), text("50"), num(0)))
                        .kid())
                .isEqualTo(Kid.of(KID));
        for (String fifty : new String[] {"1832", "190032", "1a00000032", "1b0000000000000032"}) {
            assertThat(refusal(inMap(place, num(50), num(0), num(51), num(0), hex(fifty), num(0))))
                    .isEqualTo(Reason.CBOR_INVALID);
        }
        assertThat(refusal(inMap(place, num(-50), num(0), hex("390031"), num(0))))
                .isEqualTo(Reason.CBOR_INVALID);
        for (String ab : new String[] {"626162", "78026162", "7f626162ff", "7f61616162ff", "7f606161606162ff"}) {
            assertThat(refusal(inMap(place, text("ab"), num(0), hex(ab), num(1))))
                    .isEqualTo(Reason.CBOR_INVALID);
        }
        assertThat(refusal(inMap(place, text(""), num(0), hex("7fff"), num(0)))).isEqualTo(Reason.CBOR_INVALID);
    }

    /** The smallest integer is the decoder's own mark for "no integer". */
    @ParameterizedTest
    @ValueSource(strings = {"protected", "unprotected", "claims", "hcert", "certificate"})
    void theSmallestIntegerAsAKey_isAKeyAsAnyOther(String place) {
        byte[] smallest = num(Long.MIN_VALUE);
        assertThat(smallest).isEqualTo(hex("3b7fffffffffffffff"));
        assertThat(well(inMap(place, smallest, num(0), text(""), num(0))).kid()).isEqualTo(Kid.of(KID));
        assertThat(well(inMap(place, text(""), num(0), smallest, num(0))).kid()).isEqualTo(Kid.of(KID));
        assertThat(refusal(inMap(place, smallest, num(0), smallest, num(0)))).isEqualTo(Reason.CBOR_INVALID);
    }

    @Test
    void aReadKeyTwice_isRefused() {
        byte[] dcc = map(text("v"), array(map()), text("v"), array());
        assertThat(refusal(messageOf(cwtOf(dcc)))).isEqualTo(Reason.CBOR_INVALID);
        assertThat(refusal(message(with(PROTECTED, num(1), ES256), NO_HEADER, CWT)))
                .isEqualTo(Reason.CBOR_INVALID);
        assertThat(refusal(messageOf(with(CWT, num(4), EXP)))).isEqualTo(Reason.CBOR_INVALID);
        assertThat(refusal(messageOf(with(CWT, hex("390103"), map(num(1), DCC)))))
                .isEqualTo(Reason.CBOR_INVALID);
    }

    @Test
    void theSameKeyInBothHeaders_isNoDuplicate() {
        assertThat(well(message(PROTECTED, map(num(1), ES256, num(4), bytes(KID)), CWT))
                        .kid())
                .isEqualTo(Kid.of(KID));
        assertThat(well(message(PROTECTED, map(hex("1801"), hex("3806")), CWT)).kid())
                .isEqualTo(Kid.of(KID));
    }

    /**
     * RFC 9052 section 3: a message that names two algorithms may be rejected, and another verifier might take the
     * other.
     */
    @Test
    void twoAlgorithms_areRefused() {
        for (byte[] other : new byte[][] {num(-8), num(-35), num(-37), num(0), num(7), num(Long.MIN_VALUE)}) {
            assertThat(refusal(message(PROTECTED, map(num(1), other), CWT))).isEqualTo(Reason.COSE_INVALID);
            assertThat(refusal(message(PROTECTED, map(hex("190001"), other), CWT)))
                    .isEqualTo(Reason.COSE_INVALID);
        }
        byte[] ps256 = map(num(1), num(-37), num(4), bytes(KID));
        assertThat(refusal(message(ps256, map(num(1), ES256), CWT))).isEqualTo(Reason.COSE_INVALID);
        for (byte[] noNumber : new byte[][] {text("ES256"), hex("f6"), bytes(KID), hex("f9c700")}) {
            assertThat(refusal(message(PROTECTED, map(num(1), noNumber), CWT))).isEqualTo(Reason.ALGORITHM_UNSUPPORTED);
        }
    }

    /** A string in chunks goes under the signature in one piece (RFC 9052 section 4.4). */
    @Test
    void stringsInChunks_areTheSame() {
        byte[] inOne = messageOf(CWT);
        byte[] half = Arrays.copyOf(CWT, 10);
        byte[] rest = Arrays.copyOfRange(CWT, 10, CWT.length);
        byte[] chunked = array(
                join(hex("5f40"), bytes(PROTECTED), hex("ff")),
                hex("bfff"),
                join(hex("5f"), bytes(half), bytes(rest), hex("40ff")),
                join(hex("5f"), bytes(SIGNATURE), hex("ff")));
        assertThat(well(chunked)).isEqualTo(well(inOne));
        assertThat(refusal(messageOf(with(CWT, num(99), hex("5f6161ff"))))).isEqualTo(Reason.CBOR_INVALID);
        assertThat(refusal(messageOf(with(CWT, num(99), hex("5f5f4100ffff"))))).isEqualTo(Reason.CBOR_INVALID);
        assertThat(refusal(messageOf(with(CWT, num(1), hex("7f4161ff"))))).isEqualTo(Reason.CBOR_INVALID);
    }
}
