package io.passgate.sizing;

import io.passgate.sizing.MeasuredFigures.RedisFootprint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A sizing as an operator reads it in a terminal: the arithmetic line by line, and what is needed at its end, where a
 * terminal shows it.
 */
public final class SizingSheet {
    private static final String ROUNDED_UP = ", rounded up";

    private final Sizing sizing;
    private final CountryLoad country;
    private final MachineChoice machines;
    private final MeasuredFigures figures;

    /**
     * Creates the sheet of one sizing.
     *
     * @param sizing what is printed
     */
    public SizingSheet(Sizing sizing) {
        this.sizing = sizing;
        this.country = sizing.country();
        this.machines = sizing.machines();
        this.figures = sizing.figures();
    }

    /** {@return the lines, in ASCII} */
    public List<String> lines() {
        List<SheetSection> sections = new ArrayList<>(List.of(load(), doors()));
        if (country.passesPerSecond() > 0) {
            sections.add(issuing());
        }
        sections.add(redis());
        sizing.redisMasters().ifPresent(masters -> sections.add(redisMemory(masters)));
        sections.add(postgresql());
        sections.add(disk());
        int arithmetic =
                sections.stream().mapToInt(SheetSection::arithmeticWidth).max().orElse(0);
        int result = sections.stream().mapToInt(SheetSection::resultWidth).max().orElse(0);
        List<String> lines = new ArrayList<>();
        lines.add("Figures of " + figures.measuredOn() + ", of " + figures.machine()
                + ". Yours differ: bench/run.sh measures them.");
        for (SheetSection section : sections) {
            lines.add("");
            lines.addAll(section.text(arithmetic, result));
        }
        lines.add("");
        lines.addAll(assumed());
        lines.add("");
        lines.addAll(needed());
        return lines;
    }

    private SheetSection load() {
        SheetSection load = new SheetSection("Load")
                .line(
                        people(country.population()) + " x " + PlainNumber.of(country.coverage()) + " x "
                                + PlainNumber.of(country.visits()) + " visits",
                        number(country.visitsADay()),
                        "visits a day")
                .line(
                        number(country.visitsADay()) + " x " + PlainNumber.of(country.peakShare()),
                        number(country.visitsInPeakHour()),
                        "visits in the peak hour")
                .line(
                        number(country.visitsInPeakHour()) + " / 3,600 s x " + PlainNumber.of(country.peakFactor()),
                        number(country.checkInsPerSecond()),
                        "check-ins/s in the busiest minutes");
        return country.passesPerSecond() == 0
                ? load
                : load.line(
                        number(country.checkInsPerSecond()) + " x " + PlainNumber.of(country.passesPerVisit())
                                + " passes a visit",
                        number(country.passesPerSecond()),
                        "passes/s");
    }

    private String perSecond(long microseconds) {
        return number(country.checkInsPerSecond()) + " x " + number(microseconds) + " us";
    }

    /** From cores at work to gateways of which one may fail. */
    private SheetSection gateways(SheetSection section, String cores, long fewest) {
        return section.line(
                        cores + " / " + PlainNumber.of(machines.load()) + " load / " + cores(machines.cores())
                                + ROUNDED_UP,
                        number(fewest),
                        fewest == 1 ? "gateway" : "gateways")
                .line(
                        number(fewest) + " + " + Sizing.SPARE + ", so that one may fail",
                        number(fewest + Sizing.SPARE),
                        gatewaysOf());
    }

    private String gatewaysOf() {
        return "gateways of " + cores(machines.cores());
    }

    private static String cores(long count) {
        return number(count) + (count == 1 ? " core" : " cores");
    }

    private SheetSection doors() {
        String cores = PlainNumber.rounded(sizing.doorCores());
        SheetSection doors = new SheetSection("Gateways at doors that send "
                        + (machines.inBatches() ? "batches of " + MeasuredFigures.BATCH : "one by one"))
                .line(perSecond(sizing.cost().gatewayUs()), cores, "cores at work");
        return gateways(doors, cores, sizing.fewestDoorGateways());
    }

    private SheetSection issuing() {
        String cores = PlainNumber.rounded(sizing.issuingCores());
        SheetSection issuing = new SheetSection("Gateways that issue passes, of their own")
                .line(
                        number(country.passesPerSecond()) + " / " + number(figures.passesPerCore())
                                + " a core and second",
                        cores,
                        "cores at work, stores included");
        return gateways(issuing, cores, sizing.fewestIssuingGateways());
    }

    private SheetSection redis() {
        String cores = PlainNumber.rounded(sizing.redisCores());
        SheetSection redis = new SheetSection("Redis, each master on one thread")
                .line(perSecond(sizing.cost().redisUs()), cores, "cores at work");
        Optional<RedisMasters> masters = sizing.redisMasters();
        if (masters.isEmpty()) {
            return redis.line(
                    cores + " x " + shards(RedisMasters.SHARDS) + " shards",
                    PlainNumber.rounded(RedisMasters.onFullest(sizing.redisCores(), RedisMasters.SHARDS)),
                    "cores on each of " + RedisMasters.SHARDS + " masters, and may be "
                            + PlainNumber.of(machines.load()));
        }
        int needed = masters.get().needed();
        redis.line(
                cores + " x " + shards(needed) + " shards on the fullest",
                PlainNumber.rounded(RedisMasters.onFullest(sizing.redisCores(), needed)),
                "cores at most with " + masters(needed));
        int count = masters.get().count();
        return count == needed
                ? redis
                : redis.line("of a cluster, which has " + count + " at least", number(count), "masters");
    }

    private static String masters(int count) {
        return number(count) + (count == 1 ? " master" : " masters");
    }

