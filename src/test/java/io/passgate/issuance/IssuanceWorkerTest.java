package io.passgate.issuance;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.crypto.CryptoProviders;
import io.passgate.crypto.P256Verifier;
import io.passgate.crypto.signing.KeyPurpose;
import io.passgate.crypto.signing.SigningKey;
import io.passgate.crypto.signing.SigningKeys;
import io.passgate.dpop.DeviceKey;
import io.passgate.dpop.DeviceProofs;
import io.passgate.dpop.ProofId;
import io.passgate.dpop.ProofMaker;
import io.passgate.dpop.ProofProblem;
import io.passgate.dpop.ReplayCache;
import io.passgate.format.hcert.Subject;
import io.passgate.holdertag.HolderTags;
import io.passgate.holdertag.TagKey;
import io.passgate.issuance.IssuanceResult.Denial;
import io.passgate.issuance.IssuanceResult.RememberedBy;
import io.passgate.issuance.wallet.Uncertifiable;
import io.passgate.issuance.wallet.WalletIssuer;
import io.passgate.model.Age;
import io.passgate.model.Age.AgeBand;
import io.passgate.model.Claims;
import io.passgate.model.OpaqueId;
import io.passgate.model.Unavailable;
import io.passgate.registry.HealthRecord;
import io.passgate.registry.Holder;
import io.passgate.registry.Pepper;
import io.passgate.testing.ManualTime;
import io.passgate.testing.ReadPass;
import java.security.Provider;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an application comes to, by consents and records in memory. */
final class IssuanceWorkerTest {
    private static final Provider PROVIDER = CryptoProviders.preferred();
    private static final Instant NOON = Instant.parse("2021-07-12T03:00:00.7Z");
    private static final ProviderTerms KAKAO = new ProviderTerms("kakao", false, "https://kakao.example/entry");
    private static final ProviderTerms PASS = new ProviderTerms("pass", true, "https://pass.example/entry");
    private static final ProviderTerms KEYLESS = new ProviderTerms("keyless", false, "https://keyless.example/entry");
    private static final Holder HOLDER = new Pepper(new byte[32]).holder("one");
    private static final Set<ConsentScope> ALL = EnumSet.allOf(ConsentScope.class);
    private static final RequestKind.Pass PASS_KIND = new RequestKind.Pass(Optional.empty());
    private static final HealthRecord DOSE =
            new HealthRecord.Immunization("EU/1/20/1528", 1, 2, LocalDate.of(2021, 6, 1), "KR");
    private static final Subject SUBJECT =
            new Subject("HONG", "GILDONG", Optional.of("홍"), Optional.of("길동"), "1985-05-17");
    private static final SigningKeys KEYS = SigningKeys.of(List.of(
            key(new KeyPurpose.Passes("kakao")),
            key(new KeyPurpose.Passes("pass")),
            key(new KeyPurpose.Certificates())));

    private final ManualTime time = new ManualTime(NOON);
    private final ProofMaker phone = ProofMaker.fresh();
    private final OpaqueId consent = OpaqueId.random(new Random(1));
    private final Map<OpaqueId, ConsentState> standings = new HashMap<>();
    private final Set<ProofId> used = new HashSet<>();
    private boolean isLost;
    private Duration untilUsed = Duration.ZERO;
    private boolean isShared = true;
    private Optional<String> impossible = Optional.empty();
    private IssuanceWorker issuanceWorker;

    private static SigningKey key(KeyPurpose purpose) {
        return SigningKey.make(
                PROVIDER,
                new SecureRandom(),
                purpose,
                "Passgate Test",
                NOON.minusSeconds(60),
                NOON.plusSeconds(86_400));
    }

    @BeforeEach
    void hire() {
        SecureRandom random = new SecureRandom();
        byte[] secret = new byte[TagKey.BYTES];
        issuanceWorker = new IssuanceWorker(
                this::find,
                new DeviceProofs(new P256Verifier(PROVIDER)),
                this::use,
                new PassMaker(() -> KEYS, day -> new TagKey(secret), new HolderTags(PROVIDER, random), random),
                new CertificateMaker(
                        () -> KEYS, new WalletIssuer("KR", "A ministry", Duration.ofDays(180)), time, random),
                new IssuanceWorker.Surroundings(time, () -> impossible, time, IssuingObserver.NONE));
        standing(KAKAO, ALL, Optional.of(phone.key()), DOSE);
    }

    private Map<OpaqueId, ConsentState> find(Collection<OpaqueId> ids) {
        if (isLost) {
            throw new Unavailable("the records are out of reach");
        }
        Map<OpaqueId, ConsentState> found = new HashMap<>(standings);
        found.keySet().retainAll(ids);
        return found;
    }

