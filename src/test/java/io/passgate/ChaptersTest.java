package io.passgate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.passgate.app.config.Config;
import io.passgate.testing.api.OpenApiDocument;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** README and its chapters lead to what is there, and name what the code has. */
final class ChaptersTest {
    private static final Path README = Path.of("README.md");
    private static final Path CHAPTERS = Path.of("src/site/markdown");
    private static final Path MAIN = Path.of("src/main/java/io/passgate");
    private static final Path TESTS = Path.of("src/test/java/io/passgate");
    private static final int MOST_LINES = 200;
    private static final int LEAST_CHAPTERS = 12;
    private static final int WIDTH = 120;

    /** Class, or test, as it is named from below the root of all packages. */
    private static final Pattern CLASS = Pattern.compile("([a-z0-9]+\\.)+[A-Z]\\w+");

    private static final Pattern TEST = Pattern.compile("[A-Z]\\w+(IT|Test)");
    private static final Pattern FILE = Pattern.compile("(src|bench|config|docker|\\.ci)/[^ ]+");
    private static final Pattern KEY = Pattern.compile("([a-z]+[A-Za-z]*\\.)+[a-z][A-Za-z]*");

    /** A thread's name, where it is given one. */
    private static final Pattern THREAD =
            Pattern.compile("(?:name|[sS]tart|startInterruptible|Crew)\\(\\s*\"(passgate-[a-z-]+)\"");

    private static List<MarkdownFile> chapters() throws IOException {
        return MarkdownFile.all().stream()
                .filter(file -> file.path().startsWith(CHAPTERS))
                .toList();
    }

    private static MarkdownFile chapter(String name) throws IOException {
        return MarkdownFile.read(CHAPTERS.resolve(name + ".md"));
    }

    private static List<MarkdownFile> readmeAndChapters() throws IOException {
        List<MarkdownFile> files = new ArrayList<>(chapters());
        files.add(MarkdownFile.read(README));
        return files;
    }

    private static Stream<DynamicTest> each(List<MarkdownFile> files, Check check) {
        assertThat(files).hasSizeGreaterThan(LEAST_CHAPTERS);
        return files.stream().map(file -> DynamicTest.dynamicTest(file.path().toString(), () -> check.of(file)));
    }

    private interface Check {
        void of(MarkdownFile file) throws IOException;
    }

    @Test
    void readme_isShort_andLeadsToEachChapter() throws IOException {
        MarkdownFile readme = MarkdownFile.read(README);
        assertThat(readme.lines()).hasSizeLessThanOrEqualTo(MOST_LINES);
        List<Path> chapters = chapters().stream().map(MarkdownFile::path).toList();
        assertThat(chapters).hasSizeGreaterThanOrEqualTo(LEAST_CHAPTERS);
        assertThat(readme.links().stream().map(Path::of)).containsAll(chapters);
    }

    @TestFactory
    Stream<DynamicTest> noLineIsWide() throws IOException {
        return each(
                readmeAndChapters(),
                file -> assertThat(file.lines().stream().filter(line -> line.codePointCount(0, line.length()) > WIDTH))
                        .isEmpty());
    }

    @TestFactory
    Stream<DynamicTest> everyLink_leadsToWhatIsThere() throws IOException {
        return each(MarkdownFile.all(), file -> {
            List<String> broken = new ArrayList<>();
            for (String link : file.links()) {
                if (!link.contains("://") && !leadsSomewhere(file.path(), link)) {
                    broken.add(link);
                }
            }
            assertThat(broken).isEmpty();
        });
    }

    private static boolean leadsSomewhere(Path from, String link) throws IOException {
        String[] parts = link.split("#", 2);
        Path to = parts[0].isEmpty() ? from : from.resolveSibling(parts[0]).normalize();
        return Files.exists(to)
                && to.toAbsolutePath().startsWith(Path.of("").toAbsolutePath())
                && (parts.length == 1 || MarkdownFile.read(to).anchors().contains(parts[1]));
    }

    @Test
    void anAnchor_isMadeAsGitHubDoes() {
        assertThat(MarkdownFile.anchor("A fault of the gateway")).isEqualTo("a-fault-of-the-gateway");
        assertThat(MarkdownFile.anchor("`bench/run.sh qr`, 2 % of `passgate_up`"))
                .isEqualTo("benchrunsh-qr-2--of-passgate_up");
        assertThat(MarkdownFile.anchor("One-time use: Ärzte")).isEqualTo("one-time-use-ärzte");
    }

    @Test
    void everyAlert_saysHowUrgentItIs_andHasAHeadingOfItsOwn() throws IOException {
        Set<String> headings = new TreeSet<>();
        List<String> linked = new ArrayList<>();
        MarkdownFile operations = chapter("operations");
        String alarms = operations.prose().split("\n## Alarms\n", -1)[1].split("\n## ", -1)[0];
        alarms.lines()
                .filter(line -> line.startsWith("### "))
                .map(line -> MarkdownFile.anchor(line.substring(4)))
                .forEach(headings::add);
        JsonNode alerts = new YAMLMapper().readTree(Files.readAllBytes(Path.of("docker/prometheus/alerts.yml")));
        for (JsonNode group : alerts.path("groups")) {
            for (JsonNode rule : group.path("rules")) {
                String name = rule.path("alert").asText();
                assertThat(rule.path("labels").path("severity").asText())
                        .as(name)
                        .isIn("page", "ticket");
                String[] runbook =
                        rule.path("annotations").path("runbook_url").asText().split("#", -1);
                assertThat(Path.of(runbook[0])).as(name).isEqualTo(operations.path());
                assertThat(runbook).as(name).hasSize(2);
                linked.add(runbook[1]);
            }
        }
        assertThat(linked).hasSizeGreaterThan(10).doesNotHaveDuplicates();
        // What readiness warns of has a heading and no rule.
        linked.add("redis-is-set-up-wrongly");
        assertThat(linked).containsExactlyInAnyOrderElementsOf(headings);
        assertThat(operations.anchors()).containsAll(headings);
    }

