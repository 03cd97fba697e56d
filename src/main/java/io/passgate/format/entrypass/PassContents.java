package io.passgate.format.entrypass;

import io.passgate.codec.CborWriter;
import io.passgate.model.Event;
import io.passgate.model.Event.Exemption;
import io.passgate.model.Event.Recovery;
import io.passgate.model.Event.Vaccination;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What one entry pass carries of its holder's events; {@link EntryPassEncoder} has the rules of what is left out.
 *
 * @param doses the oldest first
 */
record PassContents(
        List<Vaccination> doses,
        Optional<Recovery> recovery,
        Optional<Event.Test> test,
        Optional<Exemption> exemption) {
    /** What every event of a pass is about, and no pass says: COVID-19 (SNOMED CT). */
    static final String TARGET = "840539006";

    /** Numbers of a dose and totals are written in one byte. */
    static final int MAX_DOSE = 23;

    /** Days since 1970 are written in three bytes at most. */
    static final int MAX_DAY = 0xffff;

    /** Seconds since 1970 are written in five bytes at most. */
    static final long MAX_SECOND = 0xffff_ffffL;

    /** The key of an entry of the map, and the head of the array behind it. */
    private static final int ENTRY_HEADS = 2;

    /** The order of doses: by day, and of one day by number. */
    static final Comparator<Vaccination> OLDEST_FIRST =
            Comparator.comparing(Vaccination::on).thenComparingInt(Vaccination::dose);

    private static final Comparator<Recovery> BY_FIRST_POSITIVE = Comparator.comparing(Recovery::firstPositiveOn);
    private static final Comparator<Exemption> BY_END =
            Comparator.comparing(exemption -> exemption.until().orElse(LocalDate.MAX));

    /**
     * Chooses from {@code events} what fits into {@code room} bytes of the map.
     *
     * @param room so many that an exemption, a recovery and any one dose fit
     */
    static PassContents fitting(List<Event> events, int room) {
        if (events.isEmpty()) {
            return new PassContents(List.of(), Optional.empty(), Optional.empty(), Optional.empty());
        }
        Optional<Exemption> exemption = last(events, Exemption.class, PassContents::canSay, BY_END);
        Optional<Recovery> recovery = last(events, Recovery.class, PassContents::canSay, BY_FIRST_POSITIVE);
        Optional<Event.Test> newestTest =
                last(events, Event.Test.class, PassContents::canSay, Comparator.comparing(Event.Test::at));
        int left = room
                - exemption.map(PassContents::size).orElse(0)
                - recovery.map(PassContents::size).orElse(0);
        List<Vaccination> doses = doses(events);
        int dosesBegin = doses.size();
        if (dosesBegin > 0) {
            left -= ENTRY_HEADS + size(doses.get(--dosesBegin));
        }
        int leftForTest = left;
        Optional<Event.Test> test = newestTest.filter(newest -> size(newest) <= leftForTest);
        left -= test.map(PassContents::size).orElse(0);
        while (dosesBegin > 0 && size(doses.get(dosesBegin - 1)) <= left) {
            left -= size(doses.get(--dosesBegin));
        }
        return new PassContents(doses.subList(dosesBegin, doses.size()), recovery, test, exemption);
    }

    private static <T extends Event> Optional<T> last(
            List<Event> events, Class<T> kind, Predicate<T> canSay, Comparator<T> order) {
        return events.stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .filter(event -> event.target().equals(TARGET) && canSay.test(event))
                .max(order);
    }

    private static List<Vaccination> doses(List<Event> events) {
        List<Vaccination> doses = new ArrayList<>(events.size());
        for (Event event : events) {
            if (event instanceof Vaccination dose && dose.target().equals(TARGET) && canSay(dose)) {
                doses.add(dose);
            }
        }
        Collections.sort(doses, OLDEST_FIRST);
        return doses;
    }

    private static boolean canSay(Vaccination dose) {
        return PassCodes.PRODUCTS.canSay(dose.product())
                && dose.dose() <= MAX_DOSE
                && dose.of() <= MAX_DOSE
                && canSay(dose.on());
    }

    private static boolean canSay(Recovery recovery) {
        return canSay(recovery.firstPositiveOn())
                && recovery.releasedOn().map(PassContents::canSay).orElse(true);
    }

    private static boolean canSay(Event.Test test) {
        return PassCodes.TEST_TYPES.canSay(test.type())
                && PassCodes.TEST_RESULTS.canSay(test.result())
                && test.at().getEpochSecond() >= 0
                && test.at().getEpochSecond() <= MAX_SECOND;
    }

    private static boolean canSay(Exemption exemption) {
        return exemption.until().map(PassContents::canSay).orElse(true);
    }

    private static boolean canSay(LocalDate day) {
        return day.toEpochDay() >= 0 && day.toEpochDay() <= MAX_DAY;
    }

    private static int size(Vaccination dose) {
        return 3 + PassCodes.PRODUCTS.size(dose.product()) + size(dose.on());
    }

    private static int size(Recovery recovery) {
        return ENTRY_HEADS
                + size(recovery.firstPositiveOn())
                + recovery.releasedOn().map(PassContents::size).orElse(0);
    }

    private static int size(Event.Test test) {
        return ENTRY_HEADS
                + PassCodes.TEST_TYPES.size(test.type())
                + CborWriter.headSize(test.at().getEpochSecond())
                + PassCodes.TEST_RESULTS.size(test.result());
    }

    private static int size(Exemption exemption) {
        return ENTRY_HEADS + exemption.until().map(PassContents::size).orElse(0);
    }

    private static int size(LocalDate day) {
        return CborWriter.headSize(day.toEpochDay());
    }
}