    private ReplayCache.Used use(List<ProofId> ids) {
        time.advance(untilUsed);
        BitSet first = new BitSet();
        for (int i = 0; i < ids.size(); i++) {
            first.set(i, used.add(ids.get(i)));
        }
        return new ReplayCache.Used(first, isShared);
    }

    private void standing(
            ProviderTerms provider, Set<ConsentScope> scope, Optional<DeviceKey> device, HealthRecord... entries) {
        List<ConsentState.Recorded> recorded = Arrays.stream(entries)
                .map(healthRecord ->
                        new ConsentState.Recorded(Arrays.asList(entries).indexOf(healthRecord), 1, healthRecord))
                .toList();
        standings.put(consent, new ConsentState(provider.name(), HOLDER, scope, device, recorded));
    }

    private String proof(ProviderTerms provider) {
        return phone.proof(
                provider.htu(),
                consent.text(),
                time.instant(),
                UUID.randomUUID().toString());
    }

    private <R> IssuanceRequest<R> application(ProviderTerms provider, RequestKind<R> kind, String... proofs) {
        return new IssuanceRequest<>(provider, Optional.of(consent), List.of(proofs), kind, time.instant());
    }

    private <R> IssuanceResult<R> decide(IssuanceRequest<R> issuanceRequest) {
        return decide(List.of(issuanceRequest)).getFirst();
    }

    private <R> List<IssuanceResult<R>> decide(List<IssuanceRequest<R>> requests) {
        List<QueuedRequest<R>> batch = requests.stream()
                .map(request -> new QueuedRequest<>(request, 0, result -> {}))
                .toList();
        issuanceWorker.settle(batch);
        return batch.stream().map(QueuedRequest::result).toList();
    }

    private IssuanceResult.Passed pass(ProviderTerms provider, String... proofs) {
        return passed(decide(application(provider, PASS_KIND, proofs)));
    }

    private static IssuanceResult.Passed passed(IssuanceResult<?> issuanceResult) {
        if (issuanceResult instanceof IssuanceResult.Passed passed) {
            return passed;
        }
        throw new AssertionError("not passed: " + issuanceResult);
    }

    private static IssuanceResult<?> notProven(ProofProblem problem) {
        return new IssuanceResult.Denied<>(new Denial.NotProven(problem));
    }

    private static Claims claims(IssuanceResult.Passed pass) {
        return ReadPass.claims(pass.payload());
    }

    @Test
    void aPass_showsWhatTheConsentCovers_andNothingElse() {
        HealthRecord recovery = new HealthRecord.Recovery(LocalDate.of(2021, 3, 1), LocalDate.of(2021, 3, 11), "KR");
        standing(
                KAKAO,
                Set.of(ConsentScope.VACCINATION),
                Optional.empty(),
                DOSE,
                recovery,
                new HealthRecord.BirthYear(1985));
        IssuanceResult.Passed pass = pass(KAKAO);
        assertThat(claims(pass)).isEqualTo(new Claims(List.of(DOSE.event().orElseThrow()), new Age.Unknown()));
        assertThat(pass.shown()).containsExactly(ConsentScope.VACCINATION);
        assertThat(pass.proof()).isEqualTo(RememberedBy.NOBODY);
        assertThat(pass.issuedAt()).isEqualTo(Instant.parse("2021-07-12T03:00:00Z"));
        assertThat(pass.expiresAt()).isEqualTo(Instant.parse("2021-07-12T03:00:15Z"));
        standing(KAKAO, Set.of(), Optional.empty());
        assertThat(claims(pass(KAKAO)).events()).isEmpty();
        assertThat(pass(KAKAO).shown()).isEmpty();
    }

    @Test
    void aPassWithoutAConsent_showsNothing_unlessTheProviderRequiresAProof() {
        IssuanceRequest<IssuanceResult.Passed> none =
                new IssuanceRequest<>(KAKAO, Optional.empty(), List.of(), PASS_KIND, NOON);
        assertThat(claims(passed(decide(none))).events()).isEmpty();
        isLost = true;
        assertThat(claims(passed(decide(none))).events())
                .as("nothing is looked up")
                .isEmpty();
        IssuanceRequest<IssuanceResult.Passed> required =
                new IssuanceRequest<>(PASS, Optional.empty(), List.of(), PASS_KIND, NOON);
        assertThat(decide(required)).isEqualTo(notProven(ProofProblem.PROOF_MISSING));
        IssuanceRequest<IssuanceResult.Passed> proven =
                new IssuanceRequest<>(PASS, Optional.empty(), List.of(proof(PASS)), PASS_KIND, NOON);
        assertThat(decide(proven)).isEqualTo(notProven(ProofProblem.DEVICE_UNKNOWN));
    }

