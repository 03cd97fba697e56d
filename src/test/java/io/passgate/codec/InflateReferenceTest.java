package io.passgate.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.model.Reason;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;

/** {@link BoundedInflater} decides and inflates as {@link Inflater} does, wherever no bound of ours comes first. */
final class InflateReferenceTest {
    private static final int[] STRATEGIES = {Deflater.DEFAULT_STRATEGY, Deflater.FILTERED, Deflater.HUFFMAN_ONLY};
    private static final int STREAMS = 2_000;
    private static final int MUTANTS = 25;

    private final SplittableRandom random;
    private final long seed;
    private final BoundedInflater ours = new BoundedInflater();
    private int inflated;
    private int refused;

    InflateReferenceTest() {
        this.seed = Long.getLong("passgate.seed", 20_211_213L);
        this.random = new SplittableRandom(seed);
    }

    @Test
    void streamsAndTheirMutants_endAsTheReferenceSays() {
        for (int i = 0; i < STREAMS; i++) {
            byte[] stream = deflate(content());
            compare(stream);
            for (int m = 0; m < MUTANTS; m++) {
                compare(mutate(stream));
            }
        }
        assertThat(inflated).as("seed %d", seed).isGreaterThan(STREAMS / 2);
        assertThat(refused).as("seed %d", seed).isGreaterThan(STREAMS);
    }

    /** Frequencies of Fibonacci's make the deepest tree there is: with 18 of them codes of 15 bits, the longest. */
    @Test
    void theLongestCodes_areReadAsTheReferenceReadsThem() {
        for (int symbols = 2; symbols <= 18; symbols++) {
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            for (int symbol = 0, count = 1, next = 1; symbol < symbols; symbol++) {
                for (int i = 0; i < count; i++) {
                    content.write('a' + symbol);
                }
                int sum = count + next;
                count = next;
                next = sum;
            }
            Deflater deflater = new Deflater();
            deflater.setStrategy(Deflater.HUFFMAN_ONLY);
            deflater.setInput(content.toByteArray());
            deflater.finish();
            byte[] stream = new byte[1 << 14];
            int length = 0;
            while (!deflater.finished()) {
                length += deflater.deflate(stream, length, stream.length - length);
            }
            deflater.end();
            compare(Arrays.copyOf(stream, length));
        }
        assertThat(refused).isZero();
    }

    @Test
    void randomCodes_endAsTheReferenceSays() {
        byte[] stream = new byte[400];
        for (int i = 0; i < 20 * STREAMS; i++) {
            random.nextBytes(stream);
            stream[0] = 0x78;
            stream[1] = (byte) 0x9c;
            stream[2] = (byte) (stream[2] & 0xf8 | 5);
            compare(Arrays.copyOf(stream, 3 + random.nextInt(stream.length - 3)));
        }
        assertThat(refused).isPositive();
    }

    private void compare(byte[] stream) {
        Optional<byte[]> expected = reference(stream);
        try {
            int length = ours.inflate(stream, stream.length);
            assertThat(expected).as("seed %d: inflates", seed).isPresent();
            assertThat(Arrays.copyOf(ours.bytes(), length)).as("seed %d", seed).isEqualTo(expected.orElseThrow());
            inflated++;
        } catch (MalformedException malformed) {
            refused++;
            switch (malformed.reason()) {
                case INFLATED_TOO_LONG ->
                    assertThat(expected.map(bytes -> bytes.length).orElse(Integer.MAX_VALUE))
                            .as("seed %d", seed)
                            .isGreaterThan(Bounds.MAX_INFLATED_BYTES);
                case ZLIB_TOO_COMPLEX -> {
                    // The reference knows no bound on blocks.
                }
                default -> {
                    assertThat(malformed.reason()).isEqualTo(Reason.ZLIB_INVALID);
                    assertThat(expected).as("seed %d: is refused", seed).isEmpty();
                }
            }
        }
    }

    /** What the JDK makes of one whole stream; empty if it refuses it or bytes are left. */
    private static Optional<byte[]> reference(byte[] stream) {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(stream);
            byte[] out = new byte[1 << 18];
            int written = 0;
            while (!inflater.finished()) {
                int more = inflater.inflate(out, written, out.length - written);
                if (more == 0 && !inflater.finished()) {
                    return Optional.empty();
                }
                written += more;
            }
            return inflater.getRemaining() == 0 ? Optional.of(Arrays.copyOf(out, written)) : Optional.empty();
        } catch (DataFormatException refusal) {
            return Optional.empty();
        } finally {
            inflater.end();
        }
    }

    /** Noise, text of few letters, runs, or all of them in turn. */
    private byte[] content() {
        byte[] bytes = new byte[random.nextInt(random.nextInt(20) == 0 ? 20_000 : 900)];
        int kind = random.nextInt(4);
        for (int i = 0; i < bytes.length; i++) {
            boolean repeat = i > 40 && random.nextInt(12) == 0;
            int from = repeat ? random.nextInt(i) : 0;
            if (kind == 0) {
                bytes[i] = (byte) random.nextInt();
            } else if (repeat && kind != 1) {
                int length = Math.min(bytes.length - i, 3 + random.nextInt(kind == 2 ? 20 : 300));
                for (int n = 0; n < length; n++) {
                    bytes[i + n] = bytes[from + n];
                }
                i += length - 1;
            } else {
                bytes[i] = (byte) ('a' + random.nextInt(1 + random.nextInt(26)));
            }
        }
        return bytes;
    }

    private byte[] deflate(byte[] content) {
        Deflater deflater = new Deflater(random.nextInt(10));
        try {
            deflater.setStrategy(STRATEGIES[random.nextInt(STRATEGIES.length)]);
            byte[] out = new byte[content.length * 2 + 1_000];
            int written = 0;
            int split = random.nextInt(3) == 0 ? random.nextInt(content.length + 1) : 0;
            if (split > 0) {
                deflater.setInput(content, 0, split);
                written = deflater.deflate(out, 0, out.length, Deflater.FULL_FLUSH);
            }
            deflater.setInput(content, split, content.length - split);
            deflater.finish();
            while (!deflater.finished()) {
                written += deflater.deflate(out, written, out.length - written);
            }
            return Arrays.copyOf(out, written);
        } finally {
            deflater.end();
        }
    }

    private byte[] mutate(byte[] stream) {
        byte[] mutant = stream.clone();
        switch (random.nextInt(4)) {
            case 0 -> mutant[random.nextInt(mutant.length)] ^= (byte) (1 << random.nextInt(8));
            case 1 -> mutant[random.nextInt(Math.min(mutant.length, 60))] = (byte) random.nextInt();
            case 2 -> mutant = Arrays.copyOf(mutant, random.nextInt(mutant.length + 3));
            default -> {
                int at = random.nextInt(mutant.length);
                mutant[at] = (byte) random.nextInt();
                mutant[(at + 1) % mutant.length] = (byte) random.nextInt();
            }
        }
        return mutant;
    }
}
