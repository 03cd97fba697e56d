package io.passgate.app.lists;

import io.passgate.model.Digests;
import io.passgate.trust.Rejection;
import io.passgate.trust.SignerImport;
import io.passgate.trust.TrustImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Reads trust sources from files: one file, or all files directly in a folder, by name. */
public final class TrustFiles {
    /** A national trust list with thousands of certificates stays below 10 MiB. */
    private static final long MAX_FILE_BYTES = 64L << 20;

    /** What a folder's trust files end in; anything else there may be a note, or a copy put aside. */
    private static final List<String> ENDINGS = List.of(".pem", ".crt", ".cer", ".der", ".json");

    private final TrustImporter importer;

    /**
     * Reads any number of files.
     *
     * @param importer which knows the kinds of file
     */
    public TrustFiles(TrustImporter importer) {
        this.importer = importer;
    }

    /** Files as they were at one moment: what is imported is what was compared. */
    static final class Contents {
        private final List<String> names = new ArrayList<>();
        private final List<byte[]> bytes = new ArrayList<>();
        private final List<Rejection> passedOver = new ArrayList<>();

        /** A text that is the same for two moments exactly when names and contents are. */
        String digest() {
            MessageDigest sha256 = Digests.sha256();
            StringBuilder digest = new StringBuilder();
            for (int i = 0; i < names.size(); i++) {
                String content = HexFormat.of().formatHex(sha256.digest(bytes.get(i)));
                digest.append(names.get(i)).append(' ').append(content).append('\n');
            }
            return digest.toString();
        }
    }

    /**
     * {@return what a file or a folder holds} Entries that cannot be used are in it with their reason.
     *
     * @param path one file, or a folder whose files are read and whose folders are not
     * @throws IOException if the path does not exist or cannot be read
     */
    public SignerImport read(Path path) throws IOException {
        return read(load(List.of(path)));
    }

    SignerImport read(Contents contents) {
        List<SignerImport> parts = new ArrayList<>();
        parts.add(new SignerImport(List.of(), contents.passedOver));
        for (int i = 0; i < contents.names.size(); i++) {
            parts.add(importer.read(contents.names.get(i), contents.bytes.get(i)));
        }
        return SignerImport.join(parts);
    }

    /**
     * Loads what the sources hold now.
     *
     * @throws IOException if one does not exist, cannot be read, or is too large
     */
    Contents load(List<Path> sources) throws IOException {
        Contents contents = new Contents();
        for (Path source : sources) {
            for (Path file : files(source)) {
                if (!file.equals(source) && !isTrustFile(file)) {
                    contents.passedOver.add(new Rejection(file.toString(), "its name ends in none of " + ENDINGS));
                    continue;
                }
                if (Files.size(file) > MAX_FILE_BYTES) {
                    throw new IOException(file + " is larger than " + MAX_FILE_BYTES + " bytes");
                }
                contents.names.add(file.toString());
                contents.bytes.add(Files.readAllBytes(file));
            }
        }
        return contents;
    }

    private static boolean isTrustFile(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return ENDINGS.stream().anyMatch(name::endsWith);
    }

    /** The file itself, or a folder's files by name, hidden ones left out. */
    private static List<Path> files(Path path) throws IOException {
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
