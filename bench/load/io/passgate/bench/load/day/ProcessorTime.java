package io.passgate.bench.load.day;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Processor time of gateways and of stores, as the system counts it.
 *
 * @param gatewaysNs of all gateways, their compilers among them
 * @param compilersNs of the gateways' compilers
 * @param storesNs of all processes of the stores that there are
 * @param atNs when it was looked at, or the time between two looks
 */
record ProcessorTime(long gatewaysNs, long compilersNs, long storesNs, long atNs) {
    private static final double NS_PER_SECOND = 1e9;

    /** Up to now. */
    static ProcessorTime of(List<ProcessHandle> gateways, List<ProcessHandle> stores) throws IOException {
        long compilersNs = 0;
        for (ProcessHandle gateway : gateways) {
            compilersNs += compilersNs(gateway.pid());
        }
        return new ProcessorTime(
                gateways.stream().mapToLong(ProcessorTime::ns).sum(),
                compilersNs,
                stores.stream().mapToLong(ProcessorTime::ns).sum(),
                System.nanoTime());
    }

    /** Of a process and of those that it has now. */
    private static long ns(ProcessHandle process) {
        return Stream.concat(Stream.of(process), process.descendants())
                .map(ProcessHandle::info)
                .map(ProcessHandle.Info::totalCpuDuration)
                .mapToLong(taken -> taken.map(Duration::toNanos).orElse(0L))
                .sum();
    }

    private static long compilersNs(long pid) throws IOException {
        long ns = 0;
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc/" + pid + "/task"))) {
            for (Path thread : threads) {
                if (Files.readString(thread.resolve("comm")).matches("C[12] Compiler.*\\s*")) {
                    ns += Long.parseLong(
                            Files.readString(thread.resolve("schedstat")).split(" ")[0]);
                }
            }
        }
        return ns;
    }

    ProcessorTime since(ProcessorTime before) {
        return new ProcessorTime(
                gatewaysNs - before.gatewaysNs,
                Math.max(0, compilersNs - before.compilersNs),
                storesNs - before.storesNs,
                atNs - before.atNs);
    }

    ProcessorTime plus(ProcessorTime other) {
        return new ProcessorTime(
                gatewaysNs + other.gatewaysNs,
                compilersNs + other.compilersNs,
                storesNs + other.storesNs,
                atNs + other.atNs);
    }

    double compilingShare() {
        return (double) compilersNs / gatewaysNs;
    }

    double compilingCores() {
        return (double) compilersNs / atNs;
    }

    /** What gateways took beyond what they take at rest, and without their compilers. */
    double gatewaySeconds(double idleCores) {
        return (gatewaysNs - compilersNs - idleCores * atNs) / NS_PER_SECOND;
    }

    double storeSeconds(double idleCores) {
        return (storesNs - idleCores * atNs) / NS_PER_SECOND;
    }

    double gatewayCores() {
        return (double) (gatewaysNs - compilersNs) / atNs;
    }

    double storeCores() {
        return (double) storesNs / atNs;
    }
}
