package io.passgate.demo;

import io.passgate.cli.ExtraCommand;
import io.passgate.cli.Main;
import io.passgate.cli.option.Home;
import io.passgate.crypto.CryptoProviders;
import io.passgate.demo.phone.RunningPhone;
import io.passgate.model.Korea;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code passgate demo}: a small country on this machine with invented signers, and a page of what to try. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Runs PostgreSQL, Redis and two gateways on 127.0.0.1 with invented signers, and prints what to try.",
            "Everything is made on the spot and written to a folder; Ctrl-C ends it."
        })
public final class DemoCommand implements ExtraCommand, Callable<Integer> {
    @Option(
            names = "--port",
            defaultValue = "8080",
            description = "Port of the first gateway, which issues at the next one; the second has those 10 above "
                    + "(default: ${DEFAULT-VALUE}).")
    private int port = 8080;

    @Option(
            names = "--management-port",
            defaultValue = "9090",
            description = "Port of its metrics and health; the second has the next (default: ${DEFAULT-VALUE}).")
    private int managementPort = 9090;

    @Option(
            names = "--phone-port",
            defaultValue = "8070",
            description = "Port of /phone, the app that an invented person carries (default: ${DEFAULT-VALUE}).")
    private int phonePort = 8070;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description =
                    "Where certificates and requests are written (default: demo beside the installation, which is "
                            + "target/demo in a build).")
    private @Nullable Path dir;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Creates the command, as {@link java.util.ServiceLoader} does. */
    public DemoCommand() {}

    @Override
    public Integer call() throws IOException {
        Instant now = Instant.now();
        DemoPorts ports = new DemoPorts(port, managementPort);
        if (!ports.areApart(phonePort)) {
            throw new ParameterException(
                    spec.commandLine(), "--port, --management-port and --phone-port: two of the ports are the same");
        }
        DemoFolder folder = new DemoFolder(dir == null ? Home.beside("demo") : dir);
        DemoCorpus corpus = new DemoCorpus(CryptoProviders.preferred(), now);
        DemoTokens tokens = new DemoTokens(new SecureRandom());
        DemoLog.to(folder.log());
        Path workingFolder = Path.of("").toAbsolutePath();
        tell("starting PostgreSQL, Redis and two gateways, which log to "
                + DemoPage.relative(folder.log(), workingFolder));
        DemoStores stores = DemoStores.start(folder.emptied("stores"));
        folder.write(corpus, Home.config().resolve("policies"), stores, List.of(ports, ports.next()));
        folder.writeTokens(tokens);
        DemoGateways gateways = DemoGateways.start(folder, stores, tokens, now);
        RunningPhone phone = DemoPhone.start(phonePort, ports, tokens, gateways);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(phone, gateways), "passgate-stop"));
        String consent = play(ports, tokens, gateways, now);
        layExamples(ports, tokens, stores);
        DemoPage page = new DemoPage(ports, phonePort, folder, workingFolder, tokens, Home.command(workingFolder));
        page.writeRequests(consent, now);
        spec.commandLine().getOut().print(page.text(corpus.exhibits()));
        spec.commandLine().getOut().flush();
        return Main.KEEPS_RUNNING;
    }

    private void stop(RunningPhone phone, DemoGateways gateways) {
        tell("stopping the gateways, Redis and PostgreSQL");
        phone.close();
        gateways.close();
        tell("stopped");
    }

    private void tell(String line) {
        spec.commandLine().getErr().println(line);
    }

    private static void layExamples(DemoPorts ports, DemoTokens tokens, DemoStores stores) throws IOException {
        try (HttpClient http = client()) {
            new DemoExamples(new DemoClient(http, ports, tokens), stores).lay();
        }
    }

    private static HttpClient client() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    /** Plays the story, and returns a consent that it leaves. */
    private String play(DemoPorts ports, DemoTokens tokens, DemoGateways gateways, Instant now) throws IOException {
        try (HttpClient http = client()) {
            PrintWriter out = spec.commandLine().getOut();
            DemoClient here = new DemoClient(http, ports, tokens);
            DemoClient there = new DemoClient(http, ports.next(), tokens);
            LocalDate today = Korea.dayOf(now);
            SecureRandom random = new SecureRandom();
            DemoHolder first = new DemoHolder(here, "the first person", random);
            new DemoStory(here, there, out, today, first).play();
            DemoDoors.People people = new DemoDoors.People(
                    first, new DemoHolder(here, "a second one", random), new DemoHolder(here, "a third one", random));
            new DemoDoors(here, there, gateways, out, today).play(people);
            return first.consent(DemoPage.PROVIDER, Optional.empty());
        }
    }
}
