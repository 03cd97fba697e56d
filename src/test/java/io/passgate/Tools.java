package io.passgate;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Programs of others that some tests run, and what only a profile of the build makes. A tool such as {@code promtool} is
 * named by the environment variable {@code PASSGATE_PROMTOOL} or the system property {@code passgate.promtool}, a
 * command or its path.
 *
 * <p>Where one is not named its tests are skipped and the build says so. Where it is named and does not run, they fail.
 */
public final class Tools {
    private Tools() {}

    /** Marks a test, or a class of them, that runs a tool. */
    @Target({ElementType.TYPE, ElementType.METHOD, ElementType.ANNOTATION_TYPE})
    @Retention(RetentionPolicy.RUNTIME)
    @ExtendWith(Condition.class)
    public @interface Needed {
        /** The tool's name. */
        String value();

        /** What the build says was not run; the tool's name where it is empty. */
        String as() default "";
    }

    /** Skips what is {@link Needed} when its tool is not named. */
    static final class Condition implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            Optional<Needed> needed = AnnotationSupport.findAnnotation(context.getElement(), Needed.class);
            if (needed.isEmpty()) {
                return ConditionEvaluationResult.enabled("the class says what its methods need");
            }
            String tool = needed.get().value();
            if (named(tool).isPresent()) {
                return ConditionEvaluationResult.enabled(tool + " is named");
            }
            String as = needed.get().as();
            NotRun.tell(as.isEmpty() ? tool : as);
            return ConditionEvaluationResult.disabled(variable(tool) + " names no command");
        }
    }

    private static String variable(String tool) {
        return "PASSGATE_" + tool.toUpperCase(Locale.ROOT);
    }

    private static Optional<String> named(String tool) {
        String property = System.getProperty("passgate." + tool, "");
        String named = property.isBlank() ? System.getenv().getOrDefault(variable(tool), "") : property;
        return named.isBlank() ? Optional.empty() : Optional.of(named);
    }

    /** The command of a tool that a test has said it needs. */
    public static String command(String tool) {
        return named(tool).orElseThrow(() -> new AssertionError("mark the test as needing " + tool));
    }
}
