package io.passgate.format.entrypass;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.format.hcert.HandMade;
import io.passgate.model.Age.AgeBand;
import io.passgate.model.Event;
import io.passgate.model.Slice;
import io.passgate.testing.TestProvider;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/**
 * Two passes of one holder have nothing in common but what they say and what all passes of their provider have: no run
 * of four bytes. Ids, nonces and signatures are drawn from seeds, so that the test comes out alike each time.
 */
final class EntryPassLinkabilityTest {
    private static final int PAIRS = 1_000;
    private static final int RUN = 4;
    private static final Optional<AgeBand> AGE = Optional.of(AgeBand.ADULT);

    private final Random random = new Random(2021);
    private final SecretKeySpec key = new SecretKeySpec(new byte[16], "AES");

    /** The holder's pseudonym as a provider hides it: another nonce each time. */
    private byte[] tag(byte[] pseudonym) {
        byte[] nonce = new byte[12];
        random.nextBytes(nonce);
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(128, nonce));
            return HandMade.join(nonce, cipher.doFinal(pseudonym));
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private byte[] message(byte[] pseudonym, Instant issuedAt, List<Event> events) {
        byte[] id = new byte[16];
        random.nextBytes(id);
        EntryPass pass = new EntryPass("kakao", Slice.of(id), issuedAt, Slice.of(tag(pseudonym)), events, AGE);
        return TestProvider.message(PassSamples.encode(pass));
    }

    /** The stretches of a message that are neither heads, nor the provider's, nor what the pass says of its holder. */
    private static List<byte[]> variable(byte[] message) {
        int claims = 19;
        int id = claims + 3 + 5 + 14;
        int tag = id + 16 + 5 + 4;
        int signature = message.length - 64;
        int second = claims + 3 + 5 + 2;
        return List.of(
                Arrays.copyOfRange(message, second, second + 4),
                Arrays.copyOfRange(message, second + 6, second + 10),
                Arrays.copyOfRange(message, id, id + 16),
                Arrays.copyOfRange(message, tag, tag + 44),
                Arrays.copyOfRange(message, signature, message.length));
    }

    private static Set<ByteBuffer> runs(List<byte[]> stretches) {
        Set<ByteBuffer> runs = new HashSet<>();
        for (byte[] stretch : stretches) {
            for (int at = 0; at + RUN <= stretch.length; at++) {
                runs.add(ByteBuffer.wrap(Arrays.copyOfRange(stretch, at, at + RUN)));
            }
        }
        return runs;
    }

    @Test
    void theStretches_areAllThatDiffersBetweenTwoPasses() {
        byte[] pseudonym = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
        byte[] one = message(pseudonym, PassSamples.NOON, PassSamples.everything());
        byte[] other = message(pseudonym, PassSamples.NOON.plusSeconds(1 << 24), PassSamples.everything());
        for (byte[] stretch : variable(one)) {
            erase(one, stretch);
        }
        for (byte[] stretch : variable(other)) {
            erase(other, stretch);
        }
        assertThat(one).isEqualTo(other);
    }

    private static void erase(byte[] message, byte[] stretch) {
        for (int at = 0; at + stretch.length <= message.length; at++) {
            if (Arrays.equals(message, at, at + stretch.length, stretch, 0, stretch.length)) {
                Arrays.fill(message, at, at + stretch.length, (byte) 0);
                return;
            }
        }
        throw new AssertionError("no such stretch");
    }

    @Test
    void twoPassesOfOneHolder_shareNoRunOfFourBytes() {
        for (int pair = 0; pair < PAIRS; pair++) {
            byte[] pseudonym = new byte[16];
            random.nextBytes(pseudonym);
            Instant first = PassSamples.NOON.plusSeconds(random.nextInt(86_400));
            Instant second = first.plusSeconds(16 + random.nextInt(86_400));
            List<Event> events = pair % 2 == 0 ? PassSamples.everything() : List.of();
            Set<ByteBuffer> shared = runs(variable(message(pseudonym, first, events)));
            shared.retainAll(runs(variable(message(pseudonym, second, events))));
            assertThat(shared).as("pair %d", pair).isEmpty();
        }
    }

    /** The guard itself: a nonce used twice for one holder would be found. */
    @Test
    void aTagUsedTwice_isFound() {
        byte[] tag = tag(new byte[16]);
        List<byte[]> messages = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            byte[] id = new byte[16];
            random.nextBytes(id);
            Instant at = PassSamples.NOON.plusSeconds(60L * i);
            messages.add(TestProvider.message(
                    PassSamples.encode(new EntryPass("kakao", Slice.of(id), at, Slice.of(tag), List.of(), AGE))));
        }
        Set<ByteBuffer> shared = runs(variable(messages.getFirst()));
        shared.retainAll(runs(variable(messages.getLast())));
        assertThat(shared).hasSize(44 - RUN + 1);
    }
}
