package io.passgate.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped configuration, the records that it is read into, and the chapter's tables name the same keys. */
final class ShippedConfigTest {
    private static final Path SHIPPED = Path.of("config", "passgate.yaml");

    @Test
    void theShippedFile_isTheDefaults(@TempDir Path folder) throws IOException, InvalidConfig {
        Path empty = Files.createFile(folder.resolve("given.yaml"));
        assertThat(ConfigFile.read(SHIPPED)).isEqualTo(ConfigFile.read(empty));
    }

    @Test
    void theShippedFile_hasEveryKey() throws IOException {
        Set<String> written = new TreeSet<>();
        keys("", new YAMLMapper().readTree(Files.readAllBytes(SHIPPED)), written);
        Set<String> known = new TreeSet<>();
        keys("", Config.class, known);
        assertThat(written).isEqualTo(known).contains("http.port", "tokens");
    }

    @Test
    void theChaptersTables_haveEveryKey_andNoOther() throws IOException {
        Set<String> known = new TreeSet<>();
        keys("", Config.class, known);
        List<String> rows = new ArrayList<>();
        Files.readString(Path.of("src/site/markdown/configuration.md"))
                .lines()
                .filter(line -> line.startsWith("| `"))
                .forEach(row -> Pattern.compile("`([^`]+)`")
                        .matcher(row.split("\\|", -1)[1])
                        .results()
                        .map(key -> key.group(1))
                        .forEach(rows::add));
        assertThat(rows).doesNotHaveDuplicates();
        Set<String> told = new TreeSet<>(rows);
        for (String field : Set.of("perSecond", "burst")) {
            assertThat(told.remove("limits.ROLE." + field)).isTrue();
            known.stream()
                    .filter(key -> key.matches("limits\\.[a-zA-Z]+\\." + field))
                    .forEach(told::add);
        }
        assertThat(told).isEqualTo(known);
    }

    private static void keys(String path, JsonNode mapping, Set<String> keys) {
        mapping.properties().forEach(entry -> {
            if (entry.getValue().isObject()) {
                keys(path + entry.getKey() + ".", entry.getValue(), keys);
            } else {
                keys.add(path + entry.getKey());
            }
        });
    }

    private static void keys(String path, Class<?> type, Set<String> keys) {
        for (RecordComponent part : type.getRecordComponents()) {
            if (part.getType().isRecord()) {
                keys(path + part.getName() + ".", part.getType(), keys);
            } else {
                keys.add(path + part.getName());
            }
        }
    }
}
