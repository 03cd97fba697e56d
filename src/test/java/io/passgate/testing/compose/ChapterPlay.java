package io.passgate.testing.compose;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The commands of a chapter, in one shell and as they are written, each with the answer that the chapter prints below.
 * In an answer {@code …} stands for anything, and alone on a line for any lines.
 */
final class ChapterPlay {
    /** A block of the language {@code sh}, and where one follows, the block of its answer. */
    private static final Pattern STEP =
            Pattern.compile("```sh\\n(.*?)```\\n(?:\\s*```(text|json)\\n(.*?)```\\n)?", Pattern.DOTALL);

    private static final String MARK = "\u001e";
    private static final String ANYTHING = "…";
    private static final int PATIENCE_SECONDS = 150;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<Step> steps;

    private ChapterPlay(List<Step> steps) {
        this.steps = steps;
    }

    /** @param language of the answer; empty where the chapter prints none */
    record Step(String commands, Optional<String> language, String answer) {}

    static ChapterPlay read(Path chapter) throws IOException {
        Matcher found = STEP.matcher(Files.readString(chapter));
        List<Step> steps = new ArrayList<>();
        while (found.find()) {
            steps.add(new Step(
                    found.group(1),
                    Optional.ofNullable(found.group(2)),
                    Optional.ofNullable(found.group(3)).orElse("")));
        }
        return new ChapterPlay(steps);
    }

    List<Step> steps() {
        return steps;
    }

    /**
     * Plays all steps to the first that fails.
     *
     * @param path where the shell finds commands first
     * @param change what the commands become before they are run
     * @return what each answered
     */
    List<String> play(Path folder, Path path, Path log, UnaryOperator<String> change)
            throws IOException, InterruptedException {
        String script = "set -euo pipefail\n"
                + steps.stream()
                        .map(step -> change.apply(step.commands()) + "printf '" + MARK + "'\n")
                        .collect(Collectors.joining());
        Path commands = Files.writeString(log.resolveSibling("commands.sh"), script);
        Path out = log.resolveSibling("answers");
        ProcessBuilder shell = new ProcessBuilder("bash", commands.toString())
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(log.toFile());
        shell.environment().merge("PATH", path.toString(), (before, first) -> first + ":" + before);
        Process process = shell.start();
        try {
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        String all = Files.readString(out);
        List<String> answers = new ArrayList<>(Arrays.asList(all.split(MARK, -1)));
        String unfinished = answers.removeLast();
        assertThat(process.exitValue())
                .as("step %s said %s and %s", answers.size() + 1, unfinished, Files.readString(log))
                .isZero();
        assertThat(answers).hasSameSizeAs(steps);
        return answers;
    }

    /** Whether an answer is as the chapter prints it. */
    static boolean isAs(Step step, String answer) throws IOException {
        if (step.language().isEmpty()) {
            return answer.isBlank();
        }
        return step.language().get().equals("json")
                ? areAlike(values(step.answer()), values(answer))
                : lines(step.answer()).matcher(answer.strip() + "\n").matches();
    }

    private static Pattern lines(String text) {
        return Pattern.compile(text.strip()
                .lines()
                .map(line -> line.equals(ANYTHING) ? "(?:.*\\n)*?" : line(line) + "\\n")
                .collect(Collectors.joining()));
    }

    private static String line(String text) {
        return Arrays.stream(text.split(ANYTHING, -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
    }

    private static List<JsonNode> values(String text) throws IOException {
        try (MappingIterator<JsonNode> values = JSON.readerFor(JsonNode.class).readValues(text)) {
            return values.readAll();
        }
    }

    private static boolean areAlike(List<JsonNode> told, List<JsonNode> found) {
        boolean alike = told.size() == found.size();
        for (int i = 0; alike && i < told.size(); i++) {
            alike = isAlike(told.get(i), found.get(i));
        }
        return alike;
    }

    private static boolean isAlike(JsonNode told, JsonNode found) {
        if (told.isObject() && found.isObject()) {
            List<String> names = new ArrayList<>();
            List<String> others = new ArrayList<>();
            told.fieldNames().forEachRemaining(names::add);
            found.fieldNames().forEachRemaining(others::add);
            return new TreeSet<>(names).equals(new TreeSet<>(others))
                    && names.stream().allMatch(name -> isAlike(told.path(name), found.path(name)));
        }
        if (told.isArray() && found.isArray()) {
            return areAlike(told.valueStream().toList(), found.valueStream().toList());
        }
        return told.isTextual() && found.isTextual()
                ? Pattern.matches(line(told.asText()), found.asText())
                : told.equals(found);
    }
}
