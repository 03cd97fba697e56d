package io.passgate.app;

import io.passgate.trust.Rejection;
import io.passgate.trust.SignerImport;
import io.passgate.trust.TrustImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Reads trust sources from files: one file, or all files directly in a folder, by name. */
public final class TrustFiles {
    /** A national trust list with thousands of certificates stays below 10 MiB. */
    private static final long MAX_FILE_BYTES = 64L << 20;

    private final TrustImporter importer;

    public TrustFiles(TrustImporter importer) {
        this.importer = importer;
    }

    /**
     * Reads a file or a folder. Entries that cannot be used are in the result with their reason.
     *
     * @throws IOException if the path does not exist or cannot be read
     */
    public SignerImport read(Path path) throws IOException {
        List<SignerImport> parts = new ArrayList<>();
        for (Path file : files(path)) {
            parts.add(readFile(file));
        }
        return SignerImport.join(parts);
    }

    private SignerImport readFile(Path file) throws IOException {
        if (Files.size(file) > MAX_FILE_BYTES) {
            Rejection tooLarge = new Rejection(file.toString(), "the file is larger than " + MAX_FILE_BYTES + " bytes");
            return new SignerImport(List.of(), List.of(tooLarge));
        }
        return importer.read(file.toString(), Files.readAllBytes(file));
    }

    /** The file itself, or a folder's files by name, hidden ones left out. */
    static List<Path> files(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (Stream<Path> entries = Files.list(path)) {
            return entries.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        }
    }
}
