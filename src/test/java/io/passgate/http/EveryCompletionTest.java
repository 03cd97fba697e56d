package io.passgate.http;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.passgate.http.response.Responses;
import io.passgate.http.server.Completions;
import io.passgate.http.server.Deadlines;
import io.passgate.http.server.Drain;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/**
 * What comes back to a request from another thread or later comes through {@link Completions}, and through nothing
 * else.
 */
final class EveryCompletionTest {
    /** They hear of the end of what they send, and do no more than log it. */
    private static final Set<Class<?>> MAY = Set.of(Completions.class, Deadlines.class, Drain.class, Responses.class);

    /** Below requests: it knows bytes and connections only. */
    private static final String CONNECTIONS = "io.passgate.http.connection";

    /** Has a thread of its own, and no request of the public ports. */
    private static final String MANAGEMENT = "io.passgate.http.management";

    private static final Set<String> LATER = Set.of(
            "onComplete",
            "onSuccess",
            "onFailure",
            "andThen",
            "eventually",
            "runOnContext",
            "executeBlocking",
            "execute",
            "emit",
            "dispatch",
            "setTimer",
            "setPeriodic",
            "timer",
            "timeout",
            "toCompletionStage",
            "addListener");

    @Test
    void noOtherClass_registersACompletion() {
        JavaClasses http = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("io.passgate.http");
        noClasses()
                .that(DescribedPredicate.describe("handle requests", EveryCompletionTest::isBound))
                .should()
                .callMethodWhere(DescribedPredicate.describe("runs something later", EveryCompletionTest::isLater))
                .check(http);
    }

    private static boolean isBound(JavaClass type) {
        return !type.getPackageName().equals(CONNECTIONS)
                && !type.getPackageName().equals(MANAGEMENT)
                && MAY.stream()
                        .noneMatch(may -> type.getName().equals(may.getName())
                                || type.getName().startsWith(may.getName() + '$'));
    }

    private static boolean isLater(JavaCall<?> call) {
        JavaClass owner = call.getTargetOwner();
        boolean asynchronous = owner.getPackageName().startsWith("io.vertx.core")
                || owner.getPackageName().startsWith("io.netty.util.concurrent")
                || owner.isAssignableTo(CompletionStage.class)
                || owner.getPackageName().equals("java.util.concurrent");
        return asynchronous && (LATER.contains(call.getName()) || owner.isAssignableTo(CompletionStage.class));
    }
}
