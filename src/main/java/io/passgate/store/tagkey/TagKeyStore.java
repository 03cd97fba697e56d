package io.passgate.store.tagkey;

import io.passgate.holdertag.TagKey;
import io.passgate.holdertag.TagKeys;
import io.passgate.model.Unavailable;
import io.passgate.registry.Pepper;
import io.passgate.store.BlockingCalls;
import io.passgate.store.StoreException;
import io.passgate.store.secret.FingerprintTable;
import io.passgate.store.secret.SecretFingerprint;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowIterator;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The days' tag keys in PostgreSQL, each sealed by a key of the {@link Pepper}, and in this process those that it has
 * used. A dump of the database reads no tag; once a day's row is deleted nobody does.
 */
public final class TagKeyStore implements TagKeys {
    private static final int NONCE_BYTES = 12;
    private static final int GCM_TAG_BITS = 128;

    private final Pool pool;
    private final BlockingCalls blockingCalls;
    private final RandomGenerator random;
    private final SecretKeySpec sealing;
    private final SecretFingerprint fingerprint;
    private final Map<LocalDate, TagKey> held = new ConcurrentHashMap<>();

    /**
     * Creates a store that holds no key yet.
     *
     * @param pool to the database of the keys, the caller's to close
     * @param blockingCalls for that database
     * @param pepper by which keys are sealed, the same at every gateway
     * @param random for secrets, such as {@link java.security.SecureRandom}
     */
    public TagKeyStore(Pool pool, BlockingCalls blockingCalls, Pepper pepper, RandomGenerator random) {
        this.pool = pool;
        this.blockingCalls = blockingCalls;
        this.random = random;
        this.fingerprint = SecretFingerprint.of(pepper);
        this.sealing = new SecretKeySpec(pepper.derive("tag keys"), "AES");
    }

    @Override
    public TagKey of(LocalDate day) {
        TagKey known = held.get(day);
        return known == null ? held.computeIfAbsent(day, this::fetch) : known;
    }

    /**
     * {@return the key of a day, if this process has it already} It waits for nobody.
     *
     * @param day in Korea
     */
    public Optional<TagKey> ifHeld(LocalDate day) {
        return Optional.ofNullable(held.get(day));
    }

    private TagKey fetch(LocalDate day) {
        byte[] fresh = new byte[TagKey.BYTES];
        random.nextBytes(fresh);
        try {
            Buffer sealed = blockingCalls.await(
                    "tag key", () -> pool.withTransaction(connection -> fetch(connection, day, seal(fresh, day))));
            return new TagKey(open(sealed.getBytes(), day));
        } catch (StoreException lost) {
            throw new Unavailable("the day's tag key is out of reach");
        }
    }

    /** One that is there is taken also from a database that takes no changes. */
    private Future<Buffer> fetch(SqlConnection connection, LocalDate day, byte[] fresh) {
        return find(connection, day)
                .compose(found ->
                        found.isPresent() ? Future.succeededFuture(found.get()) : leave(connection, day, fresh));
    }

    /** By a pepper that is not the database's none is left: nobody else could open it. */
    private Future<Buffer> leave(SqlConnection connection, LocalDate day, byte[] fresh) {
        return FingerprintTable.requireAndHold(connection, fingerprint)
                .compose(known -> connection
                        .preparedQuery("INSERT INTO tag_key (day, sealed) VALUES ($1, $2) ON CONFLICT (day) DO NOTHING")
                        .execute(Tuple.of(day, Buffer.buffer(fresh))))
                .compose(inserted -> find(connection, day))
                .map(Optional::orElseThrow);
    }

    private static Future<Optional<Buffer>> find(SqlConnection connection, LocalDate day) {
        return connection
                .preparedQuery("SELECT sealed FROM tag_key WHERE day = $1")
                .execute(Tuple.of(day))
                .map(rows -> {
                    RowIterator<Row> all = rows.iterator();
                    return all.hasNext() ? Optional.of(all.next().getBuffer(0)) : Optional.empty();
                });
    }

    /** Forgets all keys here. */
    public void forgetAll() {
        held.clear();
    }

    /**
     * Forgets the keys of old days, here and in PostgreSQL: what they sealed is sealed for good.
     *
     * @param day the first that is kept
     * @throws StoreException if PostgreSQL is out of reach; they are forgotten here then
     */
    public void destroyBefore(LocalDate day) {
        forgetBefore(day);
        var _ = blockingCalls.await(
                "tag key",
                () -> pool.preparedQuery("DELETE FROM tag_key WHERE day < $1").execute(Tuple.of(day)));
    }

    /**
     * Forgets the keys of old days here.
     *
     * @param day the first that is kept
     */
    public void forgetBefore(LocalDate day) {
        held.keySet().removeIf(known -> known.isBefore(day));
    }

    private byte[] seal(byte[] key, LocalDate day) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, day, key, 0);
        return ByteBuffer.allocate(nonce.length + sealed.length)
                .put(nonce)
                .put(sealed)
                .array();
    }

    private byte[] open(byte[] sealed, LocalDate day) {
        return cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(sealed, NONCE_BYTES), day, sealed, NONCE_BYTES);
    }

    private byte[] cipher(int mode, byte[] nonce, LocalDate day, byte[] input, int offset) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, sealing, new GCMParameterSpec(GCM_TAG_BITS, nonce));
            cipher.updateAAD(
                    ByteBuffer.allocate(Long.BYTES).putLong(day.toEpochDay()).array());
            return cipher.doFinal(input, offset, input.length - offset);
        } catch (GeneralSecurityException failed) {
            throw new StoreException("the day's tag key was sealed by another pepper", failed);
        }
    }
}
