package io.passgate.store.snapshot;

import io.passgate.model.Digests;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** The SHA-256 of a chunk together with its place: one that is damaged, or of another snapshot or place, shows. */
final class ChunkDigest {
    static final int BYTES = 32;

    private final byte[] snapshot;
    private final MessageDigest sha256;

    /** The digests of the chunks of one snapshot, which no other has the name of. */
    ChunkDigest(String snapshot) {
        this.snapshot = snapshot.getBytes(StandardCharsets.UTF_8);
        this.sha256 = Digests.sha256();
    }

    byte[] of(int index, byte[] data, int offset, int length) {
        sha256.update(snapshot);
        sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(index).array());
        sha256.update(data, offset, length);
        return sha256.digest();
    }
}
