package io.passgate.cli.scan;

import io.passgate.model.Slice;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code passgate scan}: asks a gateway about each line of a scanner, and says what a turnstile is to do. */
@Command(
        name = "scan",
        mixinStandardHelpOptions = true,
        description = {
            "Asks a gateway about each line of a scanner, and prints a line for each, in order:",
            "",
            "  accepted         open",
            "  refused REASON   do not open; showing the same code again cannot help",
            "  retry            nobody knows; the same code may be shown again",
            "",
            "A line ends in CR, LF or both. Blanks around it are taken off; an empty line is passed over.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the input ended, and every line was asked about",
            "1:the gateway refused to be asked, such as for a wrong token; the error output says why",
            "2:an option or a file is wrong; nothing was asked"
        })
public final class ScanCommand implements Callable<Integer> {
    @Option(names = "--url", required = true, paramLabel = "URL", description = "The gateway: https://gateway.example")
    private URI url = URI.create("");

    @Option(
            names = "--token-file",
            required = true,
            paramLabel = "FILE",
            description = "A file that holds the token and nothing else.")
    private Path tokenFile = Path.of("");

    @Option(
            names = "--policy",
            paramLabel = "NAME",
            description = "Acceptance rules, such as kr (default: those of the gateway).")
    private @Nullable String policy;

    @Option(
            names = "--verify",
            description = "Judge only, by POST /v1/verifications: nobody is let in or written down.")
    private boolean isVerifying;

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            defaultValue = "-",
            description = "Where the lines are, such as /dev/ttyACM0; - is the standard input (default).")
    private String input = "-";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Creates the command; its options come from the command line. */
    public ScanCommand() {}

    @Override
    public Integer call() throws IOException {
        URI asked = target();
        String token = token();
        if (Files.isDirectory(Path.of(input))) {
            throw wrong(input + " is a folder");
        }
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        try (GatewayClient gateway = new GatewayClient(asked, token, Optional.ofNullable(policy));
                InputStream in = open()) {
            ScannerLines lines = new ScannerLines(in);
            boolean isWell = true;
            for (Slice line = lines.next(); !line.isEmpty(); line = lines.next()) {
                ScanAnswer answer =
                        ScannerLines.isTooLong(line) ? ScanAnswer.refused("input_too_long") : gateway.ask(line);
                out.println(answer.said());
                out.flush();
                if (answer.problem().isPresent()) {
                    isWell = false;
                    err.println("passgate: " + answer.problem().get());
                    err.flush();
                }
            }
            return isWell ? 0 : 1;
        }
    }

    private URI target() {
        String scheme = url.getScheme();
        boolean isHttp = "http".equals(scheme) || "https".equals(scheme);
        String path = url.getPath();
        if (!isHttp
                || url.getHost() == null
                || url.getUserInfo() != null
                || url.getQuery() != null
                || url.getFragment() != null
                || !(path.isEmpty() || path.equals("/"))) {
            throw wrong("--url: not an address such as https://gateway.example:8080");
        }
        return url.resolve(isVerifying ? "/v1/verifications" : "/v1/check-ins");
    }

    private String token() throws IOException {
        String token = Files.readString(tokenFile, StandardCharsets.ISO_8859_1).strip();
        if (token.isEmpty() || token.length() > 1_024 || !token.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw wrong("--token-file: " + tokenFile + " does not hold one token");
        }
        return token;
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private InputStream open() throws IOException {
        return input.equals("-") ? System.in : new BufferedInputStream(Files.newInputStream(Path.of(input)));
    }
}
