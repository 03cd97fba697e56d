package io.passgate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The QR reader of the ZBar project, which owes nothing to the library that our codes are made with. */
public final class Zbarimg {
    /** Its name among the {@link Tools}. */
    public static final String NAME = "zbarimg";

    private Zbarimg() {}

    /** Reads QR codes from pictures, in one process: the text of each in the order of the files, each of one line. */
    public static List<String> read(List<Path> pictures) throws IOException, InterruptedException {
        return read(Tools.command(NAME), pictures);
    }

    static List<String> read(String command, List<Path> pictures) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>();
        line.add(command);
        line.addAll(List.of("--raw", "-q", "-Sdisable", "-Sqrcode.enable"));
        pictures.forEach(picture -> line.add(picture.toString()));
        Process process = new ProcessBuilder(line)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String read = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.waitFor();
        List<String> texts = read.lines().toList();
        if (status != 0) {
            throw new AssertionError("zbarimg has read " + texts.size() + " of " + pictures.size()
                    + " pictures and ended with status " + status);
        }
        return texts;
    }
}
