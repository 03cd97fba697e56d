package io.passgate.format;

import io.passgate.codec.Base45;
import io.passgate.model.Reason;
import io.passgate.model.Slice;
import java.nio.charset.StandardCharsets;

/**
 * Why a text is refused that begins as the payloads of no envelope: it is a certificate of a kind that this gateway does
 * not read, or one that has lost its prefix ({@link Reason#PREFIX_UNKNOWN}), or no certificate at all
 * ({@link Reason#NOT_A_CREDENTIAL}). The first five characters decide, without work on the rest and without allocation.
 *
 * <p>A text is {@code PREFIX_UNKNOWN} if it begins with one of these, and {@code NOT_A_CREDENTIAL} otherwise:
 *
 * <ul>
 *   <li>Two letters of ASCII of either case, a digit, and a colon, such as {@code HC2:}, {@code ZZ9:} or {@code hc1:}.
 *   <li>{@code HC} of either case, a letter, and a colon: the hcert specification (1.0.5, section 4) counts its versions
 *       from 1 to 9 and on from A to Z. Other letters before a colon are no version: {@code TEL:}, {@code SMS:}.
 *   <li>{@code shc:/} of either case: a SMART Health Card.
 *   <li>Base45 of a zlib stream with a window of 32 KiB and no dictionary (RFC 1950 section 2.2), whose two bytes of
 *       header are 78 01, 78 5e, 78 9c or 78 da: the characters {@code V7F}, {@code Y9F}, {@code 6BF} or {@code NCF}.
 *   <li>Base45 of a COSE_Sign1 with its tag (RFC 9052 section 4.2), d2 84: the characters {@code RRQ}.
 * </ul>
 */
public final class Unrecognised {
    private static final int PREFIX_CHARS = 4;
    private static final int HEAD_CHARS = 3;
    private static final byte[] SMART_HEALTH_CARD = "shc:/".getBytes(StandardCharsets.US_ASCII);

    /** Method 8 with a window of 32 KiB, and no preset dictionary; the lowest five bits make it divisible by 31. */
    private static final int ZLIB = 0x7800;

    private static final int ZLIB_MASK = 0xff20;
    private static final int ZLIB_CHECK = 31;

    /** Tag 18, and an array of 4. */
    private static final int COSE_SIGN1 = 0xd284;

    private Unrecognised() {}

    /**
     * {@return the reason of a text in no envelope}
     *
     * @param text without blanks around it; may be empty
     */
    public static Reason reason(Slice text) {
        return hasVersion(text) || isSmartHealthCard(text) || isCertificateWithoutPrefix(text)
                ? Reason.PREFIX_UNKNOWN
                : Reason.NOT_A_CREDENTIAL;
    }

    private static boolean hasVersion(Slice text) {
        if (text.length() < PREFIX_CHARS) {
            return false;
        }
        byte[] chars = text.array();
        int at = text.offset();
        int version = chars[at + 2];
        return chars[at + 3] == ':'
                && isLetter(chars[at])
                && isLetter(chars[at + 1])
                && (version >= '0' && version <= '9'
                        || isLetter(version) && lower(chars[at]) == 'h' && lower(chars[at + 1]) == 'c');
    }

    private static boolean isSmartHealthCard(Slice text) {
        if (text.length() < SMART_HEALTH_CARD.length) {
            return false;
        }
        for (int i = 0; i < SMART_HEALTH_CARD.length; i++) {
            if (lower(text.array()[text.offset() + i]) != SMART_HEALTH_CARD[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean isCertificateWithoutPrefix(Slice text) {
        if (text.length() < HEAD_CHARS) {
            return false;
        }
        int head = Base45.twoBytes(text.array(), text.offset());
        return (head & ZLIB_MASK) == ZLIB && head % ZLIB_CHECK == 0 || head == COSE_SIGN1;
    }

    private static boolean isLetter(int character) {
        return lower(character) >= 'a' && lower(character) <= 'z';
    }

    /** Small letters of capital ones; of anything else it makes no letter. */
    private static int lower(int character) {
        return character >= 'A' && character <= 'Z' ? character + ('a' - 'A') : character;
    }
}
