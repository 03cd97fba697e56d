package io.passgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.image.Pictures;
import io.passgate.testing.CardSpec;
import io.passgate.testing.TestIssuer;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code passgate verify --image}: pictures instead of lines. */
final class VerifyImageTest {
    private static final TestIssuer ISSUER = TestIssuer.ec256("XX");
    private static final String AT = "2021-08-01T12:00:00Z";

    @TempDir
    private Path folder;

    private Path file(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    private static String line(Path file, String verdict, String reason, String format) {
        return "{\"id\":\"" + file + "\",\"verdict\":\"" + verdict + "\",\"reason\":" + quoted(reason) + ",\"format\":"
                + quoted(format) + "}";
    }

    private static String quoted(String text) {
        return text.isEmpty() ? "null" : '"' + text + '"';
    }

    @Test
    void everyCodeOfEveryPicture_isJudged() throws IOException {
        Path trust = file("signer.der", ISSUER.certificateDer());
        BufferedImage card = Pictures.code(ISSUER.card(CardSpec.vaccination()), 300);
        Path png = file("card.png", Pictures.png(card));
        BufferedImage ground = new BufferedImage(800, 340, BufferedImage.TYPE_INT_RGB);
        Path jpeg = file(
                "two.jpg",
                Pictures.jpeg(Pictures.lay(
                        ground,
                        List.of(
                                new Pictures.Laid(card, 600, 170, 0),
                                new Pictures.Laid(Pictures.code("HELLO", 200), 170, 170, 10)))));
        Cli run =
                Cli.run("verify", "--at", AT, "--trust", trust.toString(), "--image", png.toString(), jpeg.toString());
        assertThat(run.err()).isEmpty();
        assertThat(run.lines())
                .containsExactly(
                        line(png, "accepted", "", "eu-dcc"),
                        line(jpeg, "refused", "not_a_credential", ""),
                        line(jpeg, "accepted", "", "eu-dcc"));
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void whatIsNotRead_isNamed_andTheOthersAreJudged() throws IOException {
        Path text = file("text.png", new byte[] {1, 2, 3});
        Path plain = file("plain.png", Pictures.png(new BufferedImage(90, 90, BufferedImage.TYPE_INT_RGB)));
        Path large = file("large.png", new byte[(4 << 20) + 1]);
        Path menu = file("menu.png", Pictures.png(Pictures.code("A MENU", 200)));
        Cli run = Cli.run(
                "verify", "--image", text.toString(), plain.toString(), large.toString(), "--image", menu.toString());
        assertThat(run.lines())
                .containsExactly(
                        line(text, "indeterminate", "picture_unreadable", ""),
                        line(plain, "indeterminate", "no_code_found", ""),
                        line(large, "indeterminate", "picture_too_large", ""),
                        line(menu, "refused", "not_a_credential", ""));
        assertThat(run.err()).contains(text + ": picture_unreadable").doesNotContain("menu");
        assertThat(run.exitCode()).isOne();
    }

    @Test
    void aFileThatIsNotThere_orLinesBeside_areWrongArguments() throws IOException {
        Path menu = file("menu.png", Pictures.png(Pictures.code("A MENU", 200)));
        Cli missing = Cli.run(
                "verify", "--image", menu.toString(), folder.resolve("none.png").toString());
        assertThat(missing.out()).isEmpty();
        assertThat(missing.exitCode()).isEqualTo(2);
        assertThat(Cli.run("verify", "lines.txt", "--image", menu.toString()).exitCode())
                .isEqualTo(2);
        assertThat(Cli.run("verify", "--image", folder.toString()).exitCode()).isEqualTo(2);
    }
}
