package io.passgate.http.management;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The management port answers in a process that has run out of direct memory and of file descriptors. */
final class ManagementInWantTest {
    private static final int ASKED = 60;

    private static Process start() throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String command = "ulimit -n 300; exec \"$0\" -Xmx64m -XX:-MaxFDLimit -XX:MaxDirectMemorySize=1m -cp \"$1\" "
                + WantingProcess.class.getName();
        return new ProcessBuilder(
                        "sh",
                        "-c",
                        command,
                        java,
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static String ask(int port, String path, String... headers) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nhost: x\r\n" + String.join("\r\n", headers)
                                    + (headers.length == 0 ? "\r\n" : "\r\n\r\n"))
                            .getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    @Test
    void healthMetricsAndPagesAreAnswered_timeAndAgain() throws IOException {
        Process process = start();
        try (BufferedReader out = process.inputReader()) {
            String[] said = String.valueOf(out.readLine()).split(" ", -1);
            int port = Integer.parseInt(said[0]);
            assertThat(Integer.parseInt(said[1])).as("descriptors taken").isBetween(20, 200);
            for (int i = 0; i < ASKED; i++) {
                assertThat(ask(port, "/health/ready"))
                        .startsWith("HTTP/1.1 503 ")
                        .contains("in want");
                assertThat(ask(port, "/health/live")).startsWith("HTTP/1.1 200 ");
                assertThat(ask(port, "/metrics")).startsWith("HTTP/1.1 200 ").hasSizeGreaterThan(700_000);
                assertThat(ask(port, "/")).startsWith("HTTP/1.1 200 ").endsWith("</html>\n");
                assertThat(ask(port, "/", "if-none-match: *", "accept-encoding: gzip"))
                        .startsWith("HTTP/1.1 304 ");
                assertThat(ask(port, "/chapter", "accept-encoding: gzip")).contains("\r\ncontent-encoding: gzip\r\n");
            }
        } finally {
            var _ = process.destroyForcibly();
        }
    }
}
