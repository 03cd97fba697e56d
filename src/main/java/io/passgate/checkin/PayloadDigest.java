package io.passgate.checkin;

import io.passgate.model.Blanks;
import io.passgate.model.Digests;
import io.passgate.model.OpaqueId;
import io.passgate.model.Slice;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.List;

/**
 * What tells a request's payloads from all others, in number, order and every byte: the first 128 bits of SHA-256 over
 * length and bytes of each. The bytes are those of the text without the blanks around it; how JSON escaped it does not
 * count.
 */
public final class PayloadDigest {
    private PayloadDigest() {}

    /**
     * {@return the digest of a request's payloads}
     *
     * @param payloads in the order of the request, with or without blanks around them
     */
    public static OpaqueId of(List<Slice> payloads) {
        MessageDigest sha256 = Digests.sha256();
        ByteBuffer length = ByteBuffer.allocate(Integer.BYTES);
        for (Slice payload : payloads) {
            Slice text = Blanks.strip(payload, payload.length());
            sha256.update(length.clear().putInt(text.length()).flip());
            sha256.update(text.array(), text.offset(), text.length());
        }
        return Sha256.id(sha256);
    }
}
