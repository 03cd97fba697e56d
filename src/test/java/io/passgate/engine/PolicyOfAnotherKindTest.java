package io.passgate.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.crypto.CryptoProviders;
import io.passgate.crypto.JcaSignatureBatch;
import io.passgate.model.Claims;
import io.passgate.model.Event;
import io.passgate.model.PolicyResult;
import io.passgate.model.Reason;
import io.passgate.model.Vaccinated;
import io.passgate.model.Verdict;
import io.passgate.model.VerificationResult;
import io.passgate.policy.Policy;
import io.passgate.policy.PolicyCatalog;
import io.passgate.testing.CardSpec;
import io.passgate.testing.TestCards;
import io.passgate.testing.TestIssuer;
import io.passgate.testing.UsualFormats;
import io.passgate.trust.TrustSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A policy that is no list of rules: the engine judges by it as by any other, and only this class knows it. */
final class PolicyOfAnotherKindTest {
    private static final TestIssuer ISSUER = TestIssuer.ec256("XX");
    private static final LocalDate SECOND_DAY = LocalDate.of(2021, 8, 1);

    /** Accepts what a predicate says of the claims, for thirty days after the check. */
    private record ByPredicate(String name, LocalDate validFrom, Predicate<Claims> accepts) implements Policy {
        private static final Duration LASTS = Duration.ofDays(30);

        @Override
        public ZoneId zone() {
            return ZoneOffset.UTC;
        }

        @Override
        public PolicyResult judge(Claims claims, Instant at) {
            return accepts.test(claims)
                    ? new PolicyResult.Met("predicate", Optional.of(at.plus(LASTS)))
                    : new PolicyResult.NotMet(Reason.EVENT_KIND_NOT_ACCEPTED);
        }

        @Override
        public Optional<Vaccinated> vaccinated(Claims claims, Instant at) {
            List<Event.Vaccination> doses = claims.events().stream()
                    .filter(Event.Vaccination.class::isInstance)
                    .map(Event.Vaccination.class::cast)
                    .toList();
            return doses.isEmpty() ? Optional.empty() : Optional.of(new Vaccinated(true, false, doses));
        }
    }

    private static boolean isTested(Claims claims) {
        return claims.events().stream().allMatch(Event.Test.class::isInstance);
    }

    private static boolean isVaccinated(Claims claims) {
        return claims.events().stream().allMatch(Event.Vaccination.class::isInstance);
    }

    private final Engine engine = new Engine(
            new EngineLimits(1, 8, 8, 100, Duration.ofSeconds(60)),
            new PolicyCatalog(List.of(
                    new ByPredicate("lab", LocalDate.EPOCH, PolicyOfAnotherKindTest::isTested),
                    new ByPredicate("lab", SECOND_DAY, PolicyOfAnotherKindTest::isVaccinated))),
            () -> TrustContext.trusting(TrustSnapshot.given(TestIssuer.trusting(ISSUER))),
            EngineObserver.NONE,
            System::nanoTime,
            UsualFormats.ALL);

    @BeforeEach
    void start() {
        engine.start(capacity -> new JcaSignatureBatch(CryptoProviders.preferred(), capacity));
    }

    @AfterEach
    void close() throws InterruptedException {
        assertThat(engine.close(Duration.ofSeconds(20))).isTrue();
    }

    private VerificationResult verify(CardSpec card, VerificationOptions options) {
        CompletableFuture<Outcome> end = new CompletableFuture<>();
        assertThat(engine.submit(List.of(TestCards.payload(ISSUER.card(card))), options, OneJudge.NOON, end::complete))
                .isEqualTo(SubmitResult.QUEUED);
        return Engines.judged(end).results().getFirst();
    }

    private VerificationResult verify(CardSpec card, String policy) {
        return verify(card, new VerificationOptions(Optional.of(policy), Optional.empty()));
    }

    @Test
    void whatThePredicateAccepts_isAcceptedToThePolicysEnd() {
        VerificationResult result = verify(CardSpec.vaccination(), "lab");
        Instant until = OneJudge.NOON.plus(ByPredicate.LASTS);
        assertThat(result.verdict()).isEqualTo(new Verdict.Accepted(until.getEpochSecond()));
        assertThat(result.policyResult()).isEqualTo(new PolicyResult.Met("predicate", Optional.of(until)));
    }

    @Test
    void whatThePredicateDoesNotAccept_isRefusedWithItsReason() {
        VerificationResult result = verify(CardSpec.test(), "lab");
        assertThat(result.verdict()).isEqualTo(OneJudge.refused(Reason.EVENT_KIND_NOT_ACCEPTED));
        assertThat(result.policyResult()).isEqualTo(new PolicyResult.NotMet(Reason.EVENT_KIND_NOT_ACCEPTED));
    }

    @Test
    void anId_pinsItsVersion() {
        assertThat(verify(CardSpec.test(), "lab@1970-01-01").verdict()).isInstanceOf(Verdict.Accepted.class);
        assertThat(verify(CardSpec.vaccination(), "lab@1970-01-01").verdict())
                .isEqualTo(OneJudge.refused(Reason.EVENT_KIND_NOT_ACCEPTED));
    }

    @Test
    void howFarTheDosesBringTheirHolder_isSaidByItToo() {
        VerificationOptions shownBy = new VerificationOptions(Optional.empty(), Optional.of("lab"));
        assertThat(verify(CardSpec.vaccination(), shownBy).vaccinated())
                .hasValueSatisfying(said -> assertThat(said.complete()).isTrue())
                .hasValueSatisfying(said -> assertThat(said.waitOver()).isFalse());
        assertThat(verify(CardSpec.test(), shownBy).vaccinated()).isEmpty();
    }

    @Test
    void aNameThatNoPolicyHas_isUnknown() {
        assertThat(engine.submit(List.of(), Optional.of("bar"), OneJudge.NOON, outcome -> {}))
                .isEqualTo(SubmitResult.UNKNOWN_POLICY);
    }
}
