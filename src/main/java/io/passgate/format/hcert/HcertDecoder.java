package io.passgate.format.hcert;

import io.passgate.codec.Base45;
import io.passgate.codec.BoundedInflater;
import io.passgate.codec.Bounds;
import io.passgate.codec.CborCursor;
import io.passgate.codec.CborKeys;
import io.passgate.codec.CoseSign1;
import io.passgate.codec.Cwt;
import io.passgate.codec.MalformedException;
import io.passgate.codec.ScannedText;
import io.passgate.format.Decoded;
import io.passgate.format.Unrecognised;
import io.passgate.model.Credential;
import io.passgate.model.FormatId;
import io.passgate.model.Reason;
import io.passgate.model.Slice;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Decodes electronic health certificates: {@code "HC1:"}, Base45, zlib, COSE_Sign1, CWT, claim -260 (the hcert
 * specification 1.0.5, sections 3 and 4). Holds the scratch of one thread and decodes one payload after another.
 */
public final class HcertDecoder {
    private static final Optional<FormatId> IN_ENVELOPE = Optional.of(HcertEnvelope.ID);
    private static final byte[] PREFIX = {'H', 'C', '1', ':'};

    private final byte[] compressed = new byte[Base45.decodedLength(Bounds.MAX_PAYLOAD_CHARS)];
    private final BoundedInflater inflater = new BoundedInflater();
    private final CborCursor cursor = new CborCursor();
    private final CborKeys keys = new CborKeys();
    private final HcertFormat[] formats;

    /** Decodes EU Digital COVID Certificates alone. */
    public HcertDecoder() {
        this(List.of(new EuDccFormat(EuDccFormat.USUAL_TOLERANCE)));
    }

    /**
     * Decodes several formats.
     *
     * @param formats what is decoded; a payload with the content of several is of the first of them
     * @throws IllegalArgumentException if two of them have one key
     */
    public HcertDecoder(List<HcertFormat> formats) {
        if (formats.stream().map(HcertFormat::claimKey).distinct().count() < formats.size()) {
            throw new IllegalArgumentException("two formats have one key in an hcert");
        }
        this.formats = formats.toArray(HcertFormat[]::new);
    }

    /**
     * Decodes one payload. Whatever is wrong with it is a value.
     *
     * @param payload the ASCII characters of a QR code, with what blanks a scanner has put around them; only read
     * @return the credential, whose claims and signature have an array of their own
     */
    public Decoded decode(Slice payload) {
        return decodeText(ScannedText.withoutBlanks(payload));
    }

    /** Decodes one payload without blanks around it. */
    Decoded decodeText(Slice payload) {
        Optional<FormatId> recognised = Optional.empty();
        try {
            if (payload.length() > Bounds.MAX_PAYLOAD_CHARS) {
                throw MalformedException.of(Reason.INPUT_TOO_LONG);
            }
            if (!recognises(payload)) {
                throw MalformedException.of(Unrecognised.reason(payload));
            }
            recognised = IN_ENVELOPE;
            return new Decoded.Well(read(payload));
        } catch (MalformedException malformed) {
            return new Decoded.Malformed(malformed.reason(), recognised);
        }
    }

    /** Whether a payload says by its prefix that it is a health certificate. */
    static boolean recognises(Slice payload) {
        return payload.length() >= PREFIX.length
                && Arrays.equals(
                        payload.array(), payload.offset(), payload.offset() + PREFIX.length, PREFIX, 0, PREFIX.length);
    }

    private Credential read(Slice payload) throws MalformedException {
        int length = Base45.decode(
                payload.array(), payload.offset() + PREFIX.length, payload.length() - PREFIX.length, compressed);
        if (length < 0) {
            throw MalformedException.of(Reason.BASE45_INVALID);
        }
        int inflated = inflater.inflate(compressed, length);
        cursor.start(inflater.bytes(), 0, inflated);
        CoseSign1 message = CoseSign1.read(cursor, keys);
        CoseSign1.Signed signed = message.signed();
        Cwt cwt = Cwt.read(cursor, keys, signed.payload());
        Content content = content(cwt.certificate());
        return new Credential(
                content.format.id(),
                message.algorithm(),
                message.kid().orElseThrow(() -> MalformedException.of(Reason.KID_MISSING)),
                cwt.issuer(),
                cwt.validFrom(),
                cwt.expiresAt(),
                content.format.kinds(cursor, keys, content.bytes),
                signed.toBeSigned(),
                signed.signature(),
                content.bytes);
    }

    private record Content(HcertFormat format, Slice bytes) {}

    private Content content(Slice claim) throws MalformedException {
        cursor.resume(claim);
        if (cursor.peekMajor() != CborCursor.MAP) {
            throw MalformedException.of(Reason.HCERT_INVALID);
        }
        int found = formats.length;
        int start = 0;
        int end = 0;
        int header = cursor.readHeader(CborCursor.MAP);
        keys.clear();
        for (int read = 0; cursor.hasNext(header, read); read++) {
            keys.read(cursor);
            int from = cursor.position();
            cursor.skip();
            int index = indexOf(keys.number());
            if (index < found) {
                found = index;
                start = from;
                end = cursor.position();
            }
        }
        if (found == formats.length) {
            throw MalformedException.of(Reason.HCERT_MISSING);
        }
        return new Content(formats[found], Slice.of(claim.array(), start, end - start));
    }

    private int indexOf(long claimKey) {
        int index = 0;
        while (index < formats.length && formats[index].claimKey() != claimKey) {
            index++;
        }
        return index;
    }

    /** Overwrites what is left of the payloads decoded so far. */
    public void wipe() {
        Arrays.fill(compressed, (byte) 0);
        inflater.wipe();
        cursor.forget();
        keys.forget();
    }
}
