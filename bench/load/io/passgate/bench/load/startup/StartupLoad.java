package io.passgate.bench.load.startup;

import io.passgate.bench.Corpus;
import io.passgate.bench.load.LoadSettings;
import io.passgate.testing.TestIssuer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Base64;

/**
 * What {@code bench/run.sh startup} starts with: {@code FOLDER POLICIES} writes a line to verify, its signer alone, as
 * many signers as a large trust network has, and a configuration for a gateway that trusts them.
 */
public final class StartupLoad {
    /** The EU's trust list had some 900 keys at its largest. */
    private static final int SIGNERS = 900;

    private static final String END = "-----END CERTIFICATE-----\n";

    private StartupLoad() {}

    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        Corpus corpus = Corpus.make();
        corpus.write(folder);
        Files.writeString(folder.resolve("line.txt"), corpus.texts().getFirst() + "\n");
        String ours = corpus.signersPem();
        Files.writeString(folder.resolve("few.pem"), ours);
        int missing = SIGNERS - (ours.split(END, -1).length - 1);
        StringBuilder others = new StringBuilder();
        for (int i = 0; i < missing; i++) {
            others.append(pem(TestIssuer.ec256("XX").certificateDer()));
        }
        Files.writeString(folder.resolve(Corpus.SIGNERS_FILE), others, StandardOpenOption.APPEND);
        LoadSettings.make(folder, Path.of(args[1]).toAbsolutePath());
        writePort(folder);
    }

    private static String pem(byte[] der) {
        String base64 = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(der);
        return "-----BEGIN CERTIFICATE-----\n" + base64 + "\n" + END;
    }

    /** For the script, which asks the gateway whether it is ready. */
    private static void writePort(Path folder) throws IOException {
        int port = LoadSettings.read(folder).managementPort();
        Files.writeString(folder.resolve("management-port"), Integer.toString(port));
    }
}
