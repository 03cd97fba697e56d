package io.passgate.p256;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;

/** How Wycheproof's files write a signature. */
enum SignatureEncoding {
    /** r then s, as in IEEE P1363. */
    RAW {
        @Override
        Optional<byte[]> raw(byte[] written) {
            return written.length == RAW_BYTES ? Optional.of(written) : Optional.empty();
        }
    },
    /** An ECDSA-Sig-Value (RFC 3279 section 2.2.3) in DER and nothing else. */
    DER {
        @Override
        Optional<byte[]> raw(byte[] written) {
            try {
                if (!(ASN1Primitive.fromByteArray(written) instanceof ASN1Sequence sequence)
                        || sequence.size() != 2
                        || !(sequence.getObjectAt(0) instanceof ASN1Integer r)
                        || !(sequence.getObjectAt(1) instanceof ASN1Integer s)
                        || !Arrays.equals(sequence.getEncoded(ASN1Encoding.DER), written)) {
                    return Optional.empty();
                }
                return fits(r.getValue()) && fits(s.getValue())
                        ? Optional.of(Secp256r1.signature(r.getValue(), s.getValue()))
                        : Optional.empty();
            } catch (IOException | IllegalStateException | IllegalArgumentException unreadable) {
                return Optional.empty();
            }
        }
    };

    private static final int RAW_BYTES = 64;

    /** The 64 bytes that a batch takes; empty if it can have none. */
    abstract Optional<byte[]> raw(byte[] written);

    private static boolean fits(BigInteger value) {
        return value.signum() >= 0 && value.bitLength() <= RAW_BYTES / 2 * Byte.SIZE;
    }
}