    @TestFactory
    Stream<DynamicTest> everyCommandThatIsNamed_isThere() throws IOException {
        return each(readmeAndChapters(), file -> {
            CommandMentions mentions = new CommandMentions();
            file.spans().forEach(mentions::add);
            file.blocks().forEach(mentions::add);
            assertThat(mentions.wrong()).isEmpty();
        });
    }

    @Test
    void theChapter_hasEveryCommand_withEachOfItsOptions_andTheExitCodes() throws IOException {
        MarkdownFile chapter = chapter("command-line");
        CommandMentions synopses = new CommandMentions();
        chapter.blocks().forEach(synopses::add);
        assertThat(synopses.all()).hasSizeGreaterThan(15);
        assertThat(synopses.named()).isEqualTo(synopses.all());
        CommandMentions table = new CommandMentions();
        chapter.rows().forEach(table::add);
        assertThat(table.named().keySet()).isEqualTo(table.all().keySet());
        Set<String> codes = chapter.lines().stream()
                .filter(line -> line.matches("\\| \\d+ \\|.*"))
                .map(line -> line.split(" ", -1)[1])
                .collect(Collectors.toSet());
        assertThat(codes).isEqualTo(table.exitCodes());
    }

    @TestFactory
    Stream<DynamicTest> everyKeyThatIsNamed_isThere() throws IOException {
        Set<String> keys = new TreeSet<>();
        addKeys("", Config.class, keys);
        Set<String> parts = keys.stream().map(key -> key.split("\\.", 2)[0]).collect(Collectors.toSet());
        return each(
                readmeAndChapters(),
                file -> assertThat(file.spans().stream()
                                .map(span -> span.split(":", 2)[0].replace(".ROLE.", ".verifier."))
                                .filter(span -> KEY.matcher(span).matches())
                                .filter(span -> parts.contains(span.split("\\.", 2)[0]))
                                .filter(span -> !Files.isDirectory(MAIN.resolve(span.replace('.', '/')))))
                        .isSubsetOf(keys));
    }

    private static void addKeys(String path, Class<?> type, Set<String> keys) {
        for (RecordComponent part : type.getRecordComponents()) {
            if (part.getType().isRecord()) {
                addKeys(path + part.getName() + ".", part.getType(), keys);
            } else {
                keys.add(path + part.getName());
            }
        }
    }

    @TestFactory
    Stream<DynamicTest> everyClassAndFileThatIsNamed_isThere() throws IOException {
        Set<String> tests;
        try (Stream<Path> files = Files.walk(TESTS)) {
            tests = files.map(file -> file.getFileName().toString().replace(".java", ""))
                    .collect(Collectors.toSet());
        }
        return each(readmeAndChapters(), file -> {
            for (String span : file.spans()) {
                if (CLASS.matcher(span).matches()) {
                    assertThat(MAIN.resolve(span.replace('.', '/') + ".java")).isRegularFile();
                }
                if (TEST.matcher(span).matches()) {
                    assertThat(tests).contains(span);
                }
                String first = span.split(" ", 2)[0];
                if (FILE.matcher(first).matches() && !first.matches(".*(NAME|__what).*")) {
                    assertThat(Path.of(first)).exists();
                }
            }
        });
    }

    @Test
    void theChapterOnTheApi_hasEveryRoute() throws IOException {
        assertThat(Set.copyOf(chapter("api").rows()).stream().filter(row -> row.matches("[A-Z]+ /.*")))
                .containsExactlyInAnyOrderElementsOf(OpenApiDocument.read().routes());
    }

    @Test
    void theChapterOnArchitecture_hasEveryThread() throws IOException {
        Set<String> threads = new TreeSet<>();
        try (Stream<Path> files = Files.walk(MAIN)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                THREAD.matcher(Files.readString(file)).results().forEach(name -> threads.add(name.group(1)));
            }
        }
        Set<String> told = chapter("architecture").spans().stream()
                .filter(span -> span.startsWith("passgate-"))
                .map(span -> span.replaceFirst("N$", ""))
                .collect(Collectors.toSet());
        assertThat(threads).hasSizeGreaterThan(15);
        assertThat(told).containsAll(threads);
    }

    @Test
    void theChapterOnBenchmarking_hasEachOfThem() throws IOException {
        String script = Files.readString(Path.of("bench/run.sh"));
        List<String> names = Pattern.compile("(?m)^  (.+)\\) needs_layout=")
                .matcher(script)
                .results()
                .flatMap(line -> Arrays.stream(line.group(1).split(" \\| ", -1)))
                .toList();
        assertThat(names).hasSizeGreaterThan(10);
        assertThat(chapter("benchmarking").rows()).containsExactlyInAnyOrderElementsOf(names);
    }
}
