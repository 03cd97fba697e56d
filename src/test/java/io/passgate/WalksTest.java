package io.passgate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The walks through the code in the chapter on architecture: each step begins with a class that there is, and none
 * comes back to one.
 */
final class WalksTest {
    private static final List<String> WALKS =
            List.of("A verification", "A check-in", "A pass", "A change that reaches every gateway");
    private static final int MOST_STEPS = 12;
    private static final Pattern STEP = Pattern.compile("(?m)^(\\d+)\\. (.*)$");
    private static final Pattern CLASS = Pattern.compile("^`([a-z0-9.]+)\\.([A-Z]\\w+)` .*");

    private static List<String> steps(String walk) throws IOException {
        String chapter = Files.readString(Path.of("src/site/markdown/architecture.md"));
        int start = chapter.indexOf("\n### " + walk + "\n");
        assertThat(start).as(walk).isPositive();
        String section = chapter.substring(start + 5 + walk.length());
        return STEP.matcher(section.split("\n##", 2)[0])
                .results()
                .map(step -> step.group(2))
                .toList();
    }

    @TestFactory
    Stream<DynamicTest> eachStepHasAClassOfItsOwn() {
        return WALKS.stream()
                .map(walk -> DynamicTest.dynamicTest(walk, () -> {
                    List<String> classes = new ArrayList<>();
                    for (String step : steps(walk)) {
                        assertThat(step).matches(CLASS);
                        String name = CLASS.matcher(step).replaceFirst("$1/$2").replace('.', '/');
                        assertThat(Path.of("src/main/java/io/passgate/" + name + ".java"))
                                .isRegularFile();
                        var _ = classes.add(name);
                    }
                    assertThat(classes).hasSizeBetween(2, MOST_STEPS).doesNotHaveDuplicates();
                }));
    }
}
