package io.passgate.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.stream.Stream;

/** What figures were measured on, for the line below each table. */
public final class Machine {
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

    private Machine() {}

    /** CPU, cores, JDK, date and how busy the machine was with other work a moment ago. */
    public static String line() {
        return "%s, %d cores, JDK %s, %s; load average before the run %.2f"
                .formatted(
                        cpu(),
                        Runtime.getRuntime().availableProcessors(),
                        Runtime.version(),
                        LocalDate.now(ZoneOffset.UTC),
                        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    private static String cpu() {
        try (Stream<String> lines = Files.lines(CPU_INFO)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException elsewhere) {
            return System.getProperty("os.arch");
        }
    }
}
