package io.passgate.issuance;

import io.passgate.crypto.signing.SigningKey;
import io.passgate.crypto.signing.SigningKeys;
import io.passgate.format.entrypass.EntryPass;
import io.passgate.format.entrypass.EntryPassEncoder;
import io.passgate.holdertag.HolderTags;
import io.passgate.holdertag.TagKeys;
import io.passgate.model.Age.AgeBand;
import io.passgate.model.Event;
import io.passgate.model.Korea;
import io.passgate.model.OpaqueId;
import io.passgate.model.Slice;
import io.passgate.model.Unavailable;
import io.passgate.registry.HealthRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Makes entry passes of what is known of a holder now. One thread. */
public final class PassMaker {
    /** A pass that outlives its key's certificate would be refused. */
    private static final Duration LAST_USE = EntryPass.LIFETIME.plusSeconds(5);

    private static final int LAST_YEAR_UNDER_18 = 17;
    private static final int EIGHTEEN = 18;

    private final Supplier<SigningKeys> keys;
    private final TagKeys tagKeys;
    private final HolderTags tags;
    private final RandomGenerator random;

    /**
     * Makes passes by these keys.
     *
     * @param keys of now; asked for each pass
     * @param tagKeys the key of each day's holder tags
     * @param tags seals which holder a pass is of
     * @param random for ids that nobody can guess, such as {@link java.security.SecureRandom}
     */
    public PassMaker(Supplier<SigningKeys> keys, TagKeys tagKeys, HolderTags tags, RandomGenerator random) {
        this.keys = keys;
        this.tagKeys = tagKeys;
        this.tags = tags;
        this.random = random;
    }

    /**
     * A pass of one provider.
     *
     * @param standing empty where the holder gave no consent: then it lets in and shows nothing
     * @throws Unavailable if there is no key to sign or to seal with
     */
    IssuanceResult.Passed make(
            String provider,
            Optional<ConsentState> standing,
            Instant now,
            IssuanceResult.RememberedBy memory,
            Optional<IssuanceRequest.Picture> picture) {
        SigningKey key = keys.get()
                .forPasses(provider, now)
                .filter(found -> !found.notAfter().isBefore(now.plus(LAST_USE)))
                .orElseThrow(() -> new Unavailable("There is no key to sign passes of the provider with."));
        Instant issuedAt = now.truncatedTo(ChronoUnit.SECONDS);
        LocalDate day = Korea.dayOf(issuedAt);
        List<HealthRecord> shown = standing.map(ConsentState::shown).orElse(List.of()).stream()
                .map(ConsentState.Recorded::healthRecord)
                .toList();
        OpaqueId id = OpaqueId.random(random);
        byte[] tag = standing.map(known -> tags.seal(known.holder(), tagKeys.of(day), day))
                .orElseGet(() -> tags.ofNobody(day));
        EntryPass pass = new EntryPass(
                provider,
                Slice.of(id.toByteArray()),
                issuedAt,
                Slice.of(tag),
                events(shown),
                ageBand(shown, day.getYear()));
        String payload = EntryPassEncoder.encode(pass, key.kid(), key.signer()::sign);
        return new IssuanceResult.Passed(
                payload,
                id,
                issuedAt,
                issuedAt.plus(EntryPass.LIFETIME),
                kinds(shown),
                memory,
                picture.map(wanted -> PassPicture.draw(payload, wanted)));
    }

    private static List<Event> events(List<HealthRecord> shown) {
        return shown.stream().map(HealthRecord::event).flatMap(Optional::stream).toList();
    }

    private static Set<ConsentScope> kinds(List<HealthRecord> shown) {
        Set<ConsentScope> kinds = EnumSet.noneOf(ConsentScope.class);
        shown.forEach(healthRecord -> kinds.add(ConsentScope.of(healthRecord)));
        return kinds;
    }

    /** By birth year, as Korea counts; of several records the last holds, and a year to come says nothing. */
    private static Optional<AgeBand> ageBand(List<HealthRecord> shown, int year) {
        return shown.stream()
                .filter(HealthRecord.BirthYear.class::isInstance)
                .map(HealthRecord.BirthYear.class::cast)
                .reduce((earlier, later) -> later)
                .filter(born -> born.year() <= year)
                .map(born -> band(year - born.year()));
    }

    private static AgeBand band(int age) {
        if (age <= LAST_YEAR_UNDER_18) {
            return AgeBand.UP_TO_17;
        }
        return age == EIGHTEEN ? AgeBand.EIGHTEEN : AgeBand.ADULT;
    }
}
