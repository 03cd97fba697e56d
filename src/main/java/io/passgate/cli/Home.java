package io.passgate.cli;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where Passgate is laid out: the folder with {@code bin}, {@code lib} and {@code config}. */
public final class Home {
    private Home() {}

    /** The folder {@code config}: the layout's, or that of the working folder when run from the sources. */
    public static Path config() {
        String home = System.getProperty("passgate.home", "");
        Path laidOut = Path.of(home, "config");
        return !home.isEmpty() && Files.isDirectory(laidOut) ? laidOut : Path.of("config");
    }
}