    @Test
    void aProofThatComes_isChecked_thoughTheProviderDoesNotRequireIt() {
        assertThat(pass(KAKAO, proof(KAKAO)).proof()).isEqualTo(RememberedBy.ALL);
        isShared = false;
        assertThat(pass(KAKAO, proof(KAKAO)).proof()).isEqualTo(RememberedBy.THIS_GATEWAY);
        assertThat(decide(application(KAKAO, PASS_KIND, "nonsense"))).isEqualTo(notProven(ProofProblem.PROOF_INVALID));
        assertThat(decide(application(KAKAO, PASS_KIND, proof(KAKAO), proof(KAKAO))))
                .isEqualTo(notProven(ProofProblem.PROOF_INVALID));
        String once = proof(KAKAO);
        assertThat(decide(List.of(
                        application(KAKAO, PASS_KIND, once),
                        application(KAKAO, PASS_KIND),
                        application(KAKAO, PASS_KIND, once))))
                .satisfiesExactly(
                        first -> assertThat(first).isInstanceOf(IssuanceResult.Passed.class),
                        second -> assertThat(second).isInstanceOf(IssuanceResult.Passed.class),
                        third -> assertThat(third).isEqualTo(notProven(ProofProblem.PROOF_REPLAYED)));
    }

    @Test
    void everyFaultOfAProof_hasItsOwnProblem_andUsesNothingUp() {
        standing(PASS, ALL, Optional.of(phone.key()), DOSE);
        String good = proof(PASS);
        assertThat(decide(application(PASS, PASS_KIND))).isEqualTo(notProven(ProofProblem.PROOF_MISSING));
        ProofMaker stranger = ProofMaker.fresh();
        String strange = stranger.proof(PASS.htu(), consent.text(), NOON, "one");
        assertThat(decide(application(PASS, PASS_KIND, strange)))
                .isEqualTo(notProven(ProofProblem.DEVICE_KEY_MISMATCH));
        standing(PASS, ALL, Optional.empty(), DOSE);
        assertThat(decide(application(PASS, PASS_KIND, good))).isEqualTo(notProven(ProofProblem.DEVICE_UNKNOWN));
        standing(PASS, ALL, Optional.of(phone.key()), DOSE);
        time.advance(Duration.ofSeconds(61));
        assertThat(decide(application(PASS, PASS_KIND, good))).isEqualTo(notProven(ProofProblem.PROOF_LATE));
        time.set(NOON);
        assertThat(used).isEmpty();
        assertThat(pass(PASS, good).shown()).containsExactly(ConsentScope.VACCINATION);
        assertThat(decide(application(PASS, PASS_KIND, good))).isEqualTo(notProven(ProofProblem.PROOF_REPLAYED));
    }

    @Test
    void aConsentOfAnotherProvider_isNone() {
        assertThat(decide(application(PASS, PASS_KIND, proof(PASS))))
                .isEqualTo(new IssuanceResult.Denied<>(new Denial.ConsentUnknown()));
        standings.clear();
        assertThat(decide(application(KAKAO, PASS_KIND)))
                .isEqualTo(new IssuanceResult.Denied<>(new Denial.ConsentUnknown()));
    }

    @Test
    void whatIsOurFault_isNobodysDenial() {
        isLost = true;
        assertThat(decide(application(KAKAO, PASS_KIND))).isInstanceOf(IssuanceResult.Impossible.class);
        isLost = false;
        standing(KEYLESS, ALL, Optional.empty(), DOSE);
        assertThat(decide(application(KEYLESS, PASS_KIND))).isInstanceOf(IssuanceResult.Impossible.class);
        impossible = Optional.of("This gateway's clock is off.");
        assertThat(decide(new IssuanceRequest<>(KAKAO, Optional.empty(), List.of(), PASS_KIND, NOON)))
                .isInstanceOf(IssuanceResult.Impossible.class);
    }

    @Test
    void whatWasLookedUpTooLongAgo_isNotTold() {
        untilUsed = Duration.ofMillis(800);
        assertThat(pass(KAKAO).shown()).containsExactly(ConsentScope.VACCINATION);
        untilUsed = Duration.ofMillis(800).plusNanos(1);
        assertThat(decide(application(KAKAO, PASS_KIND))).isInstanceOf(IssuanceResult.Impossible.class);
        assertThat(decide(new IssuanceRequest<>(KAKAO, Optional.empty(), List.of(), PASS_KIND, NOON)))
                .as("what shows nothing is never old")
                .isInstanceOf(IssuanceResult.Passed.class);
        assertThat(decide(application(KAKAO, new RequestKind.Registration(), proof(KAKAO))))
                .as("whoever keeps the phone looks the consent up again")
                .isInstanceOf(IssuanceResult.Proven.class);
    }

