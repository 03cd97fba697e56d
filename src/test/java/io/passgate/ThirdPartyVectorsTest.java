package io.passgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A named folder that is not there fails a test and does not skip it. */
final class ThirdPartyVectorsTest {
    @Test
    void aMissingFolder_fails(@TempDir Path root) {
        assertThatThrownBy(() -> ThirdPartyVectors.folder(root, "absent"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("absent");
    }

    @Test
    void aPresentFolder_isFound(@TempDir Path root) throws IOException {
        Path present = Files.createDirectory(root.resolve("present"));
        assertThat(ThirdPartyVectors.folder(root, "present")).isEqualTo(present);
    }
}
