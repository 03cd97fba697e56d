package io.passgate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Test vectors of others, which are not part of this project. Tests find them in the folder that the environment
 * variable {@code PASSGATE_VECTORS} or the system property {@code passgate.vectors} names.
 *
 * <p>Where none is named such tests are skipped and the run says so once. Where one is named, a file missing from it is
 * a failure: a mistyped folder must not pass.
 */
public final class ThirdPartyVectors {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ThirdPartyVectors() {}

    /** Marks a test, or a class of them, that reads third-party vectors. */
    @Target({ElementType.TYPE, ElementType.METHOD})
    @Retention(RetentionPolicy.RUNTIME)
    @ExtendWith(Condition.class)
    public @interface Needed {}

    /** Skips what is {@link Needed} when no folder is named. */
    static final class Condition implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            if (root().isPresent()) {
                return ConditionEvaluationResult.enabled("a folder of third-party vectors is named");
            }
            NotRun.tell("third-party vectors");
            return ConditionEvaluationResult.disabled("PASSGATE_VECTORS names no folder");
        }
    }

    private static Optional<Path> root() {
        String property = System.getProperty("passgate.vectors", "");
        String named = property.isBlank() ? System.getenv().getOrDefault("PASSGATE_VECTORS", "") : property;
        return named.isBlank() ? Optional.empty() : Optional.of(Path.of(named));
    }

    /** The folder of one origin. */
    public static Path folder(String name) {
        return folder(root().orElseThrow(() -> new AssertionError("mark the test as needing vectors")), name);
    }

    static Path folder(Path root, String name) {
        Path folder = root.resolve(name);
        if (!Files.isDirectory(folder)) {
            throw new AssertionError("third-party vectors are named but " + folder + " is no folder");
        }
        return folder;
    }

    /** One JSON file of an origin's folder. */
    public static JsonNode json(String folder, String file) {
        return json(folder(folder).resolve(file));
    }

    /** One JSON file, with or without a byte order mark. */
    public static JsonNode json(Path file) {
        try {
            String text = Files.readString(file, StandardCharsets.UTF_8);
            return JSON.readTree(text.startsWith("\ufeff") ? text.substring(1) : text);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
