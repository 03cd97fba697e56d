package io.passgate;

import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The QR reader of the ZBar project, which owes nothing to the library that our codes are made with. Tests find it by
 * the environment variable {@code PASSGATE_ZBARIMG} or the system property {@code passgate.zbarimg}, a command or its
 * path.
 *
 * <p>Where none is named such tests are skipped and the run says so once. Where one is named that does not run, they
 * fail.
 */
public final class Zbarimg {
    private static final AtomicBoolean SAID = new AtomicBoolean();

    private Zbarimg() {}

    /** Marks a test that reads pictures by zbarimg. */
    @Target({ElementType.TYPE, ElementType.METHOD})
    @Retention(RetentionPolicy.RUNTIME)
    @ExtendWith(Condition.class)
    public @interface Needed {}

    /** Skips what is {@link Needed} when no command is named. */
    static final class Condition implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            if (command().isPresent()) {
                return ConditionEvaluationResult.enabled("zbarimg is named");
            }
            if (SAID.compareAndSet(false, true)) {
                System.out.println("zbarimg: not run");
            }
            return ConditionEvaluationResult.disabled("PASSGATE_ZBARIMG names no command");
        }
    }

    private static Optional<String> command() {
        String property = System.getProperty("passgate.zbarimg", "");
        String named = property.isBlank() ? System.getenv().getOrDefault("PASSGATE_ZBARIMG", "") : property;
        return named.isBlank() ? Optional.empty() : Optional.of(named);
    }

    /** Reads QR codes from pictures, in one process: the text of each in the order of the files, each of one line. */
    public static List<String> read(List<Path> pictures) throws IOException, InterruptedException {
        return read(command().orElseThrow(() -> new AssertionError("mark the test as needing zbarimg")), pictures);
    }

    static List<String> read(String command, List<Path> pictures) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>();
        line.add(command);
        line.addAll(List.of("--raw", "-q", "-Sdisable", "-Sqrcode.enable"));
        pictures.forEach(picture -> line.add(picture.toString()));
        Process process = new ProcessBuilder(line)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String read = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.waitFor();
        List<String> texts = read.lines().toList();
        if (status != 0) {
            throw new AssertionError("zbarimg has read " + texts.size() + " of " + pictures.size()
                    + " pictures and ended with status " + status);
        }
        return texts;
    }
}
