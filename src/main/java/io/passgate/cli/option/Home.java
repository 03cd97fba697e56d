package io.passgate.cli.option;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where Passgate is laid out: the folder with {@code bin}, {@code lib} and {@code config}. */
public final class Home {
    private Home() {}

    /** {@return the folder {@code config}: the layout's, or that of the working folder when run from the sources} */
    public static Path config() {
        return folder().resolve("config");
    }

    /**
     * {@return a folder beside the layout; in a build that is in {@code target}} It need not be there.
     *
     * @param name of the folder
     */
    public static Path beside(String name) {
        return folder().toAbsolutePath().resolveSibling(name);
    }

    /**
     * {@return how somebody calls this installation: the path of its script}
     *
     * @param workingFolder where they are; the path is relative to it if the script is below it
     */
    public static String command(Path workingFolder) {
        Path script = folder().toAbsolutePath().normalize().resolve("bin").resolve("passgate");
        return (script.startsWith(workingFolder) ? workingFolder.relativize(script) : script).toString();
    }

    private static Path folder() {
        String home = System.getProperty("passgate.home", "");
        return !home.isEmpty() && Files.isDirectory(Path.of(home, "config")) ? Path.of(home) : Path.of("");
    }
}
