package io.passgate.format.entrypass;

import io.passgate.codec.Base45;
import io.passgate.codec.Bounds;
import io.passgate.codec.CborCursor;
import io.passgate.codec.CoseSign1;
import io.passgate.codec.MalformedException;
import io.passgate.codec.StrictCbor;
import io.passgate.format.Decoded;
import io.passgate.format.Envelope;
import io.passgate.format.Unrecognised;
import io.passgate.model.Algorithm;
import io.passgate.model.Claims;
import io.passgate.model.Credential;
import io.passgate.model.Event;
import io.passgate.model.EventKind;
import io.passgate.model.Kid;
import io.passgate.model.Reason;
import io.passgate.model.Slice;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Decodes entry passes, in the one form that {@link EntryPassEncoder} writes and no other. Holds the scratch of one
 * thread and decodes one payload after another.
 */
final class EntryPassDecoder implements Envelope.Decoder {
    private static final byte[] PREFIX = EntryPassEncoder.PREFIX.getBytes(StandardCharsets.US_ASCII);

    /** Tag, array and the protected header up to the KID's bytes. */
    private static final byte[] BEFORE_KID = HexFormat.of().parseHex("d2844da201260448");

    /** Where the protected header's map starts, behind the head of its byte string. */
    private static final int HEADER_START = 3;

    private static final int HEADER_BYTES = BEFORE_KID.length - HEADER_START + EntryPass.KID_BYTES;
    private static final byte[] NO_UNPROTECTED_HEADER = {(byte) 0xa0};
    private static final int SIGNATURE_BYTES = 64;

    private static final int MIN_CLAIMS_BYTES = EntryPassEncoder.ENTRY_ONLY_BYTES + 1;
    private static final int MAX_CLAIMS_BYTES = EntryPass.MAX_BYTES - EntryPassEncoder.FRAME_BYTES;

    /** The head of a number of four bytes. */
    private static final int FOUR_BYTES = 0x1a;

    private final byte[] message = new byte[EntryPass.MAX_BYTES];
    private final StrictCbor cbor = new StrictCbor();

    /** Whether a payload says by its prefix that it is a pass. */
    static boolean recognises(Slice payload) {
        int start = payload.offset();
        return payload.length() >= PREFIX.length
                && Arrays.equals(payload.array(), start, start + PREFIX.length, PREFIX, 0, PREFIX.length);
    }

    /** Decodes one payload, given as the ASCII characters of a QR code. */
    @Override
    public Decoded decode(Slice payload) {
        if (payload.length() > Bounds.MAX_PAYLOAD_CHARS) {
            return new Decoded.Malformed(Reason.INPUT_TOO_LONG, Optional.empty());
        }
        if (!recognises(payload)) {
            return new Decoded.Malformed(Unrecognised.reason(payload), Optional.empty());
        }
        try {
            return new Decoded.Well(read(payload));
        } catch (MalformedException malformed) {
            return new Decoded.Malformed(malformed.reason(), Optional.of(EntryPassFormat.ID));
        }
    }

    private Credential read(Slice payload) throws MalformedException {
        int chars = payload.length() - PREFIX.length;
        if (Base45.decodedLength(chars) > EntryPass.MAX_BYTES) {
            throw invalid();
        }
        int length = Base45.decode(payload.array(), payload.offset() + PREFIX.length, chars, message);
        if (length < 0) {
            throw MalformedException.of(Reason.BASE45_INVALID);
        }
        cbor.start(Slice.of(message, 0, length));
        CoseSign1 sign1 = readMessage();
        return readClaims(sign1.kid().orElseThrow(EntryPassDecoder::invalid), sign1.signed());
    }

    private CoseSign1 readMessage() throws MalformedException {
        cbor.expect(BEFORE_KID);
        Optional<Kid> kid = Kid.of(cbor.take(EntryPass.KID_BYTES));
        cbor.expect(NO_UNPROTECTED_HEADER);
        Slice claims = cbor.readBytes(MIN_CLAIMS_BYTES, MAX_CLAIMS_BYTES);
        Slice signature = cbor.readBytes(SIGNATURE_BYTES, SIGNATURE_BYTES);
        cbor.expectEnd();
        Slice header = Slice.of(message, HEADER_START, HEADER_BYTES);
        return new CoseSign1(OptionalLong.of(Algorithm.ES256.coseId()), kid, header, claims, signature);
    }

    private Credential readClaims(Kid kid, CoseSign1.Signed signed) throws MalformedException {
        cbor.start(signed.payload());
        var _ = cbor.readArgument(CborCursor.MAP, 5, 5);
        key(EntryPassEncoder.ISSUER);
        String provider = readProvider();
        key(EntryPassEncoder.EXPIRES_AT);
        long expiresAt = readSecond();
        key(EntryPassEncoder.ISSUED_AT);
        long issuedAt = readSecond();
        if (expiresAt - issuedAt != EntryPass.LIFETIME.toSeconds()) {
            throw MalformedException.of(Reason.CWT_TIME_INVALID);
        }
        key(EntryPassEncoder.ID);
        cbor.skipBytes(EntryPass.ID_BYTES);
        key(EntryPassEncoder.PRIVATE_CLAIM);
        Claims claims = PassClaims.readMap(cbor);
        cbor.expectEnd();
        return new Credential(
                EntryPassFormat.ID,
                Algorithm.ES256,
                kid,
                Optional.of(provider),
                Instant.ofEpochSecond(issuedAt),
                Instant.ofEpochSecond(expiresAt),
                kinds(claims.events()),
                signed.toBeSigned(),
                signed.signature(),
                signed.payload());
    }

    private void key(int key) throws MalformedException {
        int major = key < 0 ? CborCursor.NEGATIVE : CborCursor.UNSIGNED;
        int argument = key < 0 ? -1 - key : key;
        var _ = cbor.readArgument(major, argument, argument);
    }

    private String readProvider() throws MalformedException {
        int length = (int) cbor.readArgument(CborCursor.TEXT, 1, EntryPass.MAX_PROVIDER_CHARS);
        Slice name = cbor.take(length);
        String provider = new String(name.array(), name.offset(), length, StandardCharsets.ISO_8859_1);
        if (!EntryPass.isProvider(provider)) {
            throw invalid();
        }
        return provider;
    }

    private long readSecond() throws MalformedException {
        if (cbor.peek() != FOUR_BYTES) {
            throw MalformedException.of(Reason.CWT_TIME_INVALID);
        }
        return cbor.readArgument(CborCursor.UNSIGNED, 0, PassContents.MAX_SECOND);
    }

    private static Set<EventKind> kinds(List<Event> events) {
        int bits = 0;
        for (int i = 0; i < events.size(); i++) {
            bits |= events.get(i).kind().bit();
        }
        return EventKind.ofBits(bits);
    }

    private static MalformedException invalid() {
        return MalformedException.of(Reason.PASS_INVALID);
    }

    /** Overwrites what is left of the pass decoded last. */
    @Override
    public void wipe() {
        Arrays.fill(message, (byte) 0);
        cbor.forget();
    }
}
