package io.passgate.format.entrypass;

import io.passgate.codec.Base45;
import io.passgate.codec.CborWriter;
import io.passgate.codec.CoseSign1;
import io.passgate.model.Age.AgeBand;
import io.passgate.model.Algorithm;
import io.passgate.model.Event;
import io.passgate.model.Event.Exemption;
import io.passgate.model.Event.Recovery;
import io.passgate.model.Event.Vaccination;
import io.passgate.model.Kid;
import java.time.LocalDate;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Writes entry passes. The format is Passgate's own: that of Korea's KI-PASS is not public, and this one makes no claim
 * to be like it.
 *
 * <p>A pass is the text {@code "KP1:"} and, in Base45 (RFC 9285) and without compression, a COSE_Sign1 message (RFC
 * 9052 section 4.2) of at most {@value EntryPass#MAX_BYTES} bytes. Its CBOR is deterministic (RFC 8949 section 4.2.1),
 * so that one content has one form, and a reader refuses any other (but for a text that was spelt out before it had a
 * number):
 *
 * <pre>
 *   D2                              tag 18, COSE_Sign1
 *     84                            array of 4
 *       4D A2 01 26 04 48 kid{8}    protected header: 1 = -7 (ES256), 4 = KID
 *       A0                          unprotected header: nothing
 *       58 nn claims{nn}            payload, 87 to 155 bytes
 *       58 40 r{32} s{32}           signature
 *
 *   claims: a CWT (RFC 8392)
 *   A5                              map of 5
 *     01 6n provider{n}             iss: 1 to 16 characters, [a-z][a-z0-9-]*
 *     04 1A second{4}               exp: iat + 15 s
 *     06 1A second{4}               iat
 *     07 50 id{16}                  cti: random, used once
 *     3A 00 01 00 00                -65537, private use
 *       An                          map of 1 to 6: what there is of
 *         01 58 2C tag{44}            holder tag: nonce{12} ciphertext{16} GCM tag{16}; always there
 *         02 8n dose*                 doses, the oldest first: 84 product number total day
 *         03 81 day | 82 day day      recovery: first positive test, release where it is known
 *         04 83 type second result    test
 *         05 80 | 81 day              exemption: its last day where it has one
 *         06 00 | 01 | 02             age by birth year: 17 or younger, 18, 19 or older
 *
 *   day                             days since 1970-01-01, 0 to 65535
 *   second                          seconds since 1970-01-01T00:00:00Z, 0 to 2^32 - 1, in a test as short as may be
 *   number, total                   01 to 17 (1 to 23)
 *   product, type, result           a number of {@link PassCodes}, or 61 to 74 and 1 to 20 printable ASCII characters
 * </pre>
 *
 * <p>Every event is about COVID-19. A pass for entry only has key 1 of the private map and no other.
 *
 * <p>A pass does not say all that is known of its holder. It leaves out
 *
 * <ul>
 *   <li>what is about another disease, or has a code, a number or a date that the format has no place for;
 *   <li>of several recoveries or tests, all but the newest, and of several exemptions, all but the one that lasts
 *       longest;
 *   <li>where it would have more than its bytes, the oldest doses, but never the newest; and where that is not enough,
 *       a test whose type or result has no number.
 * </ul>
 *
 * <p>Three doses of common products always fit beside everything else; eight fit with a provider's name of five
 * characters and nothing but an age.
 */
public final class EntryPassEncoder {
    static final String PREFIX = "KP1:";

    /** The private-use claim of all that a CWT has no claim for. */
    static final int PRIVATE_CLAIM = -65_537;

    static final int ISSUER = 1;
    static final int EXPIRES_AT = 4;
    static final int ISSUED_AT = 6;
    static final int ID = 7;

    static final int HOLDER_TAG = 1;
    static final int DOSES = 2;
    static final int RECOVERY = 3;
    static final int TEST = 4;
    static final int EXEMPTION = 5;
    static final int AGE_BAND = 6;

    /** All of a message but its claims. */
    static final int FRAME_BYTES = 85;

    /** The claims of a pass that is for entry only, but for its provider's name. */
    static final int ENTRY_ONLY_BYTES = 86;

    private static final int AGE_BAND_BYTES = 2;

    private EntryPassEncoder() {}

    /**
     * Encodes one pass.
     *
     * @param pass what it is to say, as far as there is room
     * @param kid of {@value EntryPass#KID_BYTES} bytes
     * @param sign from the bytes to be signed to an ES256 signature
     * @return {@code "KP1:"} and Base45 text, 364 characters at most
     * @throws IllegalArgumentException if KID or signature have another length
     */
    public static String encode(EntryPass pass, Kid kid, UnaryOperator<byte[]> sign) {
        if (kid.length() != EntryPass.KID_BYTES) {
            throw new IllegalArgumentException("a pass's KID has " + EntryPass.KID_BYTES + " bytes");
        }
        byte[] claims = claims(pass);
        byte[] message = CoseSign1.sign(Algorithm.ES256, kid, claims, sign);
        if (message.length != FRAME_BYTES + claims.length) {
            throw new IllegalArgumentException("an ES256 signature has 64 bytes");
        }
        return PREFIX + Base45.encode(message);
    }

    private static byte[] claims(EntryPass pass) {
        int room = EntryPass.MAX_BYTES
                - FRAME_BYTES
                - ENTRY_ONLY_BYTES
                - pass.provider().length()
                - (pass.ageBand().isPresent() ? AGE_BAND_BYTES : 0);
        PassContents contents = PassContents.fitting(pass.events(), room);
        long issuedAt = pass.issuedAt().getEpochSecond();
        CborWriter out = new CborWriter()
                .map(5)
                .integer(ISSUER)
                .text(pass.provider())
                .integer(EXPIRES_AT)
                .integer(issuedAt + EntryPass.LIFETIME.toSeconds())
                .integer(ISSUED_AT)
                .integer(issuedAt)
                .integer(ID)
                .bytes(pass.id())
                .integer(PRIVATE_CLAIM)
                .map(entries(pass, contents))
                .integer(HOLDER_TAG)
                .bytes(pass.holderTag());
        write(out, contents, pass.ageBand());
        return out.toByteArray();
    }

    private static int entries(EntryPass pass, PassContents contents) {
        return 1
                + (contents.doses().isEmpty() ? 0 : 1)
                + (contents.recovery().isPresent() ? 1 : 0)
                + (contents.test().isPresent() ? 1 : 0)
                + (contents.exemption().isPresent() ? 1 : 0)
                + (pass.ageBand().isPresent() ? 1 : 0);
    }

    private static void write(CborWriter out, PassContents contents, Optional<AgeBand> ageBand) {
        if (!contents.doses().isEmpty()) {
            out.integer(DOSES).array(contents.doses().size());
            contents.doses().forEach(dose -> write(out, dose));
        }
        contents.recovery().ifPresent(recovery -> write(out.integer(RECOVERY), recovery));
        contents.test().ifPresent(test -> write(out.integer(TEST), test));
        contents.exemption().ifPresent(exemption -> write(out.integer(EXEMPTION), exemption));
        ageBand.ifPresent(band -> out.integer(AGE_BAND).integer(number(band)));
    }

    private static void write(CborWriter out, Vaccination dose) {
        PassCodes.PRODUCTS.write(out.array(4), dose.product());
        out.integer(dose.dose()).integer(dose.of());
        write(out, dose.on());
    }

    private static void write(CborWriter out, Recovery recovery) {
        write(out.array(recovery.releasedOn().isPresent() ? 2 : 1), recovery.firstPositiveOn());
        recovery.releasedOn().ifPresent(day -> write(out, day));
    }

    private static void write(CborWriter out, Event.Test test) {
        PassCodes.TEST_TYPES.write(out.array(3), test.type());
        PassCodes.TEST_RESULTS.write(out.integer(test.at().getEpochSecond()), test.result());
    }

    private static void write(CborWriter out, Exemption exemption) {
        out.array(exemption.until().isPresent() ? 1 : 0);
        exemption.until().ifPresent(day -> write(out, day));
    }

    private static void write(CborWriter out, LocalDate day) {
        var _ = out.integer(day.toEpochDay());
    }

    private static int number(AgeBand band) {
        return switch (band) {
            case UP_TO_17 -> 0;
            case EIGHTEEN -> 1;
            case ADULT -> 2;
        };
    }
}
