package io.passgate.cli;

import io.passgate.app.config.IssuingConfig;
import io.passgate.app.setup.DeviceKeyFile;
import io.passgate.cli.option.DatabaseOption;
import io.passgate.cli.option.UsageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code passgate proof}: plays a device, to try issuing. */
@Command(
        name = "proof",
        mixinStandardHelpOptions = true,
        description = {
            "Prints a device's proof (DPoP, RFC 9449) under a consent, as the app on a phone makes it, to try issuing.",
            "It can be used once, and for a minute."
        })
final class ProofCommand implements Callable<Integer> {
    @Mixin
    private DatabaseOption configuration = new DatabaseOption();

    @Option(
            names = "--key",
            required = true,
            paramLabel = "FILE",
            description = "The device's key (PEM). It is made where there is none, for its owner only.")
    private Path key = Path.of("");

    @Option(names = "--provider", required = true, description = "Whose app it is; the configuration has its htu.")
    private String provider = "";

    @Option(names = "--consent", required = true, description = "The id of the consent.")
    private String consent = "";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, UsageException {
        UsageException.checkFile(key);
        if (!consent.matches("[A-Za-z0-9_-]{1,64}")) {
            throw new UsageException("--consent: is no id of a consent");
        }
        String proof = DeviceKeyFile.open(key).proof(htu(), consent);
        spec.commandLine().getOut().println(proof);
        return 0;
    }

    private String htu() throws IOException, UsageException {
        return configuration.read().config().issuing().providers().stream()
                .filter(issuer -> issuer.name().equals(provider))
                .map(IssuingConfig.Issuer::htu)
                .findFirst()
                .orElseThrow(() -> new UsageException("--provider: is none of issuing.providers"));
    }
}
