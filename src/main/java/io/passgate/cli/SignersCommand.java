package io.passgate.cli;

import io.passgate.app.TrustFiles;
import io.passgate.crypto.CryptoProviders;
import io.passgate.crypto.IssuerKeys;
import io.passgate.model.EventKind;
import io.passgate.trust.Signer;
import io.passgate.trust.SignerCertificate;
import io.passgate.trust.SignerImport;
import io.passgate.trust.TrustImporter;
import io.passgate.trust.TrustList;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code passgate signers}: what a trust source holds. */
@Command(
        name = "signers",
        mixinStandardHelpOptions = true,
        description = "Shows whom a trust source makes the gateway believe.",
        subcommands = SignersCommand.ListCommand.class)
final class SignersCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which of the commands of signers?");
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
            TrustImporter importer = new TrustImporter(new IssuerKeys(CryptoProviders.preferred()));
            SignerImport found = new TrustFiles(importer).read(trust);
            TrustList list = TrustList.of(found.signers());
            PrintWriter out = spec.commandLine().getOut();
            PrintWriter err = spec.commandLine().getErr();
            list.signers().forEach(signer -> out.println(line(signer)));
            out.flush();
            found.rejected().forEach(entry -> err.println("left out: " + entry.where() + ": " + entry.why()));
            list.rejected().forEach(entry -> err.println("left out: " + entry.where() + ": " + entry.why()));
            err.println(list.size() + " signers, "
                    + (found.rejected().size() + list.rejected().size()) + " left out");
            return list.size() > 0 ? 0 : 1;
        }

        private static String line(Signer signer) {
            String usages = signer.usages().equals(Signer.ANY_USAGE)
                    ? "any"
                    : signer.usages().stream()
                            .sorted()
                            .map(EventKind::name)
                            .map(name -> name.toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(","));
            return String.join(
                    "\t",
                    signer.kid().toBase64(),
                    signer.algorithm().name(),
                    usages.isEmpty() ? "none" : usages,
                    signer.certificate().flatMap(SignerCertificate::country).orElse("-"),
                    signer.certificate()
                            .map(certificate -> certificate.notAfter().toString())
                            .orElse("-"),
                    signer.certificate().map(SignerCertificate::subject).orElse("-"));
        }
    }
}
