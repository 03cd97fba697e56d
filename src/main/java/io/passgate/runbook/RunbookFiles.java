package io.passgate.runbook;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the files of the page of operations that are made of others. */
public final class RunbookFiles {
    private RunbookFiles() {}

    /**
     * Runs once in each build.
     *
     * @param arguments the chapter, the rules, and the folder that is written to
     * @throws IOException if one of them cannot be read or written
     */
    public static void main(String[] arguments) throws IOException {
        String chapter = Files.readString(Path.of(arguments[0]));
        String rules = Files.readString(Path.of(arguments[1]));
        Path folder = Files.createDirectories(Path.of(arguments[2]));
        var _ = Files.writeString(folder.resolve("chapter.html"), ChapterPage.of(chapter));
        var _ = Files.writeString(folder.resolve("alarm-rules.js"), AlarmRules.script(rules));
    }
}
