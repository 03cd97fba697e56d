package io.passgate.engine;

import static io.passgate.engine.OneJudge.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.codec.CborWriter;
import io.passgate.model.Reason;
import io.passgate.model.Verdict;
import io.passgate.revocation.RevocationList;
import io.passgate.revocation.RevocationSnapshot;
import io.passgate.testing.CardSpec;
import io.passgate.testing.TestCards;
import io.passgate.testing.TestIssuer;
import io.passgate.testing.UsualFormats;
import io.passgate.trust.TrustSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long before its issue a certificate is accepted, to the nanosecond, and that its end has no tolerance. */
final class VerificationPipelineEarlyTest {
    private static final TestIssuer ISSUER = TestIssuer.ec256("XX");

    private static Verdict verdict(Duration tolerance, Instant at, String card) {
        Batch batch = new Batch(2);
        batch.add(TestCards.payload(card), at, Optional.empty());
        batch.add(TestCards.payload(ISSUER.card(CardSpec.vaccination())), CardSpec.ISSUED_AT, Optional.empty());
        new VerificationPipeline(2, OneJudge.jca(2), EngineObserver.NONE, UsualFormats.with(tolerance))
                .judge(
                        batch,
                        new TrustContext(
                                TrustSnapshot.given(TestIssuer.trusting(ISSUER)),
                                RevocationSnapshot.given(RevocationList.empty())));
        assertThat(batch.checked(1).verdict()).as("another card of its batch").isInstanceOf(Verdict.Accepted.class);
        return batch.checked(0).verdict();
    }

    private static String card(double issuedAt, double notBefore, double expiresAt) {
        return ISSUER.card(
                ISSUER.kid(),
                new CborWriter()
                        .map(4)
                        .integer(4)
                        .number(expiresAt)
                        .integer(5)
                        .number(notBefore)
                        .integer(6)
                        .number(issuedAt)
                        .integer(-260)
                        .map(1)
                        .integer(1)
                        .encoded(CardSpec.vaccination().certificate())
                        .toByteArray());
    }

    @ParameterizedTest(name = "{0}, iat {1} s")
    @CsvSource({"PT5S, 0", "PT5S, 0.5", "PT0S, 0", "PT0S, 0.25", "PT0.25S, 0.75", "PT1M, 0"})
    void theTolerance_isTakenToTheNanosecond(Duration tolerance, double fraction) {
        long start = CardSpec.ISSUED_AT.getEpochSecond();
        String card = card(start + fraction, 0.0, start + 100.0);
        Instant issued = Instant.ofEpochSecond(start, (long) (fraction * 1_000_000_000));
        Instant earliest = issued.minus(tolerance);
        assertThat(verdict(tolerance, issued, card)).isInstanceOf(Verdict.Accepted.class);
        assertThat(verdict(tolerance, earliest, card)).isInstanceOf(Verdict.Accepted.class);
        assertThat(verdict(tolerance, earliest.minusNanos(1), card)).isEqualTo(refused(Reason.NOT_YET_VALID));
        Instant end = Instant.ofEpochSecond(start + 100);
        assertThat(verdict(tolerance, end, card)).isInstanceOf(Verdict.Accepted.class);
        assertThat(verdict(tolerance, end.plusNanos(1), card)).isEqualTo(refused(Reason.EXPIRED));
    }

    @Test
    void aLaterNbf_hasTheSameTolerance() {
        long start = CardSpec.ISSUED_AT.getEpochSecond();
        String card = card((double) start, start + 10.0, start + 100.0);
        Duration five = Duration.ofSeconds(5);
        Instant earliest = Instant.ofEpochSecond(start + 5);
        assertThat(verdict(five, earliest, card)).isInstanceOf(Verdict.Accepted.class);
        assertThat(verdict(five, earliest.minusNanos(1), card)).isEqualTo(refused(Reason.NOT_YET_VALID));
    }

    @Test
    void timesBeyondAllCalendars_areJudged() {
        Duration five = Duration.ofSeconds(5);
        Instant now = CardSpec.ISSUED_AT;
        assertThat(verdict(five, now, card(-1e300, -1e300, 1e300))).isInstanceOf(Verdict.Accepted.class);
        assertThat(verdict(five, now, card(1e300, 0, 1e300))).isEqualTo(refused(Reason.NOT_YET_VALID));
        assertThat(verdict(five, now, card(0, 1e300, 1e300))).isEqualTo(refused(Reason.NOT_YET_VALID));
        assertThat(verdict(five, now, card(-1e300, -1e300, -1e300))).isEqualTo(refused(Reason.EXPIRED));
    }

    @Test
    void aCardThatEndsBeforeItBegins_isNeverAccepted() {
        long start = CardSpec.ISSUED_AT.getEpochSecond();
        String card = card(start + 20.0, 0, (double) start);
        Duration five = Duration.ofSeconds(5);
        assertThat(verdict(five, Instant.ofEpochSecond(start), card)).isEqualTo(refused(Reason.NOT_YET_VALID));
        assertThat(verdict(five, Instant.ofEpochSecond(start + 15), card)).isEqualTo(refused(Reason.EXPIRED));
    }

    @Test
    void anEndBeforeTheIssue_isNoWindowEvenWithinTheTolerance() {
        long start = CardSpec.ISSUED_AT.getEpochSecond();
        String card = card(start + 3.0, 0, (double) start);
        assertThat(verdict(Duration.ofSeconds(5), Instant.ofEpochSecond(start), card))
                .isEqualTo(refused(Reason.EXPIRED));
    }
}
