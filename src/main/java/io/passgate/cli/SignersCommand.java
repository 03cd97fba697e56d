package io.passgate.cli;

import io.passgate.app.Administration;
import io.passgate.app.lists.TrustFiles;
import io.passgate.app.setup.SignerSource;
import io.passgate.cli.option.DatabaseOption;
import io.passgate.cli.option.UsageException;
import io.passgate.crypto.CryptoProviders;
import io.passgate.crypto.VerificationKeys;
import io.passgate.model.EventKind;
import io.passgate.trust.Rejection;
import io.passgate.trust.Signer;
import io.passgate.trust.SignerCertificate;
import io.passgate.trust.SignerImport;
import io.passgate.trust.SignerKind;
import io.passgate.trust.TrustImporter;
import io.passgate.trust.TrustList;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code passgate signers}: what a trust source holds. */
@Command(
        name = "signers",
        mixinStandardHelpOptions = true,
        description = "Shows whom a trust source makes the gateway trust, and changes whom all gateways do.",
        subcommands = {SignersCommand.ListCommand.class, SignersCommand.Import.class, SignersCommand.Remove.class})
final class SignersCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which of the commands of signers?");
    }

    /** {@code passgate signers import}. */
    @Command(
            name = "import",
            mixinStandardHelpOptions = true,
            description = {
                "Adds the signers of a trust source to those that all gateways trust.",
                "Entries that cannot be used go to the error output with the reason, and the others are taken;",
                "so does a warning for each KID that more signers share than are tried."
            })
    static final class Import implements Callable<Integer> {
        @Mixin
        private DatabaseOption database = new DatabaseOption();

        @Option(names = "--provider", description = "Whose passes they sign (default: they sign health certificates).")
        private String provider = "";

        @Parameters(paramLabel = "FILE_OR_DIR", description = "A trust source, as list takes it.")
        private Path source = Path.of("");

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() throws IOException, UsageException {
            PrintWriter err = spec.commandLine().getErr();
            SignerKind kind = kind(provider);
            SignerSource found = SignerSource.read(source, kind);
            Set<Rejection> shared;
            try (Administration administration = database.open()) {
                shared = SignerSource.trust(administration, found.signers());
            }
            found.rejected().forEach(entry -> err.println("left out: " + entry.where() + ": " + entry.why()));
            shared.forEach(entry -> err.println("warning: " + TrustList.warning(entry)));
            err.println(found.signers().size() + " signers, " + found.rejected().size() + " left out");
            return found.rejected().isEmpty() ? 0 : 1;
        }
    }

    /** {@code passgate signers remove}. */
    @Command(
            name = "remove",
            mixinStandardHelpOptions = true,
            description = "Removes signers from those that all gateways trust.")
    static final class Remove implements Callable<Integer> {
        @Mixin
        private DatabaseOption database = new DatabaseOption();

        @Parameters(paramLabel = "ID", arity = "1..*", description = "As GET /v1/signers answers them.")
        private List<String> ids = List.of();

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() throws IOException, UsageException {
            try (Administration administration = database.open()) {
                int removed = administration.run(adminCommands -> adminCommands.removeSigners(ids));
                spec.commandLine().getErr().println(removed + " signers removed");
                return removed == ids.size() ? 0 : 1;
            }
        }
    }

    /** What a signer signs that is of this provider, or of none if the name is empty. */
    static SignerKind kind(String provider) throws UsageException {
        String code =
                provider.isEmpty() ? SignerKind.DCC.code() : SignerKind.pass("").code();
        return SignerKind.of(code, provider)
                .orElseThrow(() -> new UsageException("a provider's name is [a-z][a-z0-9-]{0,15}"));
    }

    /** The same signers, for what they are to be trusted for. */
    static List<Signer> ofKind(SignerKind kind, List<Signer> signers) {
        return signers.stream()
                .map(signer -> new Signer(signer.kid(), signer.key(), kind, signer.usages(), signer.certificate()))
                .toList();
    }

    private static TrustImporter importer() {
        return new TrustImporter(new VerificationKeys(CryptoProviders.preferred()));
    }

    /** {@code passgate signers list}. */
    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = {
                "Lists the signers of a trust source, one a line, tab separated:",
                "KID (Base64), algorithm, usages, country, last instant of validity, subject.",
                "Entries that cannot be used go to the error output with the reason."
            })
    static final class ListCommand implements Callable<Integer> {
        @Option(
                names = "--trust",
                required = true,
                paramLabel = "FILE_OR_DIR",
                description = "PEM or DER certificates, a DCC gateway trust list or a key list (JSON), or a folder of "
                        + "such files.")
        private Path trust = Path.of("");

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() throws IOException {
            SignerImport found = new TrustFiles(importer()).read(trust);
            TrustList list = TrustList.of(found.signers());
            PrintWriter out = spec.commandLine().getOut();
            PrintWriter err = spec.commandLine().getErr();
            list.signers().forEach(signer -> out.println(line(signer)));
            out.flush();
            found.rejected().forEach(entry -> err.println("left out: " + entry.where() + ": " + entry.why()));
            list.warnings().forEach(warning -> err.println("warning: " + warning));
            err.println(list.size() + " signers, " + found.rejected().size() + " left out");
            return list.size() > 0 ? 0 : 1;
        }

        private static String line(Signer signer) {
            String usages = signer.signs().equals(Signer.ANY_USAGE)
                    ? "any"
                    : signer.signs().stream()
                            .sorted()
                            .map(EventKind::name)
                            .map(name -> name.toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(","));
            return String.join(
                    "\t",
                    signer.kid().toBase64(),
                    signer.algorithm().name(),
                    usages,
                    signer.certificate().flatMap(SignerCertificate::country).orElse("-"),
                    signer.certificate()
                            .map(certificate -> certificate.notAfter().toString())
                            .orElse("-"),
                    signer.certificate().map(SignerCertificate::subject).orElse("-"));
        }
    }
}
