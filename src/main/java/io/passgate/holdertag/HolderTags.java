package io.passgate.holdertag;

import io.passgate.model.Slice;
import io.passgate.registry.Holder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals who holds a pass so that only gateways can read it, and only while the day's key lives. What is sealed is no
 * name either: the same holder has another one the next day.
 *
 * <pre>
 * name    first 16 bytes of HMAC-SHA-256 under K1 of the holder's 32 bytes
 * tag     12 random bytes, AES-128-GCM under K2 of the name with them as nonce (16 bytes), its 16 bytes of
 *         authentication; the day goes in as associated data: i32 days since 1970-01-01, big-endian
 * K1, K2  HMAC-SHA-256 under the day's key of "name" and of "seal", the latter cut to 16 bytes
 * </pre>
 *
 * <p>One thread, reused.
 */
public final class HolderTags {
    /** Bytes of a tag. */
    public static final int BYTES = 44;

    private static final int NONCE_BYTES = 12;
    private static final int NAME_BYTES = 16;
    private static final int AES_KEY_BYTES = 16;
    private static final int GCM_TAG_BITS = 128;
    private static final String HMAC = "HmacSHA256";

    /** What the cipher is left with: of the nonce and the key it keeps the last ones. */
    private static final SecretKeySpec NO_KEY = new SecretKeySpec(new byte[AES_KEY_BYTES], "AES");

    private static final GCMParameterSpec NO_NONCE = new GCMParameterSpec(GCM_TAG_BITS, new byte[NONCE_BYTES]);

    private final Cipher cipher;
    private final Mac mac;
    private final RandomGenerator random;
    private final byte[] nonce = new byte[NONCE_BYTES];
    private Optional<Keys> last = Optional.empty();

    private record Keys(TagKey day, SecretKeySpec name, SecretKeySpec seal) {}

    /**
     * Takes its cipher and MAC once, for one thread.
     *
     * @param provider of AES-GCM and HMAC-SHA-256
     * @param random for secrets, such as {@link java.security.SecureRandom}
     * @throws IllegalStateException if the provider lacks one of them
     */
    public HolderTags(Provider provider, RandomGenerator random) {
        try {
            this.cipher = Cipher.getInstance("AES/GCM/NoPadding", provider);
            this.mac = Mac.getInstance(HMAC, provider);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("the provider lacks AES-GCM or HMAC-SHA-256", missing);
        }
        this.random = random;
    }

    /**
     * {@return a tag of a holder} No two are alike.
     *
     * @param holder whom the pass is of
     * @param key that of the day
     * @param day in Asia/Seoul, on which the pass is issued
     */
    public byte[] seal(Holder holder, TagKey key, LocalDate day) {
        return seal(name(holder, keys(key)), keys(key).seal, day);
    }

    /**
     * {@return a tag of nobody, for a pass without a consent} It looks like any other, and no gateway can read it.
     *
     * @param day in Asia/Seoul, on which the pass is issued
     */
    public byte[] ofNobody(LocalDate day) {
        byte[] name = new byte[NAME_BYTES];
        byte[] key = new byte[AES_KEY_BYTES];
        random.nextBytes(name);
        random.nextBytes(key);
        return seal(name, new SecretKeySpec(key, "AES"), day);
    }

    private byte[] seal(byte[] name, SecretKeySpec key, LocalDate day) {
        try {
            random.nextBytes(nonce);
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(GCM_TAG_BITS, nonce));
            cipher.updateAAD(associated(day));
            byte[] tag = Arrays.copyOf(nonce, BYTES);
            int sealed = cipher.doFinal(name, 0, NAME_BYTES, tag, NONCE_BYTES);
            if (sealed != BYTES - NONCE_BYTES) {
                throw new IllegalStateException("a tag of another length");
            }
            return tag;
        } catch (GeneralSecurityException failed) {
            throw new IllegalStateException("a holder tag could not be sealed", failed);
        } finally {
            forget();
        }
    }

    /**
     * {@return the day's name of whoever holds the pass} Empty if the tag was not sealed under this key for this day.
     *
     * @param tag as it stands in a pass, of any length
     * @param key that of the day
     * @param day in Asia/Seoul, on which the pass was issued
     */
    public Optional<Slice> open(Slice tag, TagKey key, LocalDate day) {
        if (tag.length() != BYTES) {
            return Optional.empty();
        }
        try {
            GCMParameterSpec parameters = new GCMParameterSpec(GCM_TAG_BITS, tag.array(), tag.offset(), NONCE_BYTES);
            cipher.init(Cipher.DECRYPT_MODE, keys(key).seal, parameters);
            cipher.updateAAD(associated(day));
            return Optional.of(Slice.of(cipher.doFinal(tag.array(), tag.offset() + NONCE_BYTES, BYTES - NONCE_BYTES)));
        } catch (AEADBadTagException notSealedSo) {
            return Optional.empty();
        } catch (GeneralSecurityException failed) {
            throw new IllegalStateException("a holder tag could not be opened", failed);
        } finally {
            forget();
        }
    }

    /** Overwrites what is left of the last tag. */
    private void forget() {
        Arrays.fill(nonce, (byte) 0);
        try {
            cipher.init(Cipher.DECRYPT_MODE, NO_KEY, NO_NONCE);
        } catch (GeneralSecurityException failed) {
            throw new IllegalStateException("a holder tag could not be forgotten", failed);
        }
    }

    private static byte[] associated(LocalDate day) {
        return ByteBuffer.allocate(Integer.BYTES).putInt((int) day.toEpochDay()).array();
    }

    private byte[] name(Holder holder, Keys keys) {
        return Arrays.copyOf(hmac(keys.name, holder.toByteArray()), NAME_BYTES);
    }

    private Keys keys(TagKey day) {
        if (last.isEmpty() || !last.get().day.equals(day)) {
            SecretKeySpec root = new SecretKeySpec(day.toByteArray(), HMAC);
            byte[] seal = Arrays.copyOf(hmac(root, "seal".getBytes(StandardCharsets.US_ASCII)), AES_KEY_BYTES);
            byte[] name = hmac(root, "name".getBytes(StandardCharsets.US_ASCII));
            last = Optional.of(new Keys(day, new SecretKeySpec(name, HMAC), new SecretKeySpec(seal, "AES")));
        }
        return last.get();
    }

    private byte[] hmac(SecretKeySpec key, byte[] message) {
        try {
            mac.init(key);
            return mac.doFinal(message);
        } catch (GeneralSecurityException failed) {
            throw new IllegalStateException("HMAC-SHA-256 failed", failed);
        }
    }
}
