package io.passgate.testing.compose;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.testing.compose.ChapterPlay.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An answer that is another than the chapter's is told from one that is as it says. */
final class ChapterPlayTest {
    private static boolean isAs(String language, String told, String answer) throws IOException {
        return ChapterPlay.isAs(new Step("", Optional.of(language), told), answer);
    }

    @Test
    void json_isComparedByValue_withWhatIsAnotherEachTime() throws IOException {
        String told = "{\"results\":[\n  {\"verdict\":\"accepted\",\"id\":\"a…\"}]}\n{\"n\":1}";
        assertThat(isAs("json", told, "{\"results\":[{\"id\":\"abc\",\"verdict\":\"accepted\"}]}{\"n\":1}"))
                .isTrue();
        assertThat(isAs("json", told, "{\"results\":[{\"id\":\"abc\",\"verdict\":\"refused\"}]}{\"n\":1}"))
                .isFalse();
        assertThat(isAs("json", told, "{\"results\":[{\"id\":\"bbc\",\"verdict\":\"accepted\"}]}{\"n\":1}"))
                .isFalse();
        assertThat(isAs("json", told, "{\"results\":[{\"id\":\"abc\",\"verdict\":\"accepted\"}]}"))
                .isFalse();
        assertThat(isAs("json", told, "{\"results\":[]}{\"n\":1}")).isFalse();
        assertThat(isAs("json", "{}", "{\"more\":1}")).isFalse();
    }

    @Test
    void text_isComparedLineByLine() throws IOException {
        assertThat(isAs("text", "a: made, until …\n…\ndone\n", "a: made, until 2027\nb\nc\ndone\n"))
                .isTrue();
        assertThat(isAs("text", "a: made, until …\n…\ndone\n", "a: made, until 2027\ndone\n"))
                .isTrue();
        assertThat(isAs("text", "a: made, until …\ndone\n", "a: made, until 2027\nb\ndone\n"))
                .isFalse();
        assertThat(isAs("text", "a (1)\n", "a (2)\n")).isFalse();
    }

    @Test
    void whatTheChapterDoesNotPrint_isNotSaid() throws IOException {
        assertThat(ChapterPlay.isAs(new Step("", Optional.empty(), ""), "\n")).isTrue();
        assertThat(ChapterPlay.isAs(new Step("", Optional.empty(), ""), "more\n"))
                .isFalse();
    }

    @Test
    void aChapter_isPlayedInOneShell_andACommandThatFailsIsNamed(@TempDir Path folder)
            throws IOException, InterruptedException {
        Path chapter = Files.writeString(
                folder.resolve("a.md"), "```sh\nA=1\n```\n\n```sh\necho $A\n```\n\nis\n\n```sh\nfalse\necho no\n```\n");
        ChapterPlay play = ChapterPlay.read(chapter);
        assertThat(play.steps()).hasSize(3);
        assertThat(play.play(
                        folder, folder, folder.resolve("log"), commands -> commands.replace("false\necho no\n", "")))
                .containsExactly("", "1\n", "");
        try {
            var _ = play.play(folder, folder, folder.resolve("log"), commands -> commands);
        } catch (AssertionError failed) {
            assertThat(failed).hasMessageContaining("step 3");
            return;
        }
        throw new AssertionError("a command that fails went by");
    }
}
