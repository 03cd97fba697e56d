package io.passgate.checkin;

import io.passgate.model.OpaqueId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/**
 * A facility's request, as it is known again when it is asked once more, and told from others under the same
 * Idempotency-Key.
 *
 * @param key of facility and Idempotency-Key: says neither
 * @param payloads a digest of all its payloads, see {@link PayloadDigest}
 * @param keptUntil when the key may be forgotten
 */
public record KeyedRequest(OpaqueId key, OpaqueId payloads, Instant keptUntil) {
    /** For so long after a request its key is known to be taken. */
    static final Duration KEPT = Duration.ofMinutes(1);

    static KeyedRequest of(CheckInService.Request request) {
        byte[] facility = request.facility().getBytes(StandardCharsets.UTF_8);
        byte[] key = request.key().getBytes(StandardCharsets.US_ASCII);
        ByteBuffer both = ByteBuffer.allocate(2 * Integer.BYTES + facility.length + key.length);
        both.putInt(facility.length).put(facility).putInt(key.length).put(key);
        return new KeyedRequest(
                Sha256.id(both.array()), request.payloads(), request.at().plus(KEPT));
    }

    /**
     * The id of an entry that this request makes: the same whenever it is asked, and another one for other payloads.
     *
     * @param index number of the payload
     * @param pass the pass's id; nothing of a wallet certificate
     */
    OpaqueId entry(int index, byte[] pass) {
        ByteBuffer all = ByteBuffer.allocate(2 * OpaqueId.BYTES + Integer.BYTES + pass.length);
        all.put(key.toByteArray()).put(payloads.toByteArray()).putInt(index).put(pass);
        return Sha256.id(all.array());
    }
}
