package io.passgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.testing.Passgate;
import io.passgate.testing.ServingProcess;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The caches of classes that the build makes are used where they fit; where not, nobody notices. */
final class CachesOfClassesIT {
    private static final Path TRAINING = Passgate.home().resolve("lib/training");
    private static final String[] VERIFY = {
        "verify",
        "--at",
        "2021-09-01T00:00:00Z",
        "--trust",
        TRAINING.resolve("signer.pem").toString(),
        TRAINING.resolve("lines.txt").toString()
    };
    private static final String LOG = "-Xlog:class+load:file=";

    @TempDir
    private Path scratch = Path.of("");

    private static Path cache(Path home, String name) {
        return home.resolve("lib/aot").resolve(name + ".aot");
    }

    /** Whether classes of ours came out of a cache; the JDK's do so without one. */
    private static boolean isUsed(Path classes) throws IOException {
        try (Stream<String> lines = Files.lines(classes)) {
            return lines.anyMatch(line -> line.contains(" io.passgate.") && line.contains("shared objects file"));
        }
    }

    /** Verifies by a layout, which has to work and be silent; whether it took classes from its cache. */
    private boolean verifies(Path home, String variable, String options) throws IOException, InterruptedException {
        Path classes = scratch.resolve("classes");
        Map<String, String> environment = variable.equals("PASSGATE_JAVA_OPTS")
                ? Map.of(variable, options + " " + LOG + classes)
                : Map.of(variable, options, "PASSGATE_JAVA_OPTS", LOG + classes);
        Passgate.Run run = Passgate.run(home, scratch, environment, "", VERIFY);
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out())
                .hasSameSizeAs(Files.readAllLines(TRAINING.resolve("lines.txt")))
                .allMatch(line -> line.startsWith("{\"id\":"));
        assertThat(run.err()).isEqualTo(variable.equals("JAVA_TOOL_OPTIONS") ? pickedUp(options) : "");
        return isUsed(classes);
    }

    /** What the JVM says of that variable, whatever stands in it. */
    private static String pickedUp(String options) {
        return "Picked up JAVA_TOOL_OPTIONS: " + options + System.lineSeparator();
    }

    private boolean verifies(Path home) throws IOException, InterruptedException {
        return verifies(home, "PASSGATE_JAVA_OPTS", "");
    }

    /** All that a command needs of the layout, with the times that the caches ask for. */
    private Path copy() throws IOException {
        Path home = Passgate.home();
        Path copy = scratch.resolve("copy");
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.toList()) {
                Path to = copy.resolve(home.relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectories(to);
                } else {
                    Files.copy(file, to, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
        return copy;
    }

    @Test
    void aCommand_takesItsClassesFromTheCache() throws IOException, InterruptedException {
        assertThat(cache(Passgate.home(), "command")).isNotEmptyFile();
        assertThat(verifies(Passgate.home())).isTrue();
    }

    @Test
    void serve_takesItsClassesFromTheCache_andAnswersWithout() throws IOException, InterruptedException {
        assertThat(cache(Passgate.home(), "serve")).isNotEmptyFile();
        assertThat(serves("")).isTrue();
        assertThat(serves("-XX:+UseSerialGC")).isFalse();
        assertThat(serves("-Xshare:off")).isFalse();
    }

    private boolean serves(String options) throws IOException, InterruptedException {
        Path config = Files.writeString(scratch.resolve("passgate.yaml"), """
                http: {host: 127.0.0.1, port: 0}
                management: {port: 0}
                trust: {sources: ["%s"]}
                policies: "%s"
                """.formatted(
                        TRAINING.resolve("signer.pem").toAbsolutePath(),
                        Passgate.home().resolve("config/policies").toAbsolutePath()));
        Path classes = scratch.resolve("classes");
        Path log = scratch.resolve("log");
        try (ServingProcess gateway = new ServingProcess(config, log, options + " " + LOG + classes)) {
            gateway.stop();
            assertThat(gateway.hasEnded(Duration.ofMinutes(1))).isTrue();
        }
        assertThat(Files.readString(log)).doesNotContain("[aot", "[cds", "AOT", "CDS");
        return isUsed(classes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-Xmx200m",
                "-XX:MaxRAMPercentage=50",
                "-XX:ActiveProcessorCount=1",
                "-Dpassgate.something=1",
                "-XX:TieredStopAtLevel=1",
            })
    void optionsThatDoNotConcernIt_leaveItInUse(String options) throws IOException, InterruptedException {
        assertThat(verifies(Passgate.home(), "PASSGATE_JAVA_OPTS", options)).isTrue();
        assertThat(verifies(Passgate.home(), "JAVA_TOOL_OPTIONS", options)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-XX:+UseG1GC",
                "-XX:+UseParallelGC",
                "-XX:+UseZGC",
                "-Xshare:off",
                "-Xshare:auto",
                "-XX:AOTMode=off",
                "-XX:-UseCompressedOops",
                "--limit-modules=java.se,jdk.unsupported,jdk.crypto.ec,jdk.management",
                "-Xbootclasspath/a:none.jar",
                "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,quiet=y,address=127.0.0.1:0",
            })
    void optionsThatItDoesNotGoWith_work(String options) throws IOException, InterruptedException {
        var _ = verifies(Passgate.home(), "PASSGATE_JAVA_OPTS", options);
        var _ = verifies(Passgate.home(), "JAVA_TOOL_OPTIONS", options);
    }

    @Test
    void aCopyOfTheLayout_works_withNoFileInItChanged() throws IOException, InterruptedException {
        Path copy = copy();
        List<String> before = listing(copy);
        var _ = verifies(copy);
        assertThat(listing(copy)).isEqualTo(before);
        touch(copy, "picocli");
        assertThat(verifies(copy)).isFalse();
        touch(copy, "");
        assertThat(verifies(copy)).isFalse();
    }

    private static List<String> listing(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(file -> file + " " + file.toFile().lastModified() + " "
                            + file.toFile().length())
                    .sorted()
                    .toList();
        }
    }

    /** The jars whose names begin so are of another time. */
    private static void touch(Path home, String name) throws IOException {
        try (Stream<Path> files = Files.walk(home.resolve("lib"))) {
            for (Path jar : files.filter(file -> file.toString().endsWith(".jar"))
                    .filter(file -> file.getFileName().toString().startsWith(name))
                    .toList()) {
                Files.setLastModifiedTime(jar, FileTime.from(Instant.parse("2021-07-12T00:00:00Z")));
            }
        }
    }

    @Test
    void aCacheThatIsNone_isNotUsed() throws IOException, InterruptedException {
        Path copy = copy();
        Path cache = cache(copy, "command");
        byte[] whole = Files.readAllBytes(cache);
        for (int length : new int[] {0, 1, 100, 4_096, whole.length / 2}) {
            try (RandomAccessFile file = new RandomAccessFile(cache.toFile(), "rw")) {
                file.setLength(length);
            }
            assertThat(verifies(copy)).as("%d bytes", length).isFalse();
            Files.write(cache, whole);
        }
        Files.write(cache, Arrays.copyOf(whole, whole.length - 1));
        var _ = verifies(copy);
        Files.writeString(cache, "no cache\n".repeat(1_000));
        assertThat(verifies(copy)).isFalse();
        Files.delete(cache);
        assertThat(verifies(copy)).isFalse();
        Files.createDirectory(cache);
        assertThat(verifies(copy)).isFalse();
    }

    @Test
    void aCacheOfAnotherJdk_isNotUsed() throws IOException, InterruptedException {
        Path copy = copy();
        Path cache = cache(copy, "command");
        byte[] whole = Files.readAllBytes(cache);
        byte[] version = System.getProperty("java.vm.version").getBytes(StandardCharsets.US_ASCII);
        int at = new String(whole, 0, 4_096, StandardCharsets.ISO_8859_1)
                .indexOf(new String(version, StandardCharsets.ISO_8859_1));
        assertThat(at).as("the JVM's version in the header").isPositive();
        whole[at] ^= 1;
        Files.write(cache, whole);
        assertThat(verifies(copy)).isFalse();
    }

    @Test
    void theJarsWithoutSignatures_holdTheSameClasses() throws IOException {
        Path unsigned = Passgate.home().resolve("lib/unsigned");
        try (Stream<Path> jars = Files.list(unsigned)) {
            List<Path> all = jars.sorted().toList();
            assertThat(all).hasSize(4);
            for (Path jar : all) {
                assertThat(JarContent.of(jar).withoutSignature())
                        .isEqualTo(JarContent.of(Passgate.home().resolve("lib").resolve(jar.getFileName()))
                                .withoutSignature());
                assertThat(JarContent.of(jar).signatures()).isEmpty();
            }
        }
        try (Stream<Path> jars = Files.list(Passgate.home().resolve("lib"))) {
            for (Path jar :
                    jars.filter(file -> file.toString().endsWith(".jar")).toList()) {
                assertThat(JarContent.of(jar).signatures().isEmpty())
                        .as("%s has a signature exactly when it has a twin without", jar)
                        .isEqualTo(!Files.exists(unsigned.resolve(jar.getFileName())));
            }
        }
    }
}
