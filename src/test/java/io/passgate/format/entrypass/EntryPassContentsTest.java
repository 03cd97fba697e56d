package io.passgate.format.entrypass;

import static io.passgate.format.entrypass.PassSamples.NOON;
import static io.passgate.format.entrypass.PassSamples.claims;
import static io.passgate.format.entrypass.PassSamples.dose;
import static io.passgate.format.entrypass.PassSamples.encodeUnsigned;
import static io.passgate.format.entrypass.PassSamples.exemption;
import static io.passgate.format.entrypass.PassSamples.pass;
import static io.passgate.format.entrypass.PassSamples.recovery;
import static io.passgate.format.entrypass.PassSamples.test;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.passgate.model.Age.AgeBand;
import io.passgate.model.Credential;
import io.passgate.model.Event;
import io.passgate.model.Kid;
import io.passgate.model.Slice;
import io.passgate.testing.TestProvider;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What of a holder's events a pass carries, and what no pass can be made of. */
final class EntryPassContentsTest {
    private static final String LONGEST_NAME = "z234567890123456";
    private static final Optional<AgeBand> ADULT = Optional.of(AgeBand.ADULT);

    private static List<Event> shown(String provider, List<Event> events) {
        return claims(encodeUnsigned(pass(provider, events, ADULT))).events();
    }

