package io.passgate.http.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.testing.api.RunningApi;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** {@link PlainRequest} reads what {@link VerifyRequest.Parser} reads, or leaves it to that. */
final class PlainRequestTest {
    private static final int MAX_PAYLOADS = 6;
    private static final int BODIES = 20_000;
    private static final int MUTANTS = 10;
    private static final String[] SPACES = {"", "", "", " ", "\n", "\t", "\r\n "};

    private final long seed = Long.getLong("passgate.seed", 20_211_213L);
    private final SplittableRandom random = new SplittableRandom(seed);
    private int plain;
    private int left;

    private static byte[] bytes(String body) {
        return body.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static Optional<VerifyRequest.Wanted> plain(String body) {
        return PlainRequest.parse(bytes(body), MAX_PAYLOADS);
    }

    /** What is read of it must be what the other reads; whether anything is, is for the caller to count. */
    private void compare(byte[] body) {
        Optional<VerifyRequest.Wanted> ours = PlainRequest.parse(body.clone(), MAX_PAYLOADS);
        if (ours.isPresent()) {
            plain++;
            assertThat(VerifyRequest.parseAny(body, MAX_PAYLOADS))
                    .as("seed %d: %s", seed, new String(body, StandardCharsets.ISO_8859_1))
                    .isEqualTo(ours.get());
        } else {
            left++;
        }
    }

    @Test
    void bodiesAndTheirMutants_areReadAsTheReferenceReadsThem() {
        for (int i = 0; i < BODIES; i++) {
            byte[] body = bytes(body());
            compare(body);
            for (int m = 0; m < MUTANTS; m++) {
                byte[] mutant = body.clone();
                mutant[random.nextInt(mutant.length)] = (byte) random.nextInt();
                compare(mutant);
            }
        }
        assertThat(plain).as("seed %d", seed).isGreaterThan(BODIES);
        assertThat(left).as("seed %d", seed).isGreaterThan(BODIES);
    }

    private String body() {
        String payloads = member("payloads", array());
        String policy = member("policy", text());
        return switch (random.nextInt(8)) {
            case 0 -> object(policy, payloads);
            case 1 -> object(payloads, policy);
            case 2 -> object(payloads, policy, random.nextBoolean() ? policy : payloads);
            case 3 -> object(policy);
            default -> object(payloads);
        };
    }

    private String array() {
        String[] texts = new String[random.nextInt(MAX_PAYLOADS + 2)];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = space() + text() + space();
        }
        return "[" + String.join(",", texts) + "]";
    }

    private String text() {
        StringBuilder text = new StringBuilder("\"");
        for (int length = random.nextInt(24); length > 0; length--) {
            text.append((char) ('#' + random.nextInt('[' - '#' + 1)));
        }
        return text.append('"').toString();
    }

    private String member(String name, String value) {
        return space() + '"' + name + '"' + space() + ":" + space() + value + space();
    }

    private String object(String... members) {
        return space() + "{" + String.join(",", members) + "}" + space();
    }

    private String space() {
        return SPACES[random.nextInt(SPACES.length)];
    }

    @Test
    void anyByteInAText_endsPlainnessExactlyWhereJsonNeedsIt() {
        for (int value = 0; value < 256; value++) {
            for (int at = 0; at < 20; at++) {
                byte[] body = bytes("{\"payloads\":[\"" + "A".repeat(20) + "\"]}");
                body[14 + at] = (byte) value;
                boolean isPlain = value >= ' ' && value < 0x80 && value != '"' && value != '\\';
                assertThat(PlainRequest.parse(body, MAX_PAYLOADS).isPresent())
                        .as("byte %d at %d", value, at)
                        .isEqualTo(isPlain);
                compare(body);
            }
        }
    }

    @Test
    void everyTruncation_isLeftToTheOther() {
        String body = "{\"payloads\":[\"HC1:6B\",\"\"],\"policy\":\"kr\"}";
        assertThat(plain(body)).isPresent();
        for (int length = 0; length < body.length(); length++) {
            assertThat(plain(body.substring(0, length))).as("%d bytes", length).isEmpty();
        }
        assertThat(plain(body + "}")).isEmpty();
        assertThat(plain(body + " \r\n")).isPresent();
    }

    @Test
    void aLimit_isLeftToTheOther() {
        assertThat(plain(RunningApi.payloads(MAX_PAYLOADS))).isPresent();
        assertThat(plain(RunningApi.payloads(MAX_PAYLOADS + 1))).isEmpty();
        String policy = "p".repeat(VerifyRequest.Parser.MAX_POLICY_CHARS);
        assertThat(plain("{\"policy\":\"" + policy + "\",\"payloads\":[\"x\"]}"))
                .isPresent();
        assertThat(plain("{\"policy\":\"" + policy + "p\",\"payloads\":[\"x\"]}"))
                .isEmpty();
    }
}
