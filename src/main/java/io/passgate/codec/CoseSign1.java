package io.passgate.codec;

import io.passgate.model.Algorithm;
import io.passgate.model.Kid;
import io.passgate.model.Reason;
import io.passgate.model.Slice;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/**
 * A COSE_Sign1 message (RFC 9052 section 4.2): {@code [protected bstr, unprotected map, payload bstr, signature bstr]}.
 *
 * @param algorithmId header parameter 1 of the protected header; empty when it is missing there
 * @param kid header parameter 4, of the protected header first, otherwise of the unprotected one
 * @param protectedHeader encoded, as it goes under the signature: an empty map counts as no bytes
 * @param payload the content, in place
 * @param signature as it was sent, in place; its length is not checked
 */
public record CoseSign1(
        OptionalLong algorithmId, Optional<Kid> kid, Slice protectedHeader, Slice payload, Slice signature) {

    private static final long ALGORITHM = 1;
    private static final long CRITICAL = 2;
    private static final long KID = 4;

    private static final int TAG_COSE_SIGN1 = 18;
    private static final int TAG_CWT = 61;
    private static final int TAG_SELF_DESCRIBED = 55_799;

    /** Issuers wrote 18, 61(18), 18(18), 61(61(18)); more than this many tags are no message of anyone's. */
    private static final int MAX_TAGS = 4;

    private static final byte[] CONTEXT = "Signature1".getBytes(StandardCharsets.US_ASCII);

    /** Array of four and the context string's header, the empty external data, and two string headers of 3 bytes. */
    private static final int STRUCTURE_OVERHEAD = 1 + 1 + CONTEXT.length + 1 + 3 + 3;

    /**
     * Reads one message. The cursor is left at the end of its protected header, where there is one.
     *
     * @param cursor at the first byte of the message
     * @param keys scratch, overwritten
     * @return the message, whose stretches lie in the cursor's array
     * @throws MalformedException if it is no COSE_Sign1, has bytes after it, has critical header parameters, or names
     *     two algorithms
     */
    public static CoseSign1 read(CborCursor cursor, CborKeys keys) throws MalformedException {
        skipTags(cursor, Reason.COSE_INVALID);
        if (cursor.peekMajor() != CborCursor.ARRAY) {
            throw MalformedException.of(Reason.COSE_INVALID);
        }
        int header = cursor.readHeader(CborCursor.ARRAY);
        requireBytes(element(cursor, header, 0));
        Slice protectedHeader = cursor.readBytes();
        if (element(cursor, header, 1).peekMajor() != CborCursor.MAP) {
            throw MalformedException.of(Reason.COSE_INVALID);
        }
        Headers unprotected = Headers.read(cursor, keys);
        requireBytes(element(cursor, header, 2));
        Slice payload = cursor.readBytes();
        requireBytes(element(cursor, header, 3));
        Slice signature = cursor.readBytes();
        if (cursor.hasNext(header, 4)) {
            throw MalformedException.of(Reason.COSE_INVALID);
        }
        cursor.expectEnd();

        Headers inProtected = Headers.NONE;
        Slice signedHeader = protectedHeader;
        if (!protectedHeader.isEmpty()) {
            cursor.resume(protectedHeader);
            if (cursor.peekMajor() != CborCursor.MAP) {
                throw MalformedException.of(Reason.COSE_INVALID);
            }
            inProtected = Headers.read(cursor, keys);
            cursor.expectEnd();
            if (inProtected.isEmpty) {
                signedHeader = Slice.empty();
            }
        }
        requireOneAlgorithm(inProtected, unprotected);
        Optional<Kid> kid = inProtected.kid.isPresent() ? inProtected.kid : unprotected.kid;
        return new CoseSign1(inProtected.algorithmId, kid, signedHeader, payload, signature);
    }

    /**
     * A parameter has one place (RFC 9052 section 3). A second algorithm says in what two verifiers would differ; a
     * second KID is a hint of no weight, and the protected one is taken.
     */
    private static void requireOneAlgorithm(Headers inProtected, Headers unprotected) throws MalformedException {
        if (inProtected.algorithmId.isPresent()
                && unprotected.algorithmId.isPresent()
                && inProtected.algorithmId.getAsLong() != unprotected.algorithmId.getAsLong()) {
            throw MalformedException.of(Reason.COSE_INVALID);
        }
    }

    /**
     * Makes a new message: tag 18, a protected header with algorithm and KID, an empty unprotected one, shortest heads.
     *
     * @param algorithm the one that {@code sign} signs with
     * @param kid hints at the key for who verifies
     * @param payload the content, which is copied
     * @param sign from the bytes to be signed to the signature
     * @return the encoded message
     */
    public static byte[] sign(Algorithm algorithm, Kid kid, byte[] payload, UnaryOperator<byte[]> sign) {
        byte[] protectedHeader = new CborWriter()
                .map(2)
                .integer(ALGORITHM)
                .integer(algorithm.coseId())
                .integer(KID)
                .bytes(kid.toByteArray())
                .toByteArray();
        CoseSign1 unsigned = new CoseSign1(
                OptionalLong.of(algorithm.coseId()),
                Optional.of(kid),
                Slice.of(protectedHeader),
                Slice.of(payload),
                Slice.empty());
        byte[] signature = sign.apply(unsigned.signed().toBeSigned().toByteArray());
        return new CborWriter()
                .tag(TAG_COSE_SIGN1)
                .array(4)
                .bytes(protectedHeader)
                .map(0)
                .bytes(payload)
                .bytes(signature)
                .toByteArray();
    }

    private static CborCursor element(CborCursor cursor, int header, int index) throws MalformedException {
        if (!cursor.hasNext(header, index)) {
            throw MalformedException.of(Reason.COSE_INVALID);
        }
        return cursor;
    }

    private static void requireBytes(CborCursor cursor) throws MalformedException {
        if (cursor.peekMajor() != CborCursor.BYTES) {
            throw MalformedException.of(Reason.COSE_INVALID);
        }
    }

    /** Passes over the tags that may stand before a message or a claims set. */
    static void skipTags(CborCursor cursor, Reason otherwise) throws MalformedException {
        for (int tags = 0; cursor.peekMajor() == CborCursor.TAG; tags++) {
            long tag = cursor.readTag();
            boolean known = tag == TAG_COSE_SIGN1 || tag == TAG_CWT || tag == TAG_SELF_DESCRIBED;
            if (!known || tags == MAX_TAGS) {
                throw MalformedException.of(otherwise);
            }
        }
    }

    /**
     * The bytes under the signature (Sig_structure, RFC 9052 section 4.4, no external data), the signature behind them.
     *
     * <pre>
     *   84 | 6A "Signature1" | bstr protected | 40 | bstr payload || signature
     * </pre>
     *
     * @return a new array's stretches
     */
    public Signed signed() {
        int room = STRUCTURE_OVERHEAD + protectedHeader.length() + payload.length() + signature.length();
        byte[] out = new byte[room];
        int at = 0;
        out[at++] = (byte) 0x84;
        out[at++] = (byte) (0x60 | CONTEXT.length);
        System.arraycopy(CONTEXT, 0, out, at, CONTEXT.length);
        at = writeString(out, at + CONTEXT.length, protectedHeader);
        out[at++] = 0x40;
        at = writeString(out, at, payload);
        System.arraycopy(signature.array(), signature.offset(), out, at, signature.length());
        return new Signed(
                Slice.of(out, 0, at),
                Slice.of(out, at - payload.length(), payload.length()),
                Slice.of(out, at, signature.length()));
    }

    private static int writeString(byte[] out, int at, Slice string) {
        int next = CborWriter.writeHead(out, at, CborCursor.BYTES, string.length());
        System.arraycopy(string.array(), string.offset(), out, next, string.length());
        return next + string.length();
    }

    /**
     * Stretches of one array.
     *
     * @param toBeSigned what goes under the signature
     * @param payload the content, inside of what is signed
     * @param signature as it was sent, behind what is signed
     */
    public record Signed(Slice toBeSigned, Slice payload, Slice signature) {}

    /**
     * {@return the algorithm named in the protected header}
     *
     * @throws MalformedException if none is named there, or one that is not supported
     */
    public Algorithm algorithm() throws MalformedException {
        if (algorithmId.isEmpty()) {
            throw MalformedException.of(Reason.ALGORITHM_MISSING);
        }
        Optional<Algorithm> known = Algorithm.ofCoseId(algorithmId.getAsLong());
        if (known.isEmpty()) {
            throw MalformedException.of(Reason.ALGORITHM_UNSUPPORTED);
        }
        return known.get();
    }

    /** The header parameters of one of the two headers that matter here (RFC 9052 section 3.1). */
    private record Headers(boolean isEmpty, OptionalLong algorithmId, Optional<Kid> kid) {
        static final Headers NONE = new Headers(true, OptionalLong.empty(), Optional.empty());

        static Headers read(CborCursor cursor, CborKeys keys) throws MalformedException {
            OptionalLong algorithmId = OptionalLong.empty();
            Optional<Kid> kid = Optional.empty();
            int header = cursor.readHeader(CborCursor.MAP);
            int read = 0;
            keys.clear();
            for (; cursor.hasNext(header, read); read++) {
                keys.read(cursor);
                if (keys.number() == ALGORITHM) {
                    if (cursor.peekMajor() > CborCursor.NEGATIVE) {
                        throw MalformedException.of(Reason.ALGORITHM_UNSUPPORTED);
                    }
                    algorithmId = OptionalLong.of(cursor.readInteger());
                } else if (keys.number() == KID && cursor.peekMajor() == CborCursor.BYTES) {
                    kid = Kid.of(cursor.readBytes());
                } else if (keys.number() == CRITICAL) {
                    throw MalformedException.of(Reason.COSE_INVALID);
                } else {
                    cursor.skip();
                }
            }
            return new Headers(read == 0, algorithmId, kid);
        }
    }
}
