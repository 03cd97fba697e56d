package io.passgate.testing;

import java.io.IOException;
import java.lang.ref.SoftReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A process with secrets in its heap, one in each kind of object and form, for whoever claims to find secrets in heaps.
 * It makes them of a seed: what was handed to it would lie about in its input's buffer as well.
 */
public final class SecretKeeper {
    private static final List<Object> KEPT = new ArrayList<>();
    private static final int LETTERS = 14;

    private SecretKeeper() {}

    public static void main(String[] arguments) throws IOException {
        long seed = Long.parseLong(arguments[0]);
        KEPT.add(secret(seed, "String", 'A'));
        KEPT.add(secret(seed, "String in Hangul", '가'));
        KEPT.add(secret(seed, "char[]", 'A').toCharArray());
        KEPT.add(new SoftReference<>(secret(seed, "soft", 'A').getBytes(StandardCharsets.US_ASCII)));
        for (String form : forms()) {
            KEPT.add(NeedleForms.of(secret(seed, form, '가')).get(form));
        }
        System.out.println("it keeps " + KEPT.size());
        var _ = System.in.read();
    }

    private static List<String> forms() {
        return List.copyOf(NeedleForms.of("가".repeat(LETTERS)).keySet());
    }

    private static String secret(long seed, String name, char first) {
        StringBuilder text = new StringBuilder();
        new Random(seed ^ name.hashCode()).ints(LETTERS, 0, 26).forEach(letter -> text.append((char) (first + letter)));
        return text.toString();
    }

    /** The secrets by where they are kept, each with the form in which it is found there. */
    public static Map<String, String> kept() {
        Map<String, String> kept = new TreeMap<>(
                Map.of("String", "raw", "String in Hangul", "UTF-16LE", "char[]", "UTF-16BE", "soft", "raw"));
        forms().forEach(form -> kept.put(form, form));
        return kept;
    }

    /** The text of one. */
    public static String secret(long seed, String name) {
        boolean isLatin = List.of("String", "char[]", "soft").contains(name);
        return secret(seed, name, isLatin ? 'A' : '가');
    }

    /** Dumps the heap of such a process. */
    public static Path heapDump(Path file, long seed) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx32m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SecretKeeper.class.getName(),
                        Long.toString(seed))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            String said = process.inputReader().readLine();
            if (said == null) {
                throw new IOException("it kept nothing");
            }
            return HeapDump.of(process, file);
        } finally {
            var _ = process.destroyForcibly();
        }
    }
}
