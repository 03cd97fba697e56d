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
import io.passgate.model.Credential;
import io.passgate.model.FormatId;
import io.passgate.model.Reason;
import io.passgate.model.Slice;
import java.util.Arrays;
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

    /** Decodes one payload, given as the ASCII characters of a QR code, with what blanks a scanner has put around it. */
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
                throw MalformedException.of(Reason.PREFIX_UNKNOWN);
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
        Dcc dcc = Dcc.read(cursor, keys, cwt.certificate());
        return new Credential(
                EuDccFormat.ID,
                message.algorithm(),
                message.kid().orElseThrow(() -> MalformedException.of(Reason.KID_MISSING)),
                cwt.issuer(),
                cwt.validFrom(),
                cwt.expiresAt(),
                dcc.kinds(),
                signed.toBeSigned(),
                signed.signature(),
                dcc.certificate());
    }

    /** Overwrites what is left of the payloads decoded so far. */
    public void wipe() {
        Arrays.fill(compressed, (byte) 0);
        inflater.wipe();
        cursor.forget();
        keys.forget();
    }
}
