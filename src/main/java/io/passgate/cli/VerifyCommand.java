package io.passgate.cli;

import io.passgate.app.lists.TrustFiles;
import io.passgate.cli.option.Home;
import io.passgate.cli.option.InstantOption;
import io.passgate.cli.option.UsageException;
import io.passgate.crypto.CryptoProviders;
import io.passgate.crypto.VerificationKeys;
import io.passgate.policy.Policy;
import io.passgate.policy.file.PolicyFiles;
import io.passgate.trust.Rejection;
import io.passgate.trust.SignerImport;
import io.passgate.trust.SignerKind;
import io.passgate.trust.TrustImporter;
import io.passgate.trust.TrustList;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Provider;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code passgate verify}: judges payloads from a file, without a server or a database. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "Judges payloads line by line, without a server or a database.",
            "",
            "Each input line is a payload, or a JSON object",
            "  {\"id\", \"payload\", \"at\", \"trust\": [base64 DER certificates]}",
            "whose \"at\" and \"trust\" go before the options. Each output line is a JSON object",
            "  {\"id\", \"verdict\", \"reason\", \"format\"}",
            "in the order of the input; a plain line's id is its number. Each code of a picture has",
            "such a line with the picture's name as id, by rows from the top.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every line or picture was judged, whatever the verdicts",
            "1:some lines or pictures could not be read; they are named on the error output, the others are judged",
            "2:an option or a file is wrong; nothing was judged"
        })
final class VerifyCommand implements Callable<Integer> {
    @Option(
            names = "--at",
            paramLabel = "INSTANT",
            converter = InstantOption.class,
            description = "Judge at this instant, such as 2021-07-12T09:00:00Z (default: now).")
    private @Nullable Instant at;

    @Option(
            names = "--trust",
            paramLabel = "FILE_OR_DIR",
            description = "Signers: PEM or DER certificates, a DCC gateway trust list or a key list (JSON), or a "
                    + "folder of such files.")
    private @Nullable Path trust;

    @Option(
            names = "--provider",
            paramLabel = "NAME",
            description = "Whose passes those signers sign (default: they sign health certificates).")
    private String provider = "";

    @Option(
            names = "--policy",
            paramLabel = "NAME",
            defaultValue = "none",
            description = "Acceptance rules, such as kr or kr@2021-07-12; none judges signature, time and trust only "
                    + "(default: ${DEFAULT-VALUE}).")
    private String policy = "none";

    @Option(
            names = "--image",
            arity = "1..*",
            paramLabel = "FILE",
            description = "PNG or JPEG files: every QR code in them is judged, and no line.")
    private List<Path> images = List.of();

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description = "Where the lines are; - is the standard input (default).")
    private @Nullable String input;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, UsageException {
        if (input != null && !images.isEmpty()) {
            throw new UsageException("--image: pictures are judged, or the lines of " + input + ", not both");
        }
        Provider jca = CryptoProviders.preferred();
        TrustImporter importer = new TrustImporter(new VerificationKeys(jca));
        TrustList fallbackTrust = readTrust(importer);
        Instant fallbackAt = at == null ? Instant.now() : at;
        PolicyChoice choice = policyChoice();
        choice.check(fallbackAt);
        VerifyLines lines = new VerifyLines(
                new LineReader(importer, fallbackTrust, fallbackAt, this::warn),
                jca,
                choice,
                spec.commandLine().getOut(),
                spec.commandLine().getErr());
        if (!images.isEmpty()) {
            return judgeImages(lines, fallbackAt, fallbackTrust) ? 0 : 1;
        }
        try (InputStream in = open(input == null ? "-" : input)) {
            return lines.run(in) ? 0 : 1;
        }
    }

    private boolean judgeImages(VerifyLines lines, Instant fallbackAt, TrustList fallbackTrust)
            throws IOException, UsageException {
        for (Path image : images) {
            UsageException.checkFile(image);
            Files.newInputStream(image).close();
        }
        boolean allReadable = true;
        for (Path image : images) {
            allReadable &= lines.judgeImage(image, fallbackAt, fallbackTrust);
        }
        return allReadable;
    }

    private static InputStream open(String input) throws IOException, UsageException {
        UsageException.checkFile(Path.of(input));
        return input.equals("-") ? System.in : new BufferedInputStream(Files.newInputStream(Path.of(input)), 1 << 16);
    }

    private TrustList readTrust(TrustImporter importer) throws IOException, UsageException {
        if (trust == null) {
            return TrustList.empty();
        }
        SignerImport found = new TrustFiles(importer).read(trust);
        SignerKind kind = SignersCommand.kind(provider);
        TrustList list =
                TrustList.of(provider.isEmpty() ? found.signers() : SignersCommand.ofKind(kind, found.signers()));
        found.rejected().forEach(this::warn);
        list.warnings().forEach(warning -> spec.commandLine().getErr().println("passgate: warning: " + warning));
        if (list.size() == 0) {
            throw new UsageException("no signer could be read from " + trust);
        }
        return list;
    }

    private void warn(Rejection rejection) {
        spec.commandLine().getErr().println("passgate: left out: " + rejection.where() + ": " + rejection.why());
    }

    private PolicyChoice policyChoice() {
        if (policy.equals("none")) {
            return PolicyChoice.NONE;
        }
        var catalog = PolicyFiles.read(Home.config().resolve("policies"));
        return instant -> {
            Optional<Policy> found = catalog.find(policy, instant);
            if (found.isEmpty()) {
                throw new UsageException("there is no policy " + policy + "; there are: "
                        + catalog.policies().stream().map(Policy::id).toList());
            }
            return found;
        };
    }

    /** Picks the policy version for an instant. */
    @FunctionalInterface
    interface PolicyChoice {
        PolicyChoice NONE = instant -> Optional.empty();

        Optional<Policy> at(Instant instant) throws UsageException;

        /** Fails early when there is no such policy. */
        default void check(Instant instant) throws UsageException {
            var _ = at(instant);
        }
    }
}