    private static List<Event> doses(int count) {
        List<Event> doses = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            doses.add(dose(
                    PassSamples.COMIRNATY, i, 2, LocalDate.parse("2021-01-31").plusMonths(i)));
        }
        return doses;
    }

    @Test
    void eightDosesFitWithAnAge_andOfSixteenTheEightNewestAreShown() {
        assertThat(shown("kakao", doses(8))).isEqualTo(doses(8));
        assertThat(shown("kakao", doses(16))).isEqualTo(doses(16).subList(8, 16));
    }

    @Test
    void besideEverythingElse_threeDosesFit() {
        List<Event> others = new ArrayList<>(PassSamples.everything());
        others.removeIf(Event.Vaccination.class::isInstance);
        List<Event> events = doses(4);
        events.addAll(others);
        List<Event> expected = new ArrayList<>(doses(4).subList(1, 4));
        expected.addAll(others);
        assertThat(shown(LONGEST_NAME, events)).isEqualTo(expected);
    }

    @Test
    void theNewestDose_isShownBeforeATestOfUnknownKind() {
        List<Event> all = new ArrayList<>(PassSamples.everything());
        all.removeIf(event -> event instanceof Event.Test || event instanceof Event.Vaccination);
        Event dose = dose("x".repeat(20), 23, 23, LocalDate.parse("2021-06-12"));
        Event unknown = test("t".repeat(20), NOON, "r".repeat(20));
        Event known = test("LP217198-3", NOON.minusSeconds(9), "260373001");
        List<Event> withUnknown = new ArrayList<>(all);
        withUnknown.addAll(List.of(dose, unknown));
        assertThat(shown(LONGEST_NAME, withUnknown))
                .contains(dose)
                .doesNotContain(unknown)
                .hasSize(3);
        List<Event> withKnown = new ArrayList<>(all);
        withKnown.addAll(List.of(dose, known));
        String text = encodeUnsigned(pass(LONGEST_NAME, withKnown, ADULT));
        assertThat(claims(text).events()).contains(dose, known).hasSize(4);
        assertThat(TestProvider.message(text)).hasSize(240);
        assertThat(text).hasSize(364);
    }

    @Test
    void ofSeveral_theNewestRecoveryAndTest_andTheLongestExemptionAreShown() {
        Event newest = recovery("2021-03-01", Optional.empty());
        Event latest = test("LP6464-4", NOON, "260415000");
        Event endless = exemption(Optional.empty());
        assertThat(shown(
                        "kakao",
                        List.of(
                                recovery("2021-02-28", Optional.of("2021-04-01")),
                                newest,
                                latest,
                                test("LP6464-4", NOON.minusSeconds(1), "260373001"),
                                exemption(Optional.of("2040-01-01")),
                                endless,
                                exemption(Optional.of("2040-01-02")))))
                .containsExactly(newest, latest, endless);
        Event longer = exemption(Optional.of("2021-01-02"));
        assertThat(shown("kakao", List.of(longer, exemption(Optional.of("2021-01-01")))))
                .containsExactly(longer);
    }

    @Test
    void doses_areShownInTheOrderOfTheirDays() {
        assertThat(shown("kakao", List.of(dose(2, "2021-06-12"), dose(1, "2021-05-01"))))
                .containsExactly(dose(1, "2021-05-01"), dose(2, "2021-06-12"));
    }

    @Test
    void whatIsAboutAnotherDisease_isLeftOut() {
        Event other = new Event.Vaccination("6142004", PassSamples.COMIRNATY, 1, 1, LocalDate.parse("2021-05-01"));
        assertThat(shown("kakao", List.of(other))).isEmpty();
    }

    @Test
    void aFractionOfASecond_isDropped() {
        assertThat(shown("kakao", List.of(test("LP6464-4", NOON.plusNanos(999_999_999), "260415000"))))
                .containsExactly(test("LP6464-4", NOON, "260415000"));
        assertThat(PassSamples.pass("kakao", NOON.plusNanos(1), List.of(), ADULT, new Random(1))
                        .issuedAt())
                .isEqualTo(NOON);
    }

    @Test
    void forEntryOnly_thereIsNothingButTheTag() {
        Credential credential = PassSamples.well(encodeUnsigned(pass("kakao", List.of(), Optional.empty())));
        assertThat(credential.kinds()).isEmpty();
        byte[] claims = credential.claims().toByteArray();
        byte[] end = new byte[48];
        System.arraycopy(claims, claims.length - 48, end, 0, 48);
        assertThat(end).startsWith(0xa1, 0x01, 0x58, 0x2c);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "Kakao", "1pass", "-pass", "z2345678901234567", "ka kao", "kakao\n", "kaka\u00f3", "k_k"})
    void anotherName_isNoProviders(String name) {
        assertThatThrownBy(() -> pass(name, List.of(), ADULT)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "z", "pass", "a-9z", "z234567890123456"})
    void aProvidersName_isTaken(String name) {
        assertThat(PassSamples.well(encodeUnsigned(pass(name, List.of(), ADULT)))
                        .issuer())
                .contains(name);
    }

    @Test
    void idsTagsAndTimesOfAnotherSize_areRefused() {
        for (int id : new int[] {0, 15, 17}) {
            assertThatThrownBy(() -> sized(id, 44, NOON)).isInstanceOf(IllegalArgumentException.class);
        }
        for (int tag : new int[] {0, 43, 45}) {
            assertThatThrownBy(() -> sized(16, tag, NOON)).isInstanceOf(IllegalArgumentException.class);
        }
        Instant first = Instant.ofEpochSecond(65_536);
        Instant last = Instant.ofEpochSecond(0xffff_ffffL - 15);
        assertThatThrownBy(() -> sized(16, 44, first.minusNanos(1))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> sized(16, 44, last.plusSeconds(1))).isInstanceOf(IllegalArgumentException.class);
        assertThat(PassSamples.well(encodeUnsigned(sized(16, 44, first))).validFrom())
                .isEqualTo(first);
        assertThat(PassSamples.well(encodeUnsigned(sized(16, 44, last))).validFrom())
                .isEqualTo(last);
    }

    private static EntryPass sized(int idBytes, int tagBytes, Instant issuedAt) {
        return new EntryPass(
                "kakao", Slice.of(new byte[idBytes]), issuedAt, Slice.of(new byte[tagBytes]), List.of(), ADULT);
    }

    @Test
    void aKidOrASignatureOfAnotherLength_isRefused() {
        EntryPass pass = pass("kakao", List.of(), ADULT);
        assertThatThrownBy(() -> EntryPassEncoder.encode(pass, Kid.of(new byte[9]), any -> new byte[63]))
                .isInstanceOf(IllegalArgumentException.class);
        for (int length : new int[] {0, 63, 65, 72}) {
            assertThatThrownBy(() -> EntryPassEncoder.encode(pass, PassSamples.KID, any -> new byte[length]))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void noText_saysWhatAPassSaysOfItsHolder() {
        EntryPass pass = pass("kakao", PassSamples.everything(), ADULT);
        assertThat(pass).hasToString("EntryPass[kakao]");
        assertThat(PassSamples.well(encodeUnsigned(pass)))
                .hasToString("Credential[entry-pass, ES256, kid 0102030405060708]");
    }

    @Test
    void claimsWithMoreBehindThem_areNoPass() {
        byte[] claims = PassSamples.well(encodeUnsigned(pass("kakao", doses(1), ADULT)))
                .claims()
                .toByteArray();
        assertThat(new PassClaims().read(Slice.of(claims))).isPresent();
        assertThat(new PassClaims().read(Slice.of(Arrays.copyOf(claims, claims.length + 1))))
                .isEmpty();
    }
}
