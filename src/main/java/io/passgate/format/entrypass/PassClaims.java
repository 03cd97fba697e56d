package io.passgate.format.entrypass;

import io.passgate.codec.CborCursor;
import io.passgate.codec.MalformedException;
import io.passgate.codec.StrictCbor;
import io.passgate.format.ClaimsReader;
import io.passgate.model.Age;
import io.passgate.model.Age.AgeBand;
import io.passgate.model.Claims;
import io.passgate.model.Credential;
import io.passgate.model.Event;
import io.passgate.model.Event.Exemption;
import io.passgate.model.Event.Recovery;
import io.passgate.model.Event.Vaccination;
import io.passgate.model.Reason;
import io.passgate.model.Slice;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads what an entry pass says of its holder, from the claims set that {@link Credential#claims} of a pass is. One
 * thread, reused.
 */
public final class PassClaims implements ClaimsReader {
    private static final int TEXT_OF_NO_LENGTH = 0x60;

    /** Where the head of the provider's name stands. */
    private static final int PROVIDER_HEAD = 2;

    /** From the end of the provider's name: exp and iat of 6 bytes each, and key and head of the id. */
    private static final int TO_ID = 6 + 6 + 2;

    /** From the end of the id: the private claim's key. */
    private static final int TO_MAP = 5;

    /** From the head of the map: that, key 1 and the tag's head of two bytes. */
    private static final int TO_TAG = 1 + 1 + 2;

    private final StrictCbor cbor = new StrictCbor();

    /** Creates one that has read nothing. */
    public PassClaims() {}
    /** Reads the claims set of a pass that was decoded; empty for anything else. */
    @Override
    public Optional<Claims> read(Slice claims) {
        try {
            int map = idStart(claims) + EntryPass.ID_BYTES + TO_MAP;
            cbor.start(Slice.of(claims.array(), claims.offset() + map, claims.length() - map));
            Claims read = readMap(cbor);
            cbor.expectEnd();
            return Optional.of(read);
        } catch (MalformedException | IndexOutOfBoundsException noPass) {
            return Optional.empty();
        }
    }

    /** Lets go of the claims set that was read last. */
    @Override
    public void wipe() {
        cbor.forget();
    }

    /** The id of a pass, in place. */
    static Slice id(Credential pass) {
        Slice claims = claims(pass);
        return part(claims, idStart(claims), EntryPass.ID_BYTES);
    }

    /** The holder tag of a pass, in place. */
    static Slice holderTag(Credential pass) {
        Slice claims = claims(pass);
        return part(claims, idStart(claims) + EntryPass.ID_BYTES + TO_MAP + TO_TAG, EntryPass.TAG_BYTES);
    }

    private static Slice claims(Credential pass) {
        if (!pass.format().equals(EntryPassFormat.ID)) {
            throw new IllegalArgumentException("not a pass: " + pass);
        }
        return pass.claims();
    }

    /** Everything before the id has its length but for the provider's name, which says its own. */
    private static int idStart(Slice claims) {
        int providerLength = claims.at(PROVIDER_HEAD) - TEXT_OF_NO_LENGTH;
        return PROVIDER_HEAD + 1 + providerLength + TO_ID;
    }

    private static Slice part(Slice claims, int start, int length) {
        return Slice.of(claims.array(), claims.offset() + start, length);
    }

    /** Reads the map of the private claim; {@code cbor} is left behind it. */
    static Claims readMap(StrictCbor cbor) throws MalformedException {
        int entries = (int) cbor.readArgument(CborCursor.MAP, 1, EntryPassEncoder.AGE_BAND);
        List<Event> events = new ArrayList<>(entries);
        Age age = new Age.Unknown();
        int last = 0;
        for (int i = 0; i < entries; i++) {
            int least = i == 0 ? EntryPassEncoder.HOLDER_TAG : last + 1;
            int most = i == 0 ? EntryPassEncoder.HOLDER_TAG : EntryPassEncoder.AGE_BAND;
            last = (int) cbor.readArgument(CborCursor.UNSIGNED, least, most);
            switch (last) {
                case EntryPassEncoder.HOLDER_TAG -> cbor.skipBytes(EntryPass.TAG_BYTES);
                case EntryPassEncoder.DOSES -> readDoses(cbor, events);
                case EntryPassEncoder.RECOVERY -> events.add(readRecovery(cbor));
                case EntryPassEncoder.TEST -> events.add(readTest(cbor));
                case EntryPassEncoder.EXEMPTION -> events.add(readExemption(cbor));
                case EntryPassEncoder.AGE_BAND -> age = new Age.Band(readAgeBand(cbor));
                default -> throw MalformedException.of(Reason.PASS_INVALID);
            }
        }
        return new Claims(events, age);
    }

    private static void readDoses(StrictCbor cbor, List<Event> events) throws MalformedException {
        int doses = readArray(cbor, 1, EntryPass.MAX_BYTES);
        Vaccination before = readDose(cbor);
        events.add(before);
        for (int i = 1; i < doses; i++) {
            Vaccination dose = readDose(cbor);
            if (PassContents.OLDEST_FIRST.compare(before, dose) > 0) {
                throw MalformedException.of(Reason.PASS_INVALID);
            }
            events.add(dose);
            before = dose;
        }
    }

    private static Vaccination readDose(StrictCbor cbor) throws MalformedException {
        var _ = readArray(cbor, 4, 4);
        String product = PassCodes.PRODUCTS.read(cbor);
        int dose = (int) cbor.readArgument(CborCursor.UNSIGNED, 1, PassContents.MAX_DOSE);
        int of = (int) cbor.readArgument(CborCursor.UNSIGNED, 1, PassContents.MAX_DOSE);
        return new Vaccination(PassContents.TARGET, product, dose, of, readDay(cbor));
    }

    private static Event readRecovery(StrictCbor cbor) throws MalformedException {
        int days = readArray(cbor, 1, 2);
        LocalDate firstPositiveOn = readDay(cbor);
        Optional<LocalDate> releasedOn = days == 2 ? Optional.of(readDay(cbor)) : Optional.empty();
        return new Recovery(PassContents.TARGET, firstPositiveOn, Optional.empty(), Optional.empty(), releasedOn);
    }

    private static Event readTest(StrictCbor cbor) throws MalformedException {
        var _ = readArray(cbor, 3, 3);
        String type = PassCodes.TEST_TYPES.read(cbor);
        Instant at = Instant.ofEpochSecond(cbor.readArgument(CborCursor.UNSIGNED, 0, PassContents.MAX_SECOND));
        return new Event.Test(PassContents.TARGET, type, at, PassCodes.TEST_RESULTS.read(cbor));
    }

    private static Event readExemption(StrictCbor cbor) throws MalformedException {
        boolean ends = readArray(cbor, 0, 1) == 1;
        return new Exemption(PassContents.TARGET, ends ? Optional.of(readDay(cbor)) : Optional.empty());
    }

    private static AgeBand readAgeBand(StrictCbor cbor) throws MalformedException {
        return switch ((int) cbor.readArgument(CborCursor.UNSIGNED, 0, 2)) {
            case 0 -> AgeBand.UP_TO_17;
            case 1 -> AgeBand.EIGHTEEN;
            default -> AgeBand.ADULT;
        };
    }

    private static LocalDate readDay(StrictCbor cbor) throws MalformedException {
        return LocalDate.ofEpochDay(cbor.readArgument(CborCursor.UNSIGNED, 0, PassContents.MAX_DAY));
    }

    private static int readArray(StrictCbor cbor, int min, int max) throws MalformedException {
        return (int) cbor.readArgument(CborCursor.ARRAY, min, max);
    }
}
