package io.passgate.demo;

import io.passgate.access.NewToken;
import io.passgate.app.ConfigFile;
import io.passgate.app.Gateway;
import io.passgate.app.InvalidConfig;
import io.passgate.cli.ExtraCommand;
import io.passgate.cli.Home;
import io.passgate.cli.Main;
import io.passgate.crypto.CryptoProviders;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code passgate demo}: a gateway on this machine with invented signers, and a page of what to try. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Runs a gateway on 127.0.0.1 with invented signers, and prints what to try.",
            "Signers, certificates and requests are made on the spot and written to a folder."
        })
public final class DemoCommand implements ExtraCommand, Callable<Integer> {
    @Option(names = "--port", defaultValue = "8080", description = "Port to listen on (default: ${DEFAULT-VALUE}).")
    private int port = 8080;

    @Option(
            names = "--management-port",
            defaultValue = "9090",
            description = "Port of metrics and health (default: ${DEFAULT-VALUE}).")
    private int managementPort = 9090;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description =
                    "Where certificates and requests are written (default: demo beside the installation, which is "
                            + "target/demo in a build).")
    private @Nullable Path dir;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        Instant now = Instant.now();
        DemoPorts ports = new DemoPorts(port, managementPort);
        DemoFolder folder = new DemoFolder(dir == null ? Home.beside("demo") : dir);
        String token = new NewToken(new SecureRandom()).reveal();
        DemoCorpus corpus = new DemoCorpus(CryptoProviders.preferred(), now);
        folder.write(corpus, ports, Home.config().resolve("policies"), token, now);
        try {
            Path config = folder.config().toAbsolutePath();
            Gateway gateway = Gateway.start(ConfigFile.read(config), config.resolveSibling(""), true);
            Runtime.getRuntime().addShutdownHook(new Thread(gateway::close, "passgate-stop"));
        } catch (InvalidConfig wrong) {
            throw new IllegalStateException("the demonstration's own configuration is wrong", wrong);
        }
        Path workingFolder = Path.of("").toAbsolutePath();
        DemoPage page = new DemoPage(ports, folder, workingFolder, token, Home.command(workingFolder));
        spec.commandLine().getOut().print(page.text(corpus.exhibits()));
        spec.commandLine().getOut().flush();
        return Main.KEEPS_RUNNING;
    }
}
