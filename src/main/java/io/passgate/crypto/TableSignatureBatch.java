package io.passgate.crypto;

import io.passgate.model.Digests;
import io.passgate.model.Slice;
import io.passgate.p256.EcdsaBatch;
import io.passgate.p256.KeyTable;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.Provider;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A {@link SignatureBatch} that verifies ES256 by {@link KeyTableCache}, all such signatures together; the others, and
 * those by keys that have earned no table, by a provider. Allocates nothing for what goes by tables.
 */
public final class TableSignatureBatch implements SignatureBatch {
    private static final int ES256_SIGNATURE_BYTES = 64;
    private static final int DIGEST_BYTES = 32;

    /** Stands in {@link #places} for a signature that needs no looking at. */
    private static final int INVALID = Integer.MIN_VALUE;

    private final KeyTableCache tables;
    private final EcdsaBatch quick;
    private final JcaSignatureBatch provider;
    private final MessageDigest sha256;
    private final byte[] digest = new byte[DIGEST_BYTES];
    private final @Nullable VerificationKey[] keys;

    /** Where each signature is: from 0 among those by tables, from -1 downwards among the provider's. */
    private final int[] places;

    private int size;

    /** What was found for the key that was looked up last: a batch asks for the same one twice, or more. */
    private @Nullable VerificationKey lastKey;

    private @Nullable KeyTable lastTable;

    /**
     * Creates an empty batch.
     *
     * @param tables shared by all batches of the process
     * @param provider the one that the keys were imported for
     * @param capacity signatures that it holds at most
     * @throws IllegalStateException if the provider lacks an algorithm
     */
    public TableSignatureBatch(KeyTableCache tables, Provider provider, int capacity) {
        this.tables = tables;
        this.quick = tables.kernel().batch(capacity);
        this.provider = new JcaSignatureBatch(provider, capacity);
        this.keys = new VerificationKey[capacity];
        this.places = new int[capacity];
        this.sha256 = Digests.sha256();
    }

    @Override
    public boolean hasKeyTable(VerificationKey key) {
        return table(key) != null;
    }

    @SuppressWarnings("ReferenceEquality")
    private @Nullable KeyTable table(VerificationKey key) {
        if (key != lastKey) {
            lastKey = key;
            lastTable = tables.find(key);
        }
        return lastTable;
    }

    @Override
    public void clear() {
        Arrays.fill(keys, 0, size, null);
        Arrays.fill(digest, (byte) 0);
        sha256.reset();
        quick.clear();
        provider.clear();
        size = 0;
        lastKey = null;
        lastTable = null;
    }

    @Override
    public int add(VerificationKey key, Slice message, Slice signature) {
        if (size == keys.length) {
            throw new IllegalStateException("the batch is full at " + size);
        }
        places[size] = place(key, message, signature);
        keys[size] = key;
        return size++;
    }

    private int place(VerificationKey key, Slice message, Slice signature) {
        KeyTable table = table(key);
        if (table == null) {
            return -1 - provider.add(key, message, signature);
        }
        if (signature.length() != ES256_SIGNATURE_BYTES) {
            return INVALID;
        }
        try {
            sha256.update(message.array(), message.offset(), message.length());
            var _ = sha256.digest(digest, 0, DIGEST_BYTES);
        } catch (DigestException impossible) {
            throw new AssertionError("a SHA-256 has 32 bytes", impossible);
        }
        return quick.add(table, digest, 0, signature.array(), signature.offset());
    }

    @Override
    public void verify() {
        quick.verify();
        provider.verify();
        long nowNs = tables.nowNs();
        int byProvider = 0;
        for (int i = 0; i < size; i++) {
            VerificationKey key = keys[i];
            if (key != null && decision(i) == Decision.VALID) {
                tables.valid(key, nowNs);
            }
            if (places[i] < 0 && places[i] != INVALID) {
                byProvider++;
            }
        }
        tables.decided(size - byProvider, byProvider);
    }

    @Override
    public Decision decision(int index) {
        int place = places[index];
        if (place >= 0) {
            return quick.isValid(place) ? Decision.VALID : Decision.INVALID;
        }
        return place == INVALID ? Decision.INVALID : provider.decision(-1 - place);
    }
}
