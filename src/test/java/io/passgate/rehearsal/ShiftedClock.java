package io.passgate.rehearsal;

import io.passgate.app.Gateway;
import io.passgate.app.config.ConfigFile;
import io.passgate.testing.Passgate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The clock of one gateway, which is set while that runs. What counts the time that passes is left alone. */
public final class ShiftedClock {
    private static final int LOOKING_MS = 50;

    private static volatile Duration ahead = Duration.ZERO;

    private final Path file;

    /** One that is right. */
    public ShiftedClock(Path file) throws IOException {
        this.file = file.toAbsolutePath();
        Files.createDirectories(this.file.getParent());
        set(0);
    }

    /** Sets it so far ahead of the right time, at once. */
    public void set(int seconds) throws IOException {
        Path next = Files.writeString(file.resolveSibling("next-clock"), Integer.toString(seconds));
        var _ = Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * What stands for {@code bin/passgate}, as {@link GatewayNode} calls it.
     *
     * @param javaOptions of its JVM
     */
    public List<String> program(String javaOptions) {
        List<String> options = new ArrayList<>(List.of(javaOptions.split(" ")));
        options.addAll(List.of("--add-modules", "jdk.incubator.vector"));
        return Passgate.java(options, ShiftedClock.class, file.toString());
    }

    /** Takes the file, and then what {@code bin/passgate} takes: {@code serve --config FILE}. */
    public static void main(String[] arguments) throws IOException {
        Path file = Path.of(arguments[0]);
        Path config = Path.of(arguments[3]);
        var _ = Thread.ofPlatform().daemon().start(() -> look(file));
        Gateway.start(
                        ConfigFile.read(config),
                        config.resolveSibling(""),
                        false,
                        () -> Instant.now().plus(ahead))
                .stopWithProcess();
    }

    private static void look(Path file) {
        try {
            while (true) {
                ahead = Duration.ofSeconds(Long.parseLong(Files.readString(file)));
                TimeUnit.MILLISECONDS.sleep(LOOKING_MS);
            }
        } catch (IOException | InterruptedException gone) {
            Thread.currentThread().interrupt();
        }
    }
}
