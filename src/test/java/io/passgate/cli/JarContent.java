package io.passgate.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** A jar's entries, each with the check sum of what it holds. */
record JarContent(NavigableMap<String, Long> sums) {
    private static final Pattern SIGNATURE = Pattern.compile("META-INF/[^/]+\\.(SF|RSA|DSA|EC)");
    private static final String MANIFEST = "META-INF/MANIFEST.MF";

    static JarContent of(Path jar) throws IOException {
        NavigableMap<String, Long> sums = new TreeMap<>();
        try (ZipFile file = new ZipFile(jar.toFile())) {
            Enumeration<? extends ZipEntry> entries = file.entries();
            while (entries.hasMoreElements()) {
                ZipEntry entry = entries.nextElement();
                if (!entry.isDirectory()) {
                    var _ = sums.put(entry.getName(), sum(file, entry));
                }
            }
        }
        return new JarContent(sums);
    }

    private static long sum(ZipFile file, ZipEntry entry) {
        CRC32 sum = new CRC32();
        try (var in = file.getInputStream(entry)) {
            sum.update(in.readAllBytes());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return sum.getValue();
    }

    List<String> signatures() {
        return sums.keySet().stream().filter(SIGNATURE.asMatchPredicate()).toList();
    }

    /** All but what the signature is in: its files, and the manifest with a digest of each entry. */
    NavigableMap<String, Long> withoutSignature() {
        NavigableMap<String, Long> rest = new TreeMap<>(sums);
        signatures().forEach(rest::remove);
        var _ = rest.remove(MANIFEST);
        return rest;
    }
}
