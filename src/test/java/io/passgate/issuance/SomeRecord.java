package io.passgate.issuance;

import io.passgate.format.hcert.Subject;
import io.passgate.registry.HealthRecord;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A holder and a record, drawn at random from all that can be certified, with an exemption or a birth year among it.
 */
public record SomeRecord(Subject subject, List<HealthRecord> entries) {
    private static final List<String> PRODUCTS =
            List.of("EU/1/20/1528", "EU/1/20/1507", "EU/1/21/1529", "EU/1/20/1525", "EU/1/21/1618", "Sputnik-V");

    private static final List<String> COUNTRIES = List.of("KR", "DE", "AX", "ZW");

    /** ASCII, accents, a combining mark, Hangul, another plane of Unicode, quotes and what JSON escapes. */
    private static final List<String> CHARACTERS =
            List.of("a", "Z", " ", "é", "Ø", "\u0301", "홍", "길", "𠮷", "'", "\"", "\\", "-", "Σ");

    private static final LocalDate FIRST_DAY = LocalDate.of(1900, 1, 1);
    private static final LocalDate LAST_DAY = LocalDate.of(2100, 12, 31);

    public static SomeRecord draw(RandomGenerator random) {
        List<HealthRecord> entries = new ArrayList<>();
        for (int i = random.nextInt(1, 5); i > 0; i--) {
            entries.add(entry(random));
        }
        return new SomeRecord(subject(random), entries);
    }

    private static Subject subject(RandomGenerator random) {
        return new Subject(
                "A" + text(List.of("A", "M", "Z", "<"), random.nextInt(80), random),
                text(List.of("B", "<"), length(random), random),
                name(random),
                name(random),
                birthDate(random));
    }

    private static Optional<String> name(RandomGenerator random) {
        return random.nextInt(5) == 0 ? Optional.empty() : Optional.of(text(CHARACTERS, length(random), random));
    }

    /** One in four is as long as may be. */
    private static int length(RandomGenerator random) {
        return random.nextInt(4) == 0 ? Subject.MAX_NAME_LENGTH : random.nextInt(Subject.MAX_NAME_LENGTH);
    }

    private static String text(List<String> characters, int length, RandomGenerator random) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(pick(characters, random));
        }
        return text.toString();
    }

    private static String birthDate(RandomGenerator random) {
        String day = FIRST_DAY.plusDays(random.nextInt(199 * 365)).toString();
        return day.substring(0, pick(List.of(0, 4, 7, 10), random));
    }

    private static HealthRecord entry(RandomGenerator random) {
        LocalDate day = day(random);
        String country = pick(COUNTRIES, random);
        return switch (random.nextInt(8)) {
            case 0 -> new HealthRecord.Exemption(Optional.of(day));
            case 1 -> new HealthRecord.BirthYear(random.nextInt(1900, 2101));
            case 2, 3 -> new HealthRecord.Recovery(day, random.nextBoolean() ? day : LAST_DAY, country);
            case 4, 5 ->
                new HealthRecord.Test(
                        random.nextBoolean() ? "LP6464-4" : "LP217198-3",
                        Instant.parse(day + "T23:59:00Z")
                                .plusNanos(random.nextBoolean() ? 0 : random.nextLong(60_000_000_000L)),
                        random.nextBoolean() ? "260415000" : "260373001",
                        country);
            default ->
                new HealthRecord.Immunization(
                        pick(PRODUCTS, random), random.nextInt(1, 100), random.nextInt(1, 100), day, country);
        };
    }

    private static LocalDate day(RandomGenerator random) {
        return switch (random.nextInt(10)) {
            case 0 -> FIRST_DAY;
            case 1 -> LAST_DAY;
            default -> LocalDate.of(2020, 12, 1).plusDays(random.nextInt(900));
        };
    }

    private static <T> T pick(List<T> from, RandomGenerator random) {
        return from.get(random.nextInt(from.size()));
    }
}
