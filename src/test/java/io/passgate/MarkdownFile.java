package io.passgate;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A file in Markdown, taken apart: what is said, what is code, and where it can be linked to.
 *
 * @param path from the root of the repository
 * @param blocks the lines of its code blocks; one that is indented by four goes on with the line before it
 * @param prose the rest, without them
 */
public record MarkdownFile(Path path, List<String> lines, List<String> blocks, String prose) {
    private static final Path ROOT = Path.of("");
    private static final Set<String> NOT_OURS = Set.of("target", ".git");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.*)$");
    private static final Pattern LINK = Pattern.compile("\\[[^\\]]*\\]\\(([^)\\s]+)\\)");
    private static final Pattern SPAN = Pattern.compile("`([^`]+)`");

    public static MarkdownFile read(Path path) throws IOException {
        List<String> lines = Files.readAllLines(path);
        List<String> blocks = new ArrayList<>();
        StringBuilder prose = new StringBuilder();
        boolean isCode = false;
        for (String line : lines) {
            if (line.strip().startsWith("```")) {
                isCode = !isCode;
            } else if (!isCode) {
                prose.append(line).append('\n');
            } else if (line.startsWith("    ") && !blocks.isEmpty()) {
                blocks.addLast(blocks.removeLast() + " " + line.strip());
            } else {
                blocks.addLast(line);
            }
        }
        if (isCode) {
            throw new AssertionError(path + " has a code block that does not end");
        }
        return new MarkdownFile(path, List.copyOf(lines), List.copyOf(blocks), prose.toString());
    }

    /** All of the repository. */
    public static List<MarkdownFile> all() throws IOException {
        List<Path> paths = new ArrayList<>();
        var _ = Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return NOT_OURS.contains(folder.toString()) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (file.toString().endsWith(".md")) {
                    paths.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        List<MarkdownFile> files = new ArrayList<>();
        for (Path path : paths) {
            files.add(read(path));
        }
        return files;
    }

    /** Code within the prose. */
    public List<String> spans() {
        return found(SPAN, prose);
    }

    /** Where its links lead to, as they are written. */
    List<String> links() {
        return found(LINK, SPAN.matcher(prose).replaceAll(""));
    }

    /** The headings, without their marks. */
    List<String> headings() {
        return found(HEADING, prose);
    }

    /** What its headings can be linked by, as GitHub makes it of them. */
    Set<String> anchors() {
        Map<String, Integer> seen = new HashMap<>();
        Set<String> anchors = new TreeSet<>();
        for (String heading : headings()) {
            String anchor = anchor(heading);
            int before = seen.merge(anchor, 1, Integer::sum) - 1;
            anchors.add(before == 0 ? anchor : anchor + "-" + before);
        }
        return anchors;
    }

    /** Letters, digits, hyphens and low lines stay, in lower case; a blank becomes a hyphen. */
    static String anchor(String heading) {
        return heading.strip()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
    }

    /** The first cells of the rows of its tables that are code, without its marks. */
    List<String> rows() {
        return found(Pattern.compile("(?m)^\\| `([^`]+)` \\|"), prose);
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }
}
