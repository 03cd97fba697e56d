package io.passgate.policy.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.codec.Bounds;
import io.passgate.codec.CborWriter;
import io.passgate.format.Decoded;
import io.passgate.format.hcert.DccClaims;
import io.passgate.model.Algorithm;
import io.passgate.model.Claims;
import io.passgate.model.Event;
import io.passgate.model.PolicyResult;
import io.passgate.model.Reason;
import io.passgate.policy.Samples;
import io.passgate.policy.rule.RulePolicy;
import io.passgate.testing.CardSpec;
import io.passgate.testing.ReadPass;
import io.passgate.testing.TestCards;
import io.passgate.testing.TestIssuer;
import io.passgate.testing.TestProvider;
import io.passgate.testing.UsualFormats;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** As many events as a policy allows get through the decoder, with every field the schema knows in each. */
final class EventBoundsTest {
    private static final TestIssuer ISSUER = TestIssuer.shared(Algorithm.ES256);
    private static final RulePolicy KOREA = ShippedPolicies.pinned("kr@2022-01-03");
    private static final Instant NOON = Instant.parse("2022-03-10T12:00:00Z");
    private static final String LONGEST = "x".repeat(80);

    /** Text of 80 characters that do not compress to nothing. */
    private static String identifier(int number) {
        StringBuilder text = new StringBuilder("URN:UVCI:01:XX:");
        long state = number + 1L;
        while (text.length() < LONGEST.length()) {
            state = state * 6_364_136_223_846_793_005L + 1_442_695_040_888_963_407L;
            text.append(Character.forDigit((int) (state >>> 60), 16));
        }
        return text.toString();
    }

    private static CborWriter field(CborWriter writer, String key, String value) {
        return writer.text(key).text(value);
    }

    /** An event with the fields of its kind in schema 1.3.0, the dates of it tagged. */
    private static byte[] event(String kind, int number) {
        CborWriter writer = new CborWriter().map(kind.equals("r") ? 7 : 10);
        field(writer, "tg", Samples.COVID_19);
        field(writer, "co", "XX");
        field(writer, "is", LONGEST);
        field(writer, "ci", identifier(number));
        switch (kind) {
            case "v" -> {
                field(writer, "vp", "1119349007");
                field(writer, "mp", Samples.COMIRNATY);
                field(writer, "ma", "ORG-100030215");
                writer.text("dn").integer(2).text("sd").integer(2);
                writer.text("dt").tag(1004).text("2022-01-10");
            }
            case "t" -> {
                field(writer, "tt", Samples.NAAT);
                field(writer, "nm", LONGEST);
                field(writer, "ma", "1232");
                writer.text("sc").tag(1).integer(NOON.minusSeconds(3_600).getEpochSecond());
                field(writer, "tr", Samples.NOT_DETECTED);
                field(writer, "tc", LONGEST);
            }
            default -> {
                writer.text("fr").tag(1004).text("2022-01-10");
                writer.text("df").tag(1004).text("2022-01-21");
                writer.text("du").tag(1004).text("2022-06-30");
            }
        }
        return writer.toByteArray();
    }

    private static String card(String kind, int count) {
        CborWriter list = new CborWriter().array(count);
        for (int i = 0; i < count; i++) {
            list.encoded(event(kind, i));
        }
        return ISSUER.card(CardSpec.vaccination()
                .events(kind, list.toByteArray())
                .issuedAt(NOON.minusSeconds(3_600))
                .expiresAt(NOON.plusSeconds(86_400)));
    }

    private static Decoded decode(String card) {
        return UsualFormats.decoder().decode(TestCards.payload(card));
    }

    private static Claims claims(String card) {
        return switch (decode(card)) {
            case Decoded.Well(var credential) ->
                new DccClaims().read(credential.claims()).orElseThrow();
            case Decoded.Malformed(var reason, var format) -> throw new AssertionError("refused: " + reason);
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"v", "t", "r"})
    void asManyEventsAsAnyPolicyAllows_areReadAndJudged(String kind) {
        for (RulePolicy policy : ShippedPolicies.all()) {
            assertThat(policy.maxEvents()).isLessThanOrEqualTo(Bounds.MAX_EVENTS);
            for (int count = 1; count <= policy.maxEvents(); count++) {
                Claims claims = claims(card(kind, count));
                assertThat(claims.events()).hasSize(count);
                assertThat(policy.judge(claims, NOON))
                        .as("%d of %s", count, kind)
                        .isInstanceOf(PolicyResult.Met.class);
            }
        }
        assertThat(claims(card(kind, Bounds.MAX_EVENTS)).events()).hasSize(Bounds.MAX_EVENTS);
        assertThat(decode(card(kind, Bounds.MAX_EVENTS + 1)))
                .isInstanceOfSatisfying(
                        Decoded.Malformed.class,
                        malformed -> assertThat(malformed.reason()).isEqualTo(Reason.CBOR_TOO_COMPLEX));
    }

    /** What a provider's pass can carry is no more than Korea's rules take. */
    @Test
    void aPassFullOfEvents_isJudged() {
        TestProvider provider = TestProvider.named("z");
        List<Event> events = new ArrayList<>();
        for (int dose = 1; dose <= 23; dose++) {
            events.add(Samples.dose(
                    dose, 2, LocalDate.parse("2021-01-01").plusDays(dose).toString()));
        }
        events.add(Samples.test(Samples.NAAT, "2022-03-10T11:00:00Z", Samples.NOT_DETECTED));
        events.add(Samples.released("2022-01-01", "2022-01-11"));
        events.add(Samples.exemption("2022-12-31"));
        Claims claims = ReadPass.claims(provider.pass(provider.says(NOON, events, Optional.empty())));
        assertThat(claims.events()).hasSizeBetween(8, KOREA.maxEvents());
        assertThat(KOREA.judge(claims, NOON)).isInstanceOf(PolicyResult.Met.class);
    }
}
