package io.passgate;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A command that is named but does not run, and a picture that is not read, are failures and never pass in silence. */
final class ZbarimgTest {
    @Test
    void aCommandThatIsNotThere_fails() {
        assertThatThrownBy(() -> Zbarimg.read("/nowhere/zbarimg", List.of(Path.of("a.png"))))
                .isInstanceOf(IOException.class);
    }

    @Test
    void aCommandThatFails_fails() {
        assertThatThrownBy(() -> Zbarimg.read("false", List.of(Path.of("a.png"))))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("0 of 1");
    }
}
