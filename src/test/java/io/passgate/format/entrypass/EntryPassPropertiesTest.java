package io.passgate.format.entrypass;

import static io.passgate.format.entrypass.PassSamples.claims;
import static io.passgate.format.entrypass.PassSamples.encodeUnsigned;
import static io.passgate.format.entrypass.PassSamples.pass;
import static io.passgate.format.entrypass.PassSamples.well;
import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.format.hcert.HandMade;
import io.passgate.model.Age.AgeBand;
import io.passgate.model.Algorithm;
import io.passgate.model.Claims;
import io.passgate.model.Credential;
import io.passgate.model.Event;
import io.passgate.testing.TestProvider;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What is written is read, and no pass is larger than it may be, whatever is known of its holder. */
final class EntryPassPropertiesTest {
    private static final Set<String> TYPES = Set.of("LP6464-4", "LP217198-3");
    private static final Set<String> RESULTS = Set.of("260415000", "260373001");
    private static final Comparator<Event.Vaccination> OLDEST_FIRST =
            Comparator.comparing(Event.Vaccination::on).thenComparingInt(Event.Vaccination::dose);

    @Provide
    Arbitrary<List<Event>> few() {
        return PassSamples.sayable(1);
    }

    @Provide
    Arbitrary<List<Event>> many() {
        return PassSamples.sayable(40);
    }

    /** Some that the format cannot say, and several of each kind. */
    @Provide
    Arbitrary<List<Event>> any() {
        Arbitrary<Event> odd = Arbitraries.of(
                new Event.Vaccination("1", PassSamples.COMIRNATY, 1, 2, LocalDate.EPOCH),
                PassSamples.dose("a product name of 21c", 1, 2, LocalDate.EPOCH),
                PassSamples.dose("", 1, 2, LocalDate.EPOCH),
                PassSamples.dose("백신", 1, 2, LocalDate.EPOCH),
                PassSamples.dose(PassSamples.COMIRNATY, 24, 2, LocalDate.EPOCH),
                PassSamples.dose(PassSamples.COMIRNATY, 1, 24, LocalDate.EPOCH),
                PassSamples.dose(PassSamples.COMIRNATY, 1, 2, LocalDate.ofEpochDay(-1)),
                PassSamples.dose(PassSamples.COMIRNATY, 1, 2, LocalDate.MAX),
                PassSamples.test("x".repeat(21), Instant.EPOCH, "260415000"),
                PassSamples.test("LP6464-4", Instant.EPOCH, "\n"),
                PassSamples.test("LP6464-4", Instant.EPOCH.minusNanos(1), "260415000"),
                PassSamples.test("LP6464-4", Instant.MAX, "260415000"),
                new Event.Exemption(PassSamples.COVID_19, Optional.of(LocalDate.MIN)),
                new Event.Recovery(
                        PassSamples.COVID_19, LocalDate.MAX, Optional.empty(), Optional.empty(), Optional.empty()),
                new Event.Recovery(
                        PassSamples.COVID_19,
                        LocalDate.EPOCH,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(LocalDate.ofEpochDay(0x1_0000))));
        return PassSamples.sayable(12)
                .list()
                .ofMaxSize(4)
                .flatMap(lists -> odd.list().ofMaxSize(4).map(more -> {
                    List<Event> all = new ArrayList<>(more);
                    lists.forEach(all::addAll);
                    return all;
                }));
    }

    @Provide
    Arbitrary<String> providers() {
        return PassSamples.providers();
    }

    @Provide
    Arbitrary<Optional<AgeBand>> ageBands() {
        return PassSamples.ageBands();
    }

    @Property(tries = 500)
    void aPass_saysWhatItWasToldToSay(
            @ForAll("providers") String provider,
            @ForAll("few") List<Event> events,
            @ForAll("ageBands") Optional<AgeBand> ageBand,
            @ForAll Random random) {
        Instant issuedAt = Instant.ofEpochSecond(random.nextLong(EntryPass.FIRST_SECOND, EntryPass.LAST_SECOND + 1));
        EntryPass pass = pass(provider, issuedAt.plusNanos(random.nextInt(1_000_000_000)), events, ageBand, random);
        Credential credential = well(encodeUnsigned(pass));
        assertThat(credential.format()).isEqualTo(EntryPassFormat.ID);
        assertThat(credential.algorithm()).isEqualTo(Algorithm.ES256);
        assertThat(credential.kid()).isEqualTo(PassSamples.KID);
        assertThat(credential.issuer()).contains(provider);
        assertThat(credential.validFrom()).isEqualTo(issuedAt);
        assertThat(credential.expiresAt()).isEqualTo(issuedAt.plusSeconds(15));
        assertThat(PassClaims.id(credential)).isEqualTo(pass.id());
        assertThat(PassClaims.holderTag(credential)).isEqualTo(pass.holderTag());
        Claims claims = new PassClaims().read(credential.claims()).orElseThrow();
        assertThat(claims.age()).isEqualTo(PassSamples.age(ageBand));
        List<Event> expected = new ArrayList<>(events);
        if (claims.events().size() < events.size()) {
            expected.removeIf(event -> event instanceof Event.Test test
                    && (!TYPES.contains(test.type()) || !RESULTS.contains(test.result())));
        }
        assertThat(claims.events()).isEqualTo(expected);
        assertThat(credential.kinds())
                .isEqualTo(expected.stream().map(Event::kind).collect(Collectors.toSet()));
    }

    @Property(tries = 500)
    void whereNotAllFits_theOldestDosesAreLeftOut_andNoMoreThanHasTo(
            @ForAll("providers") String provider,
            @ForAll("many") List<Event> events,
            @ForAll("ageBands") Optional<AgeBand> ageBand) {
        String text = encodeUnsigned(pass(provider, events, ageBand));
        int size = TestProvider.message(text).length;
        assertThat(size).isLessThanOrEqualTo(240);
        List<Event.Vaccination> doses = dosesOf(events);
        doses.sort(OLDEST_FIRST);
        List<Event.Vaccination> shown = dosesOf(claims(text).events());
        int left = doses.size() - shown.size();
        assertThat(shown).isEqualTo(doses.subList(left, doses.size()));
        if (left > 0) {
            assertThat(shown).isNotEmpty();
            Event.Vaccination next = doses.get(left - 1);
            int more = 3
                    + PassCodes.PRODUCTS.size(next.product())
                    + HandMade.num(next.on().toEpochDay()).length;
            assertThat(size + more).as("with one more").isGreaterThan(240);
        }
    }

    private static List<Event.Vaccination> dosesOf(List<Event> events) {
        List<Event.Vaccination> doses = new ArrayList<>();
        events.forEach(event -> {
            if (event instanceof Event.Vaccination dose) {
                doses.add(dose);
            }
        });
        return doses;
    }

    @Property(tries = 1_000)
    void whateverIsKnown_thePassIsReadable_andNotTooLarge(
            @ForAll("providers") String provider,
            @ForAll("any") List<Event> events,
            @ForAll("ageBands") Optional<AgeBand> ageBand) {
        String text = encodeUnsigned(pass(provider, events, ageBand));
        assertThat(TestProvider.message(text)).hasSizeBetween(172, 240);
        assertThat(text).hasSizeLessThanOrEqualTo(364);
        assertThat(events).containsAll(claims(text).events());
    }
}
