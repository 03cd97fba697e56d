package io.passgate.demo;

import java.nio.file.Path;
import java.util.List;

/** The page that a demonstration prints: commands that work as pasted, and what each answers. */
final class DemoPage {
    private final DemoPorts ports;
    private final DemoFolder folder;
    private final Path workingFolder;
    private final DemoTokens tokens;
    private final String command;

    /**
     * A page for people in {@code workingFolder}.
     *
     * @param command how they call passgate
     */
    DemoPage(DemoPorts ports, DemoFolder folder, Path workingFolder, DemoTokens tokens, String command) {
        this.ports = ports;
        this.folder = folder;
        this.workingFolder = workingFolder;
        this.tokens = tokens;
        this.command = command;
    }

    String text(List<DemoCorpus.Exhibit> exhibits) {
        return """

                Two gateways are running over one PostgreSQL and one Redis: http://127.0.0.1:%1$d and http://127.0.0.1:%10$d,
                for operations http://127.0.0.1:%2$d and http://127.0.0.1:%11$d. Stop them with Ctrl-C.
                What they believe was just made (O=Passgate Demo). Try, in another terminal in this folder:

                1. Eight certificates in one request, judged by signature, trust and time:

                %3$s
                2. The same by Korea's rules of today:

                %4$s
                3. One certificate, and 64 at once:

                %5$s
                %6$s
                4. Whom it believes, its interface, its health and what it has counted:

                     curl -s http://127.0.0.1:%1$d/v1/signers
                     curl -s http://127.0.0.1:%1$d/openapi.yaml
                     curl -s http://127.0.0.1:%2$d/health/ready
                     curl -s http://127.0.0.1:%2$d/metrics | grep passgate_verdicts

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
                        tokens.admin());
    }

    private String post(String request) {
        return post(ports, "verifications", request, tokens.verifier());
    }

    private String post(DemoPorts to, String what, String request, String token) {
        return "     curl -s http://127.0.0.1:%d/v1/%s -H 'Authorization: Bearer %s' \\\n"
                        .formatted(to.http(), what, token)
                + "       -H 'Content-Type: application/json' --data @%s\n"
                        .formatted(relative(folder.request(request)));
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

    /** As short as a person in the working folder would write it. */
    private Path relative(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        return absolute.startsWith(workingFolder) ? workingFolder.relativize(absolute) : absolute;
    }
}
