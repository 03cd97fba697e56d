package io.passgate.testing.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.passgate.NotRun;
import io.passgate.testing.Passgate;
import io.passgate.testing.api.RunningApi;
import io.passgate.testing.compose.ChapterPlay.Step;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The chapter on containers, from nothing to a pass let in, on what the Compose file says. */
final class ComposeIT {
    private static final Path CHAPTER = Path.of("src/site/markdown/containers.md");

    /** What was asked and answered the last time. */
    private static final Path TRANSCRIPT = Path.of("target/compose").toAbsolutePath();

    private static final List<String> TOOLS = List.of("bash", "curl", "openssl");

    @Test
    void fromNothingToAPassLetIn_asTheChapterSaysIt(@TempDir Path folder) throws Exception {
        for (String tool : TOOLS) {
            boolean isThere = isOnPath(tool);
            if (!isThere) {
                NotRun.tell(tool);
            }
            assumeTrue(isThere, tool);
        }
        Path clone = Files.createDirectory(folder.resolve("clone"));
        copy(Path.of("docker"), clone.resolve("docker"), "secrets");
        Path work = Files.createDirectory(folder.resolve("work"));
        ComposeFile file = ComposeFile.read(clone.resolve("docker/compose.yaml"));
        TestPorts ports = new TestPorts(file);
        Path bin = Files.createDirectory(folder.resolve("bin"));
        try (ComposeEngine engine = new ComposeEngine(
                        file,
                        ImageFile.read(Path.of("docker/Dockerfile")),
                        layout(folder.resolve("image")),
                        work,
                        ports);
                DockerCommand _ = new DockerCommand(engine, bin)) {
            ChapterPlay chapter = ChapterPlay.read(CHAPTER);
            List<String> answers =
                    chapter.play(clone, bin, Files.createDirectories(TRANSCRIPT).resolve("log"), ports::here);
            for (int i = 0; i < answers.size(); i++) {
                Step step = chapter.steps().get(i);
                assertThat(ChapterPlay.isAs(step, answers.get(i)))
                        .as("%s answered %s instead of %s", step.commands(), answers.get(i), step.answer())
                        .isTrue();
            }
            assertThat(chapter.steps()).hasSizeGreaterThan(10);
            secretsAreTheirOwners(engine);
            noSecretIsLogged(engine);
            nothingElseIsWritten(engine);
            isWritten(engine.places("gateway-1").at("/data/snapshot"));
            isWritten(engine.places("gateway-2").at("/data/audit-heads"));
        }
    }

    /** Every 10 s a gateway keeps what it has learned. */
    private static void isWritten(Path file) {
        RunningApi.until(() -> {
            try {
                return Files.exists(file) && Files.size(file) > 0;
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        });
    }

    private static boolean isOnPath(String tool) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
    }

    private static void secretsAreTheirOwners(ComposeEngine engine) throws IOException {
        for (String folder : List.of("/secrets", "/tokens")) {
            List<Path> files = files(engine.places("init").at(folder));
            assertThat(files).hasSizeGreaterThan(3);
            for (Path file : files) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .as(file.toString())
                        .isEqualTo("rw-------");
            }
        }
    }

    private static void noSecretIsLogged(ComposeEngine engine) throws IOException {
        for (String service : List.of("init", "gateway-1", "gateway-2")) {
            String log = Files.readString(engine.log(service));
            assertThat(log).isNotEmpty();
            for (String folder : List.of("/secrets", "/tokens")) {
                for (Path secret : files(engine.places("init").at(folder))) {
                    if (Files.size(secret) > 0 && !secret.toString().endsWith(".p12")) {
                        Files.readString(secret)
                                .lines()
                                .filter(line -> !line.startsWith("-----"))
                                .forEach(line ->
                                        assertThat(log).as(secret.toString()).doesNotContain(line));
                    }
                }
            }
        }
    }

    /** A container's root is read-only. */
    private static void nothingElseIsWritten(ComposeEngine engine) throws IOException {
        Path installation = engine.places("gateway-1").at("/opt/passgate");
        assertThat(files(installation).stream().map(Path::getFileName).map(Path::toString))
                .containsExactlyInAnyOrder("bin", "config", "lib");
        assertThat(files(installation.resolveSibling("work")).stream()
                        .filter(Files::isDirectory)
                        .map(Path::getFileName)
                        .map(Path::toString))
                .containsExactlyInAnyOrder("volumes", "logs", "init", "gateway-1", "gateway-2");
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    private static void copy(Path from, Path to, String leftOut) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            files.filter(file -> !file.startsWith(from.resolve(leftOut))).forEach(file -> {
                try {
                    var _ = Files.copy(file, to.resolve(from.relativize(file)));
                } catch (IOException failed) {
                    throw new UncheckedIOException(failed);
                }
            });
        }
    }

    /** The installation as the image has it: without the demonstration. */
    private static Path layout(Path image) throws IOException {
        Path home = Passgate.script().resolveSibling("..").normalize();
        var _ = Files.createDirectory(image);
        for (String part : List.of("bin", "config")) {
            copy(home.resolve(part), image.resolve(part), "nothing");
        }
        Path lib = Files.createDirectory(image.resolve("lib"));
        for (Path jar : files(home.resolve("lib"))) {
            if (Files.isRegularFile(jar)) {
                var _ = Files.createSymbolicLink(lib.resolve(jar.getFileName()), jar);
            }
        }
        return image;
    }
}