    @ParameterizedTest
    @CsvSource({
        "2004, 2021-12-31T14:59:59Z, UP_TO_17",
        "2004, 2021-12-31T15:00:00Z, EIGHTEEN",
        "2003, 2021-12-31T14:59:59Z, EIGHTEEN",
        "2003, 2021-12-31T15:00:00Z, ADULT",
        "2021, 2021-07-12T03:00:00Z, UP_TO_17"
    })
    void theAgeBand_goesByBirthYear_andTurnsAtMidnightInKorea(int year, Instant at, AgeBand band) {
        assertThat(ageOf(year, at)).isEqualTo(new Age.Band(band));
    }

    /** A provider's pass would exempt whoever is not born yet. */
    @Test
    void aBirthYearToCome_saysNoAge() {
        assertThat(ageOf(2022, Instant.parse("2021-12-31T14:59:59Z"))).isEqualTo(new Age.Unknown());
        assertThat(ageOf(2022, Instant.parse("2021-12-31T15:00:00Z"))).isEqualTo(new Age.Band(AgeBand.UP_TO_17));
        assertThat(ageOf(2100, NOON)).isEqualTo(new Age.Unknown());
    }

    /** What a pass says of the age of a holder with one record, a birth year. */
    private Age ageOf(int year, Instant at) {
        time.set(at);
        SigningKeys keys = SigningKeys.of(List.of(SigningKey.make(
                PROVIDER,
                new SecureRandom(),
                new KeyPurpose.Passes("kakao"),
                "Passgate Test",
                at.minusSeconds(60),
                at.plusSeconds(60))));
        PassMaker maker = new PassMaker(
                () -> keys,
                day -> new TagKey(new byte[TagKey.BYTES]),
                new HolderTags(PROVIDER, new SecureRandom()),
                new SecureRandom());
        ConsentState consentState = new ConsentState(
                "kakao",
                HOLDER,
                ALL,
                Optional.empty(),
                List.of(new ConsentState.Recorded(1, 1, new HealthRecord.BirthYear(year))));
        IssuanceResult.Passed pass =
                maker.make("kakao", Optional.of(consentState), at, RememberedBy.NOBODY, Optional.empty());
        return claims(pass).age();
    }

    @Test
    void certificates_needAConsentAndAProof_andSayWhatCouldNotBeCertified() {
        var kind = new RequestKind.Certificates(SUBJECT);
        assertThat(decide(application(KAKAO, kind))).isEqualTo(notProven(ProofProblem.PROOF_MISSING));
        standing(KAKAO, ALL, Optional.of(phone.key()), DOSE, new HealthRecord.Exemption(Optional.empty()));
        assertThat(decide(application(KAKAO, kind, proof(KAKAO))))
                .isInstanceOfSatisfying(IssuanceResult.Certified.class, certified -> {
                    assertThat(certified.certificates()).hasSize(1);
                    assertThat(certified.withheld())
                            .containsExactly(
                                    new IssuanceResult.Withheld(ConsentScope.EXEMPTION, Uncertifiable.EXEMPTION));
                });
        standing(KAKAO, Set.of(ConsentScope.AGE), Optional.of(phone.key()), new HealthRecord.BirthYear(1985));
        assertThat(decide(application(KAKAO, kind, proof(KAKAO))))
                .isEqualTo(new IssuanceResult.Denied<>(new Denial.NothingToCertify(List.of())));
        standing(KAKAO, Set.of(), Optional.of(phone.key()));
        assertThat(decide(application(KAKAO, kind, proof(KAKAO))))
                .isEqualTo(new IssuanceResult.Denied<>(new Denial.NothingConsented()));
    }

    @Test
    void aRegistration_takesTheKeyOfTheProof_whateverWasRegisteredBefore() {
        var kind = new RequestKind.Registration();
        assertThat(decide(application(KAKAO, kind))).isEqualTo(notProven(ProofProblem.PROOF_MISSING));
        ProofMaker next = ProofMaker.fresh();
        String proof = next.proof(KAKAO.htu(), consent.text(), NOON, "one");
        assertThat(decide(application(KAKAO, kind, proof))).isEqualTo(new IssuanceResult.Proven(consent, next.key()));
        assertThat(decide(application(KAKAO, kind, proof))).isEqualTo(notProven(ProofProblem.PROOF_REPLAYED));
    }
}
