package io.passgate.testing.compose;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.passgate.app.config.InvalidConfig;
import io.passgate.testing.compose.ComposeEngine.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A command {@code docker} for a shell, that hands what it is told to a {@link ComposeEngine}. */
final class DockerCommand implements AutoCloseable {
    private static final String SCRIPT = """
            #!/bin/sh
            body=$(mktemp)
            status=$(printf '%%s\\n' "$@" | curl -s -o "$body" -w '%%{http_code}' --data-binary @- http://127.0.0.1:%d/)
            [ "$status" = 200 ] || { cat "$body" >&2; exit 1; }
            cat "$body"
            rm -f "$body"
            """;
    private static final Set<String> WITHOUT_A_MEANING_HERE =
            Set.of("--build", "--detach", "--no-log-prefix", "--rm", "-T", "--no-deps");

    private final ComposeEngine engine;
    private final HttpServer server;

    /** Puts it into a folder, for the {@code PATH} of a shell. */
    DockerCommand(ComposeEngine engine, Path folder) throws IOException {
        this.engine = engine;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var _ = server.createContext("/", this::answer);
        server.start();
        Path script = Files.writeString(
                folder.resolve("docker"), SCRIPT.formatted(server.getAddress().getPort()));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    }

    private void answer(HttpExchange exchange) throws IOException {
        String said = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Answer answer;
        try {
            answer = run(new ArrayDeque<>(List.of(said.split("\n", -1))));
        } catch (Exception | AssertionError failed) {
            answer = new Answer(1, "", failed.toString());
        }
        byte[] body = (answer.exitCode() == 0 ? answer.out() : answer.err()).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.exitCode() == 0 ? 200 : 500, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private Answer run(Deque<String> words) throws IOException, InterruptedException, InvalidConfig, SQLException {
        var _ = words.removeLast();
        if (!words.pop().equals("compose")) {
            throw new IllegalArgumentException("only docker compose is played");
        }
        String verb = words.pop();
        Optional<String> entrypoint = Optional.empty();
        while (!words.isEmpty() && words.peek().startsWith("-")) {
            String option = words.pop();
            if (option.equals("--entrypoint")) {
                entrypoint = Optional.of(words.pop());
            } else if (!WITHOUT_A_MEANING_HERE.contains(option)) {
                throw new IllegalArgumentException(option + " is not played");
            }
        }
        return switch (verb) {
            case "up" -> {
                engine.up();
                yield new Answer(0, "", "");
            }
            case "logs" -> new Answer(0, engine.logs(words.pop()), "");
            case "run" -> engine.run(words.pop(), entrypoint, List.copyOf(words));
            case "exec" -> {
                String service = words.pop();
                yield engine.run(service, Optional.of(words.pop()), List.copyOf(words));
            }
            default -> throw new IllegalArgumentException("docker compose " + verb + " is not played");
        };
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
