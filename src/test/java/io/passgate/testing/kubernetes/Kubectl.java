package io.passgate.testing.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The {@code kubectl} that a test has said it needs. It asks no cluster. */
final class Kubectl {
    private static final int PATIENCE_SECONDS = 60;

    private Kubectl() {}

    /** What {@code kubectl kustomize} makes of a folder. */
    static String kustomize(Path overlay, Path scratch) throws IOException, InterruptedException {
        Path out = scratch.resolve("rendered.yaml");
        Path err = scratch.resolve("kubectl.err");
        ProcessBuilder builder = new ProcessBuilder(Tools.command("kubectl"), "kustomize", overlay.toString())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        // Whatever cluster this machine knows is none of ours.
        var _ = builder.environment().put("KUBECONFIG", scratch.resolve("none").toString());
        Process process = builder.start();
        try {
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as(Files.readString(err)).isZero();
        return Files.readString(out);
    }
}
