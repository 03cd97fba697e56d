package io.passgate.trust;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An element of ASN.1 as it lies in its bytes (X.690 section 8.1): tag, length and content, the content not
 * interpreted. So what is wrong inside one element costs no other.
 *
 * @param tag the first identifier byte
 * @param start of the identifier
 * @param contentStart of the content
 * @param contentEnd of the content
 * @param end behind all of it; for an indefinite length behind the two zero bytes
 */
record Tlv(byte[] bytes, int tag, int start, int contentStart, int contentEnd, int end) {
    static final int OCTET_STRING = 0x04;
    static final int OBJECT_IDENTIFIER = 0x06;
    static final int SEQUENCE = 0x30;

    private static final int CONSTRUCTED = 0x20;
    private static final int LONG_TAG = 0x1f;
    private static final int INDEFINITE = -1;

    /** Elements of indefinite length inside each other; a certificate's own structure needs 5. */
    private static final int MAX_DEPTH = 16;

    /**
     * The one element that the bytes are.
     *
     * @throws IllegalArgumentException if they are none, or more
     */
    static Tlv whole(byte[] bytes) {
        Tlv element = at(bytes, 0, bytes.length, 0);
        if (element.end != bytes.length) {
            throw new IllegalArgumentException("something stands behind the element");
        }
        return element;
    }

    boolean isConstructed() {
        return (tag & CONSTRUCTED) != 0;
    }

    /** Identifier, length and content. */
    byte[] encoded() {
        return Arrays.copyOfRange(bytes, start, end);
    }

    byte[] content() {
        return Arrays.copyOfRange(bytes, contentStart, contentEnd);
    }

    /** Whether its content is elements and nothing else. */
    boolean isWhole() {
        List<Tlv> children = children();
        return children.isEmpty() ? contentStart == contentEnd : children.getLast().end == contentEnd;
    }

    /** The elements of its content, up to the first that is none. */
    List<Tlv> children() {
        List<Tlv> children = new ArrayList<>();
        int at = contentStart;
        while (at < contentEnd) {
            try {
                Tlv child = at(bytes, at, contentEnd, 0);
                children.add(child);
                at = child.end;
            } catch (IllegalArgumentException broken) {
                return children;
            }
        }
        return children;
    }

    private static Tlv at(byte[] bytes, int start, int limit, int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("nested too deep");
        }
        int tag = octet(bytes, start, limit);
        int at = start + 1;
        if ((tag & LONG_TAG) == LONG_TAG) {
            while (octet(bytes, at, limit) > 0x7f) {
                at++;
            }
            at++;
        }
        int first = octet(bytes, at, limit);
        at++;
        int length = first;
        if (first == 0x80) {
            length = INDEFINITE;
        } else if (first > 0x80) {
            length = 0;
            for (int i = 0; i < (first & 0x7f); i++, at++) {
                length = length << 8 | octet(bytes, at, limit);
                if (length > limit) {
                    throw new IllegalArgumentException("longer than what holds it");
                }
            }
        }
        if (length == INDEFINITE) {
            return indefinite(bytes, tag, start, at, limit, depth);
        }
        if (length > limit - at) {
            throw new IllegalArgumentException("longer than what holds it");
        }
        return new Tlv(bytes, tag, start, at, at + length, at + length);
    }

    private static Tlv indefinite(byte[] bytes, int tag, int start, int contentStart, int limit, int depth) {
        int at = contentStart;
        while (octet(bytes, at, limit) != 0 || octet(bytes, at + 1, limit) != 0) {
            at = at(bytes, at, limit, depth + 1).end;
        }
        return new Tlv(bytes, tag, start, contentStart, at, at + 2);
    }

    private static int octet(byte[] bytes, int at, int limit) {
        if (at >= limit) {
            throw new IllegalArgumentException("cut off");
        }
        return bytes[at] & 0xff;
    }
}
