package io.passgate.format.entrypass;

import io.passgate.format.Decoded;
import io.passgate.format.hcert.HandMade;
import io.passgate.model.Age;
import io.passgate.model.Age.AgeBand;
import io.passgate.model.Claims;
import io.passgate.model.Credential;
import io.passgate.model.Event;
import io.passgate.model.Kid;
import io.passgate.model.Reason;
import io.passgate.model.Slice;
import io.passgate.testing.DeterministicKey;
import io.passgate.testing.TestCards;
import io.passgate.testing.TestProvider;
import io.passgate.testing.UsualFormats;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Passes of one key, and what is read from them. */
public final class PassSamples {
    public static final Instant NOON = Instant.parse("2021-07-12T03:00:00Z");
    static final Kid KID = Kid.of(HandMade.KID);
    static final DeterministicKey KEY = new DeterministicKey(BigInteger.valueOf(20_210_712));
    static final String COVID_19 = "840539006";
    static final String COMIRNATY = "EU/1/20/1528";

    private PassSamples() {}

    static Event.Vaccination dose(String product, int number, int total, LocalDate on) {
        return new Event.Vaccination(COVID_19, product, number, total, on);
    }

    static Event.Vaccination dose(int number, String on) {
        return dose(COMIRNATY, number, 2, LocalDate.parse(on));
    }

    static Event.Recovery recovery(String first, Optional<String> released) {
        return new Event.Recovery(
                COVID_19, LocalDate.parse(first), Optional.empty(), Optional.empty(), released.map(LocalDate::parse));
    }

    static Event.Test test(String type, Instant at, String result) {
        return new Event.Test(COVID_19, type, at, result);
    }

    static Event.Exemption exemption(Optional<String> until) {
        return new Event.Exemption(COVID_19, until.map(LocalDate::parse));
    }

    /** Every key there is. */
    static List<Event> everything() {
        return List.of(
                dose(1, "2021-05-01"),
                dose(2, "2021-06-12"),
                recovery("2021-01-02", Optional.of("2021-01-12")),
                test("LP6464-4", NOON.minusSeconds(3_600), "260415000"),
                exemption(Optional.of("2021-12-31")));
    }

    static EntryPass pass(String provider, List<Event> events, Optional<AgeBand> ageBand) {
        return pass(provider, NOON, events, ageBand, new Random(1));
    }

    static EntryPass pass(
            String provider, Instant issuedAt, List<Event> events, Optional<AgeBand> ageBand, Random random) {
        byte[] id = new byte[16];
        byte[] tag = new byte[44];
        random.nextBytes(id);
        random.nextBytes(tag);
        return new EntryPass(provider, Slice.of(id), issuedAt, Slice.of(tag), events, ageBand);
    }

    static String encode(EntryPass pass) {
        return EntryPassEncoder.encode(pass, KID, KEY::sign);
    }

    /** Without the time that signing takes. */
    static String encodeUnsigned(EntryPass pass) {
        return EntryPassEncoder.encode(pass, KID, toBeSigned -> new byte[64]);
    }

    static Decoded decode(String text) {
        return UsualFormats.decoder().decode(TestCards.payload(text));
    }

    static Credential well(String text) {
        return switch (decode(text)) {
            case Decoded.Well(var credential) -> credential;
            case Decoded.Malformed(var reason, var format) -> throw new AssertionError("refused: " + reason);
        };
    }

    static Reason refusal(String text) {
        return switch (decode(text)) {
            case Decoded.Well(var credential) -> throw new AssertionError("not refused: " + credential);
            case Decoded.Malformed(var reason, var format) -> reason;
        };
    }

    /** A message around these claims, without a signature that holds. */
    static String around(byte[] claims) {
        return TestProvider.ofMessage(HandMade.tag(18, HandMade.messageOf(claims)));
    }

    static Claims claims(String text) {
        return new PassClaims().read(well(text).claims()).orElseThrow();
    }

    static Age age(Optional<AgeBand> band) {
        return band.<Age>map(Age.Band::new).orElseGet(Age.Unknown::new);
    }

    static Optional<AgeBand> ageBand(Age age) {
        return age instanceof Age.Band(AgeBand band) ? Optional.of(band) : Optional.empty();
    }

    /**
     * The claims of a pass for entry only, with more in the private map.
     *
     * @param head of the map
     * @param entries behind the tag
     */
    static byte[] claims(byte head, byte[] entries) {
        byte[] claims = well(encodeUnsigned(pass("kakao", List.of(), Optional.empty())))
                .claims()
                .toByteArray();
        int map = claims.length - 48;
        claims[map] = head;
        return HandMade.join(claims, entries);
    }

    /** Events that the format has a place for, at most {@code doses} doses and one of each other kind. */
    static Arbitrary<List<Event>> sayable(int doses) {
        Arbitrary<LocalDate> days = Arbitraries.integers().between(0, 0xffff).map(LocalDate::ofEpochDay);
        Arbitrary<String> texts =
                Arbitraries.strings().withCharRange(' ', '~').ofMinLength(1).ofMaxLength(20);
        Arbitrary<String> products = Arbitraries.oneOf(
                Arbitraries.of(
                        COMIRNATY, "Sputnik-Light", "Hayat-Vax", "Soberana-Plus", "Covid-19-adsorvida-inativada"),
                texts);
        Arbitrary<Integer> numbers = Arbitraries.integers().between(1, 23);
        Arbitrary<Event.Vaccination> dose =
                Combinators.combine(products, numbers, numbers, days).as(PassSamples::dose);
        Arbitrary<Event> recovery = Combinators.combine(days, days.optional())
                .as((first, released) ->
                        new Event.Recovery(COVID_19, first, Optional.empty(), Optional.empty(), released));
        Arbitrary<Event> test = Combinators.combine(
                        Arbitraries.oneOf(Arbitraries.of("LP6464-4", "LP217198-3"), texts),
                        Arbitraries.longs().between(0, 0xffff_ffffL).map(Instant::ofEpochSecond),
                        Arbitraries.oneOf(Arbitraries.of("260415000", "260373001"), texts))
                .as(PassSamples::test);
        Arbitrary<Event> exemption = days.optional().map(until -> new Event.Exemption(COVID_19, until));
        return Combinators.combine(
                        dose.list().ofMaxSize(doses), recovery.optional(), test.optional(), exemption.optional())
                .as((given, recovered, tested, exempt) -> {
                    List<Event> events = new ArrayList<>(given);
                    recovered.ifPresent(events::add);
                    tested.ifPresent(events::add);
                    exempt.ifPresent(events::add);
                    return events;
                });
    }

    static Arbitrary<String> providers() {
        return Arbitraries.of("a", "kakao", "naver-2", "z234567890123456");
    }

    static Arbitrary<Optional<AgeBand>> ageBands() {
        return Arbitraries.of(AgeBand.class).optional();
    }
}
