package io.passgate.cli;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where Passgate is laid out: the folder with {@code bin}, {@code lib} and {@code config}. */
public final class Home {
    private Home() {}

    /** The folder {@code config}: the layout's, or that of the working folder when run from the sources. */
    public static Path config() {
        return folder().resolve("config");
    }

    /** A folder beside the layout; in a build that is in {@code target}. */
    public static Path beside(String name) {
        return folder().toAbsolutePath().resolveSibling(name);
    }

    /** How somebody in {@code workingFolder} calls this installation. */
    public static String command(Path workingFolder) {
        Path script = folder().toAbsolutePath().normalize().resolve("bin").resolve("passgate");
        return (script.startsWith(workingFolder) ? workingFolder.relativize(script) : script).toString();
    }

    private static Path folder() {
        String home = System.getProperty("passgate.home", "");
        return !home.isEmpty() && Files.isDirectory(Path.of(home, "config")) ? Path.of(home) : Path.of("");
    }
}
