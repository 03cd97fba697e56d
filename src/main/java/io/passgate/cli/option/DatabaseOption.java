package io.passgate.cli.option;

import io.passgate.app.Administration;
import io.passgate.app.config.Config;
import io.passgate.app.config.ConfigFile;
import io.passgate.app.config.InvalidConfig;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The database a command works on: that of a gateway's configuration. */
public final class DatabaseOption {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The gateways' configuration, which names the database (default: config/passgate.yaml of the "
                    + "installation).")
    private @Nullable Path config;

    /** For picocli. */
    public DatabaseOption() {}

    /**
     * A configuration that was read.
     *
     * @param config as the file says
     * @param folder that its relative paths start from
     */
    public record Read(Config config, Path folder) {}

    /**
     * {@return the configuration}
     *
     * @throws IOException if it cannot be read
     * @throws UsageException if what it says is wrong
     */
    public Read read() throws IOException, UsageException {
        Path file = config == null ? Home.config().resolve("passgate.yaml") : config;
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new UsageException(file + " is not a file");
        }
        try {
            return new Read(ConfigFile.read(file), folder);
        } catch (InvalidConfig wrong) {
            throw new UsageException(String.valueOf(wrong.getMessage()));
        }
    }

    /**
     * {@return the database, with its schema up to date}
     *
     * @throws IOException if the configuration or a file it names cannot be read
     * @throws UsageException if what it says is wrong
     */
    public Administration open() throws IOException, UsageException {
        Read read = read();
        try {
            return Administration.open(read.config, read.folder);
        } catch (InvalidConfig wrong) {
            throw new UsageException(String.valueOf(wrong.getMessage()));
        }
    }
}
