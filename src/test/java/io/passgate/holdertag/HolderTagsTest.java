package io.passgate.holdertag;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.crypto.CryptoProviders;
import io.passgate.model.Slice;
import io.passgate.registry.Holder;
import io.passgate.registry.Pepper;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class HolderTagsTest {
    private static final Pepper PEPPER = new Pepper(new byte[32]);
    private static final Holder HOLDER = PEPPER.holder("one");
    private static final LocalDate DAY = LocalDate.of(2021, 7, 12);
    private static final TagKey KEY = key(1);

    private static TagKey key(int fill) {
        byte[] secret = new byte[TagKey.BYTES];
        Arrays.fill(secret, (byte) fill);
        return new TagKey(secret);
    }

    private static Provider[] providers() {
        return new Provider[] {CryptoProviders.preferred(), CryptoProviders.fallback()};
    }

    private static HolderTags tags(Provider provider) {
        return new HolderTags(provider, new SecureRandom());
    }

    @ParameterizedTest
    @MethodSource("providers")
    void aTag_opensToTheSameName_forOneHolderAndDay(Provider provider) {
        HolderTags tags = tags(provider);
        Slice first = Slice.of(tags.seal(HOLDER, KEY, DAY));
        Slice second = Slice.of(tags.seal(HOLDER, KEY, DAY));
        Slice other = Slice.of(tags.seal(PEPPER.holder("other"), KEY, DAY));
        assertThat(first.length()).isEqualTo(HolderTags.BYTES);
        assertThat(first).isNotEqualTo(second);
        assertThat(tags.open(first, KEY, DAY)).isPresent().isEqualTo(tags.open(second, KEY, DAY));
        assertThat(tags.open(other, KEY, DAY)).isPresent().isNotEqualTo(tags.open(first, KEY, DAY));
    }

    @ParameterizedTest
    @MethodSource("providers")
    void aTag_opensByItsOwnDayAndKeyOnly_andNotAfterAnyChange(Provider provider) {
        HolderTags tags = tags(provider);
        byte[] tag = tags.seal(HOLDER, KEY, DAY);
        assertThat(tags.open(Slice.of(tag), KEY, DAY.plusDays(1))).isEmpty();
        assertThat(tags.open(Slice.of(tag), key(2), DAY)).isEmpty();
        assertThat(tags.open(Slice.of(Arrays.copyOf(tag, tag.length - 1)), KEY, DAY))
                .isEmpty();
        for (int i = 0; i < tag.length * Byte.SIZE; i++) {
            byte[] changed = tag.clone();
            changed[i / Byte.SIZE] ^= (byte) (1 << i % Byte.SIZE);
            assertThat(tags.open(Slice.of(changed), KEY, DAY)).as("bit %d", i).isEmpty();
        }
        assertThat(tags.open(Slice.of(tag), KEY, DAY)).isPresent();
    }

    @ParameterizedTest
    @MethodSource("providers")
    void aTagOfNobody_looksLikeAnyOther_andOpensToNobody(Provider provider) {
        HolderTags tags = tags(provider);
        Set<Slice> seen = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            Slice tag = Slice.of(tags.ofNobody(DAY));
            assertThat(tag.length()).isEqualTo(HolderTags.BYTES);
            assertThat(tags.open(tag, KEY, DAY)).isEmpty();
            assertThat(seen.add(tag)).isTrue();
        }
    }

    /** The construction again, from its description. */
    @ParameterizedTest
    @MethodSource("providers")
    void theNameInside_isTheHmacOfTheHolder(Provider provider) throws GeneralSecurityException {
        byte[] tag = tags(provider).seal(HOLDER, KEY, DAY);
        byte[] k1 = hmac(KEY.toByteArray(), "name".getBytes(StandardCharsets.US_ASCII));
        byte[] k2 = Arrays.copyOf(hmac(KEY.toByteArray(), "seal".getBytes(StandardCharsets.US_ASCII)), 16);
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                Cipher.DECRYPT_MODE, new SecretKeySpec(k2, "AES"), new GCMParameterSpec(128, Arrays.copyOf(tag, 12)));
        cipher.updateAAD(ByteBuffer.allocate(4).putInt((int) DAY.toEpochDay()).array());
        byte[] name = cipher.doFinal(tag, 12, 32);
        assertThat(name).isEqualTo(Arrays.copyOf(hmac(k1, HOLDER.toByteArray()), 16));
        assertThat(tags(provider).open(Slice.of(tag), KEY, DAY)).isEqualTo(Optional.of(Slice.of(name)));
    }

    private static byte[] hmac(byte[] key, byte[] message) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(message);
    }
}
