package io.passgate.demo;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** The page that a demonstration prints: commands that work as pasted, and what each answers. */
final class DemoPage {
    /** Who issues the pass that is checked in. */
    static final String PROVIDER = "naver";

    private static final String PASS = "pass";
    private static final String TRACE = "trace";

    private final DemoPorts ports;
    private final int phonePort;
    private final DemoFolder folder;
    private final Path workingFolder;
    private final DemoTokens tokens;
    private final String command;

    /**
     * A page for people in {@code workingFolder}.
     *
     * @param command how they call passgate
     */
    DemoPage(DemoPorts ports, int phonePort, DemoFolder folder, Path workingFolder, DemoTokens tokens, String command) {
        this.ports = ports;
        this.phonePort = phonePort;
        this.folder = folder;
        this.workingFolder = workingFolder;
        this.tokens = tokens;
        this.command = command;
    }

    /** Writes what section 8 sends, where {@code consent} is one of its provider's and the trace begins {@code now}. */
    void writeRequests(String consent, Instant now) throws IOException {
        Instant from = now.truncatedTo(ChronoUnit.SECONDS);
        folder.writeRequest(PASS, new JsonObject().put("consent", consent));
        folder.writeRequest(
                TRACE,
                new JsonObject()
                        .put("case", "demo-2")
                        .put("facility", DemoTokens.FACILITY)
                        .put("from", from.toString())
                        .put("until", from.plus(Duration.ofDays(1)).toString()));
    }

    String text(List<DemoCorpus.Exhibit> exhibits) {
        return """

                Two gateways are running over one PostgreSQL and one Redis: http://127.0.0.1:%1$d and http://127.0.0.1:%10$d,
                for operations http://127.0.0.1:%2$d and http://127.0.0.1:%11$d. Stop them with Ctrl-C.
                What they trust was just made (O=Passgate Demo). Three pages, to be opened in a browser:

                     http://127.0.0.1:%22$d/phone   the phone of an invented person: consent, and a QR code every 15 s
                     http://127.0.0.1:%1$d/door    lets people in by a camera; its token is in %21$s
                     http://127.0.0.1:%2$d/        operations: what the first gateway counts

                What they log is in %18$s. Try, in another terminal in this folder:

                1. Eight certificates in one request, judged by signature, trust and time:

                %3$s
                2. The same by Korea's rules of today:

                %4$s
                3. One certificate, and 64 at once:

                %5$s
                %6$s
                4. Whom it trusts, its interface, its health and what it has counted:

                     curl -s http://127.0.0.1:%1$d/v1/signers
                     curl -s http://127.0.0.1:%1$d/openapi.yaml
                     curl -s http://127.0.0.1:%2$d/health/ready
                     curl -s http://127.0.0.1:%2$d/metrics | grep passgate_verdicts

                   Every example of the interface can be sent to this demonstration, with the tokens in %19$s:
                   in a browser at http://127.0.0.1:%1$d/docs, and what is issued at http://127.0.0.1:%20$d/docs.

                5. Without a token it says so:

                     curl -s -X POST http://127.0.0.1:%1$d/v1/verifications

                6. The same certificates without a server:

                     %7$s verify --trust %8$s %9$s

                7. Revoke the first certificate at the first gateway, ask the second, and take it back:

                %12$s
                %13$s
                     curl -s -X DELETE http://127.0.0.1:%1$d/v1/revocations/1 -H 'Authorization: Bearer %14$s'

                %13$s
                   The second gateway answers refused (revoked) at first, and accepted after it.

                8. A pass is issued and shown at a museum's door, and a tracer asks for the museum's visits:

                %15$s
                %16$s
                   The door is told accepted, complete and that 14 days have passed; the tracer gets ids, this one for %17$s to resolve.

                """.formatted(
                        ports.http(),
                        ports.management(),
                        post("batch") + expectations(exhibits, false),
                        post("batch-kr") + expectations(exhibits, true),
                        post("single"),
                        post("batch-64"),
                        command,
                        relative(folder.trust()),
                        relative(folder.corpus()),
                        ports.next().http(),
                        ports.next().management(),
                        post(ports, "revocations", "revoke", tokens.admin()),
                        post(ports.next(), "verifications", "single", tokens.verifier()),
                        tokens.admin(),
                        checkIn(),
                        post(ports, "traces", TRACE, tokens.of(DemoTokens.TRACER)),
                        PROVIDER,
                        relative(folder.log()),
                        relative(folder.tokens()),
                        ports.issuing(),
                        relative(folder.tokens().resolve(DemoTokens.FACILITY)),
                        phonePort);
    }

    private String post(String request) {
        return post(ports, "verifications", request, tokens.verifier());
    }

    private String post(DemoPorts to, String what, String request, String token) {
        return "     " + curl(to.http(), what, token) + "--data @%s\n".formatted(relative(folder.request(request)));
    }

    private static String curl(int port, String what, String token) {
        return "curl -s http://127.0.0.1:%d/v1/%s -H 'Authorization: Bearer %s' \\\n".formatted(port, what, token)
                + "       -H 'Content-Type: application/json' ";
    }

    /** A pass lives for seconds, so that it goes from one command into the next. */
    private String checkIn() {
        return "     " + curl(ports.issuing(), "passes", tokens.of(PROVIDER))
                + "--data @%s \\\n".formatted(relative(folder.request(PASS)))
                + "       | sed 's/.*\"payload\":\"\\([^\"]*\\)\".*/{\"payloads\":[\"\\1\"],\"policy\":\"kr\"}/' \\\n"
                + "       | "
                + curl(ports.http(), "check-ins", tokens.of(DemoTokens.FACILITY))
                + "-H 'Accept-Language: en' \\\n       -H \"Idempotency-Key: $(date +%s%N)\" --data @-\n";
    }

    private static String expectations(List<DemoCorpus.Exhibit> exhibits, boolean korea) {
        StringBuilder lines = new StringBuilder("\n   It answers, in this order:\n\n");
        for (DemoCorpus.Exhibit exhibit : exhibits) {
            String[] expected = (korea ? exhibit.korea() : exhibit.plain()).split(" ", 2);
            String reason = expected.length > 1 ? expected[1] : "";
            lines.append("     %-26s %-10s%s"
                            .formatted(exhibit.name(), expected[0], reason)
                            .stripTrailing())
                    .append('\n');
        }
        return lines.toString();
    }

    private Path relative(Path path) {
        return relative(path, workingFolder);
    }

    /** As short as a person in the working folder would write it. */
    static Path relative(Path path, Path workingFolder) {
        Path absolute = path.toAbsolutePath().normalize();
        return absolute.startsWith(workingFolder) ? workingFolder.relativize(absolute) : absolute;
    }
}
