package io.passgate.trust;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.model.Algorithm;
import io.passgate.model.EventKind;
import io.passgate.model.Kid;
import io.passgate.testing.TestCertificate;
import io.passgate.testing.TestIssuer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** From a KID to its candidates. */
final class TrustListTest {
    private static final Kid KID = Kid.ofBase64("AAECAwQFBgc=");
    private static final Kid OTHER_KID = Kid.ofBase64("CAECAwQFBgc=");
    private static final Instant FIRST_END = Instant.parse("2022-01-01T00:00:00Z");
    private static final Instant SECOND_END = Instant.parse("2023-01-01T00:00:00Z");

    /** A fresh key under this KID. */
    private static Signer signer(Kid kid) {
        return under(kid, TestIssuer.ec256("XX").signer());
    }

    private static Signer under(Kid kid, Signer signer) {
        return new Signer(kid, signer.key(), signer.kind(), signer.usages(), signer.certificate());
    }

    private static Signer ending(Instant end) {
        return TestIssuer.of(Algorithm.ES256, TestCertificate.named("XX").valid(TestIssuer.NOT_BEFORE, end))
                .signer();
    }

    @Test
    void aSharedKid_givesEachSigner_inTheirOrder() {
        Signer one = signer(KID);
        Signer two = signer(KID);
        Signer other = signer(OTHER_KID);
        TrustList trust = TrustList.of(List.of(two, other, one));
        assertThat(trust.candidates(KID)).containsExactly(two, one);
        assertThat(trust.candidates(OTHER_KID)).containsExactly(other);
        assertThat(trust.signers()).containsExactly(two, one, other);
        assertThat(trust.size()).isEqualTo(3);
        assertThat(trust.rejected()).isEmpty();
    }

    @Test
    void anUnknownKid_givesNobody() {
        TrustList trust = TrustList.of(List.of(signer(KID)));
        assertThat(trust.candidates(OTHER_KID)).isEmpty();
        assertThat(trust.candidates(Kid.of(new byte[] {0}))).isEmpty();
        assertThat(TrustList.empty().candidates(KID)).isEmpty();
        assertThat(TrustList.empty().size()).isZero();
    }

    @Test
    void theSameSignerTwice_countsOnce() {
        Signer one = signer(KID);
        TrustList trust = TrustList.of(List.of(one, under(KID, one), one));
        assertThat(trust.candidates(KID)).containsExactly(one);
        assertThat(trust.rejected()).isEmpty();
        assertThat(trust.version()).isEqualTo(TrustList.of(List.of(one)).version());
    }

    @Test
    void theFifthSignerOfAKid_isKeptAndNotTried_andTheKidIsNamedOnce() {
        List<Signer> six = Stream.generate(() -> signer(KID)).limit(6).toList();
        List<Signer> offered = new ArrayList<>(six);
        Signer other = signer(OTHER_KID);
        offered.add(six.getFirst());
        offered.add(other);
        TrustList trust = TrustList.of(offered);
        assertThat(trust.candidates(KID)).containsExactlyElementsOf(six.subList(0, 4));
        assertThat(trust.candidates(OTHER_KID)).containsExactly(other);
        assertThat(trust.isCrowded(KID)).isTrue();
        assertThat(trust.isCrowded(OTHER_KID)).isFalse();
        assertThat(trust.size()).isEqualTo(7);
        assertThat(trust.signers()).containsAll(six);
        assertThat(trust.rejected()).containsExactly(new Rejection("KID AAECAwQFBgc=", "more than 4 signers share it"));
        assertThat(trust.warnings())
                .containsExactly(
                        "KID AAECAwQFBgc=: more than 4 signers share it; what none of the first 4 has signed is "
                                + "indeterminate(signer_ambiguous)");
        assertThat(TrustList.of(six.subList(0, 4)).rejected()).isEmpty();
        assertThat(TrustList.of(six.subList(0, 4)).isCrowded(KID)).isFalse();
    }

    @Test
    void whereASignerOfACrowdedKidGoes_theNextOneIsTried() {
        List<Signer> five = Stream.generate(() -> signer(KID)).limit(5).toList();
        TrustList trust = TrustList.of(five.subList(0, 3))
                .with(five.subList(3, 5), Set.of())
                .with(List.of(), Set.of(five.getFirst().id()));
        assertThat(trust.candidates(KID)).containsExactlyElementsOf(five.subList(1, 5));
        assertThat(trust.isCrowded(KID)).isFalse();
        assertThat(trust.rejected()).isEmpty();
    }

    @Test
    void theVersion_isThatOfTheContent_inAnyOrder() {
        List<Signer> signers = new ArrayList<>(List.of(
                signer(KID),
                signer(KID),
                signer(OTHER_KID),
                TestIssuer.ec256("YY", EventKind.TEST, EventKind.RECOVERY).signer()));
        String version = TrustList.of(signers).version();
        for (int seed = 0; seed < 20; seed++) {
            Collections.shuffle(signers, new Random(seed));
            assertThat(TrustList.of(signers).version()).isEqualTo(version);
        }
    }

    @Test
    void theVersion_changesWithAnythingThatDecides() {
        Signer one = signer(KID);
        Signer sameKeyOtherKid = under(OTHER_KID, one);
        Signer otherKey = signer(KID);
        Signer otherUsage = new Signer(KID, one.key(), one.kind(), Set.of(EventKind.TEST), one.certificate());
        Signer otherKind = new Signer(KID, one.key(), SignerKind.pass("kakao"), one.usages(), one.certificate());
        Signer noCertificate = new Signer(KID, one.key(), one.kind(), one.usages(), Optional.empty());
        Signer otherWindow = new Signer(
                KID, one.key(), one.kind(), one.usages(), ending(FIRST_END).certificate());
        List<String> versions = Stream.of(
                        List.<Signer>of(),
                        List.of(one),
                        List.of(sameKeyOtherKid),
                        List.of(otherKey),
                        List.of(otherUsage),
                        List.of(otherKind),
                        List.of(noCertificate),
                        List.of(otherWindow),
                        List.of(one, otherKey))
                .map(signers -> TrustList.of(signers).version())
                .toList();
        assertThat(versions).doesNotHaveDuplicates();
    }

    @Test
    void nextExpiry_isTheEarliestStillAhead() {
        Signer bare = new Signer(KID, signer(KID).key(), SignerKind.DCC, Signer.ANY_USAGE, Optional.empty());
        TrustList trust = TrustList.of(List.of(ending(SECOND_END), bare, ending(FIRST_END)));
        assertThat(trust.nextExpiry(FIRST_END.minusSeconds(1))).hasValue(FIRST_END);
        assertThat(trust.nextExpiry(FIRST_END)).hasValue(SECOND_END);
        assertThat(trust.nextExpiry(SECOND_END)).isEmpty();
        assertThat(TrustList.of(List.of(bare)).nextExpiry(FIRST_END)).isEmpty();
    }
}