    private static String shards(int masters) {
        return RedisMasters.shardsOnFullest(masters) + "/" + RedisMasters.SHARDS;
    }

    private SheetSection redisMemory(RedisMasters masters) {
        RedisFootprint bytes = figures.redis();
        String all = PlainNumber.bytes(
                sizing.usedPassBytes().add(sizing.requestBytes()).add(sizing.waitingBytes()));
        return new SheetSection("Memory of Redis")
                .bytes(
                        number(country.checkInsPerSecond()) + " x " + Sizing.USED_PASS_SECONDS + " s x "
                                + number(bytes.usedPassBytes()) + " B",
                        PlainNumber.bytes(sizing.usedPassBytes()),
                        "of used passes")
                .bytes(
                        number(sizing.requestsPerSecond()) + " x " + Sizing.REQUEST_SECONDS + " s x "
                                + number(bytes.requestBytes()) + " B",
                        PlainNumber.bytes(sizing.requestBytes()),
                        "of requests")
                .bytes(
                        number(sizing.visitsInOutage()) + " in " + number(machines.outageMinutes()) + " min x "
                                + number(bytes.waitingVisitBytes()) + " B",
                        PlainNumber.bytes(sizing.waitingBytes()),
                        "of visits while PostgreSQL is away")
                .bytes(
                        all + " x 2 x " + shards(masters.count()) + " shards on the fullest",
                        PlainNumber.bytes(RedisMasters.onFullest(sizing.redisBytes(), masters.count())),
                        "of memory for each master");
    }

    private SheetSection postgresql() {
        String cores = PlainNumber.rounded(sizing.postgresqlCores());
        return new SheetSection("PostgreSQL")
                .line(perSecond(sizing.cost().postgresqlUs()), cores, "cores at work")
                .line(
                        cores + " / " + PlainNumber.of(machines.load()) + " load" + ROUNDED_UP,
                        number(sizing.postgresqlCoresNeeded()),
                        sizing.postgresqlCoresNeeded() == 1 ? "core" : "cores")
                .line("a row for each visit", number(country.visitsADay()), "rows a day")
                .line(
                        number(country.visitsADay()) + " x " + Sizing.DAYS + " days",
                        number(sizing.rowsKept()),
                        "rows kept");
    }

    private SheetSection disk() {
        return new SheetSection("Disk of PostgreSQL")
                .bytes(
                        number(sizing.rowsKept()) + " x ("
                                + number(figures.visit().rowBytes()) + " + "
                                + number(figures.visit().indexBytes()) + ") B",
                        PlainNumber.bytes(sizing.visitBytes()),
                        "of visits, rows and indexes")
                .bytes(
                        people(country.holders()) + " x " + number(figures.holderBytes()) + " B",
                        PlainNumber.bytes(sizing.holderBytes()),
                        "of records, consents, audit")
                .bytes(
                        number(sizing.visitsInOutage()) + " in " + number(machines.outageMinutes()) + " min x "
                                + number(figures.visit().walBytes()) + " B",
                        PlainNumber.bytes(sizing.walRowBytes()),
                        "of WAL while a standby is away")
                .bytes(
                        number(sizing.checkpointsInOutage()) + " checkpoints x "
                                + PlainNumber.bytes(sizing.indexBytesOfADay()) + " of a day's indexes",
                        PlainNumber.bytes(sizing.walPageBytes()),
                        "of whole pages in that WAL, at most")
                .bytes("in all", PlainNumber.bytes(sizing.diskBytes()), "of disk, the same for each standby")
                .bytes(
                        "2 x (" + number(sizing.visitsBetweenCheckpoints()) + " in " + Sizing.CHECKPOINT_MINUTES
                                + " min x " + number(figures.visit().walBytes()) + " B + "
                                + PlainNumber.bytes(sizing.indexBytesOfADay()) + ")",
                        PlainNumber.bytes(sizing.maxWalBytes()),
                        "for max_wal_size, at least");
    }

    private List<String> needed() {
        List<String> needed = new ArrayList<>(List.of("Needed for " + people(country.population())));
        needed.add("  doors        " + number(sizing.doorGateways()) + " " + gatewaysOf());
        if (country.passesPerSecond() > 0) {
            needed.add("  issuing      " + number(sizing.issuingGateways()) + " " + gatewaysOf());
        }
        needed.add("  Redis        "
                + sizing.redisMasters().map(this::redisNeeded).orElse("more than one installation has"));
        needed.add("  PostgreSQL   " + cores(sizing.postgresqlCoresNeeded()) + ", " + number(country.visitsADay())
                + " rows a day, " + PlainNumber.bytes(sizing.diskBytes()) + " of disk, and a standby like it");
        return needed;
    }

    private String redisNeeded(RedisMasters masters) {
        return masters(masters.count()) + " with "
                + PlainNumber.bytes(RedisMasters.onFullest(sizing.redisBytes(), masters.count()))
                + " of memory, and a replica of each";
    }

    private static List<String> assumed() {
        return List.of(
                "Assumed",
                "  Redis takes twice the memory while a fork rewrites its file. Its figures are of one server: in a",
                "  cluster scripts are smaller and cost more. With more than 4 masters place the 16 shards by hand.",
                "  PostgreSQL makes a checkpoint every 5 minutes, not by size; the first change to a page after it",
                "  writes it whole. Each holder has two records, a consent and a device.",
                "Not counted",
                "  verification without check-ins, wallet certificates, signers, revocations, tokens, used device",
                "  proofs, backups, archived WAL, free space, the operating systems.");
    }

    private static String people(long count) {
        return number(count) + (count == 1 ? " person" : " people");
    }

    private static String number(long value) {
        return PlainNumber.of(value);
    }
}
