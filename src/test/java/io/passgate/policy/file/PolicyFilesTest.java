package io.passgate.policy.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.passgate.policy.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A folder of policies is read whole or not at all, and the message names the file and the key. */
final class PolicyFilesTest {
    private static final YAMLMapper YAML = new YAMLMapper();

    @TempDir
    private Path folder;

    @BeforeEach
    void copyTheShippedFiles() throws IOException {
        try (Stream<Path> files = Files.list(ShippedPolicies.FOLDER)) {
            for (Path file : files.toList()) {
                Files.copy(file, folder.resolve(file.getFileName()));
            }
        }
    }

    @Test
    void theShippedFilesHoldFourPolicies() {
        assertThat(ShippedPolicies.catalog().policies())
                .extracting(Policy::id)
                .containsExactly("eu@2022-02-01", "eu@2022-04-06", "kr@2021-07-12", "kr@2022-01-03");
    }

    @ParameterizedTest
    @ValueSource(strings = {"kr@2021-07-12.yaml", "kr@2022-01-03.yaml", "eu@2022-02-01.yaml", "eu@2022-04-06.yaml"})
    void everyKeyOfAPolicyIsRequired(String name) throws IOException {
        List<String> tried = new ArrayList<>();
        for (String key : keys(name)) {
            // A rule or a type of test may be left out; their own keys may not.
            if (!key.matches("rules\\.[a-z_]+|.*\\.types\\.[a-z]+")) {
                edit(name, key, (parent, last) -> parent.remove(last));
                assertRefused(name, key);
                tried.add(key);
            }
            restore(name);
        }
        assertThat(tried).contains("id", "rules", "rules.test_negative.types").hasSizeGreaterThan(20);
    }

    @ParameterizedTest
    @ValueSource(strings = {"kr@2021-07-12.yaml", "kr@2022-01-03.yaml", "eu@2022-04-06.yaml", "valuesets.yaml"})
    void everyValueMustBeOfItsType(String name) throws IOException {
        for (String key : keys(name)) {
            edit(name, key, (parent, last) -> parent.put(last, 1.5));
            assertRefused(name, key);
            restore(name);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"kr@2022-01-03.yaml", "eu@2022-04-06.yaml", "valuesets.yaml"})
    void aKeyThatIsNotKnown_isRefusedWhereverItStands(String name) throws IOException {
        edit(name, "surprise", (parent, last) -> parent.put(last, "x"));
        assertRefused(name, "surprise");
        restore(name);
        for (String key : keys(name)) {
            // In a value set any text is a code.
            if (node(name, key).isObject() && !key.matches("targets|testTypes|testResults")) {
                edit(name, key + ".surprise", (parent, last) -> parent.put(last, "x"));
                assertRefused(name, key + ".surprise");
            }
            restore(name);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "maxEvents                                  | 0          | maxEvents",
                "maxEvents                                  | 17         | maxEvents",
                "zone                                       | Asia/Soul  | zone",
                "series                                     | holder     | series",
                "ageBy                                      | guess      | ageBy",
                "rules.vaccination_complete.fromDay         | -1         | rules.vaccination_complete",
                "rules.vaccination_complete.fromDay         | 181        | rules.vaccination_complete",
                "rules.vaccination_complete.fromDay         | none       | rules.vaccination_complete.fromDay",
                "rules.vaccination_complete.noEndUpToAge    | 151        | rules.vaccination_complete",
                "rules.vaccination_and_recovery.leastDose   | 0          | rules.vaccination_and_recovery",
                "rules.recovery.issuerDates                 | true       | rules.recovery.issuerDates",
                "rules.under_age_exempt.upToAge             | -1         | rules.under_age_exempt",
                "rules.test_negative.types.naat.hours       | 0          | rules.test_negative.types.naat",
                "rules.test_negative.types.naat.hours       | 4294967344 | rules.test_negative.types.naat.hours",
                "rules.test_negative.types.naat.until       | noon       | rules.test_negative.types.naat.until"
            })
    void aValueOutOfItsRange_isRefused(String key, String value, String named) throws IOException {
        edit("kr@2022-01-03.yaml", key, (parent, last) -> parent.set(last, YAML.readTree(value)));
        assertRefused("kr@2022-01-03.yaml", named);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "targets                                | [mumps]                  | mumps",
                "products                               | [comirnaty, placebo]     | placebo",
                "products                               | [comirnaty, comirnaty]   | twice",
                "products                               | []                       | at least one",
                "products                               | [5]                      | 5 is not text",
                "rules.recovery.countFrom               | [birth]                  | birth",
                "rules.test_negative.results            | [inconclusive]           | inconclusive",
                "rules.test_negative.types              | {swab: {}}               | swab",
                "rules.test_negative.types              | {}                       | rules.test_negative",
                "rules                                  | {luck: {}}               | luck",
                "rules                                  | {}                       | accepts nothing"
            })
    void aNameThatStandsForNothing_isRefused(String key, String value, String wrong) throws IOException {
        edit("kr@2022-01-03.yaml", key, (parent, last) -> parent.set(last, YAML.readTree(value)));
        assertRefused("kr@2022-01-03.yaml", wrong);
    }

    @Test
    void anIdThatIsNotTheFilesName_isRefused() throws IOException {
        Files.move(folder.resolve("kr@2021-07-12.yaml"), folder.resolve("kr@2021-07-13.yaml"));
        assertRefused("kr@2021-07-13.yaml", "id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"kr", "kr@2021-02-30", "kr@today", "KR@2021-07-12", "@2021-07-12"})
    void anIdThatIsNotNameAtDate_isRefused(String id) throws IOException {
        edit("kr@2021-07-12.yaml", "id", (parent, last) -> parent.put(last, id));
        Files.move(folder.resolve("kr@2021-07-12.yaml"), folder.resolve(id + ".yaml"));
        assertRefused(id + ".yaml", "");
    }

    @Test
    void aKeyThatStandsTwice_isRefused() throws IOException {
        Path file = folder.resolve("eu@2022-02-01.yaml");
        Files.writeString(file, Files.readString(file) + "zone: UTC\n");
        assertRefused("eu@2022-02-01.yaml", "zone");
    }

    @Test
    void twoCodesOfOneName_areRefused() throws IOException {
        edit("valuesets.yaml", "testResults.260373001", (parent, last) -> parent.put(last, "not_detected"));
        assertRefused("valuesets.yaml", "testResults.260373001");
        restore("valuesets.yaml");
        edit("valuesets.yaml", "products.Covaxin.name", (parent, last) -> parent.put(last, "comirnaty"));
        assertRefused("valuesets.yaml", "products.Covaxin.name");
        restore("valuesets.yaml");
        edit("valuesets.yaml", "products.Covaxin.primaryDoses", (parent, last) -> parent.put(last, 0));
        assertRefused("valuesets.yaml", "products.Covaxin");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "- a\n", "id: [", "a: b\n---\nc: d\n"})
    void aFileThatIsNotOneMapping_isRefused(String text) throws IOException {
        Files.writeString(folder.resolve("kr@2021-07-12.yaml"), text);
        assertRefused("kr@2021-07-12.yaml", "");
    }

    @Test
    void aFolderThatIsMissingOrEmpty_isRefused(@TempDir Path empty) {
        assertThatThrownBy(() -> PolicyFiles.read(empty))
                .isInstanceOf(InvalidPolicyFile.class)
                .hasMessageContaining(empty.toString());
        assertThatThrownBy(() -> PolicyFiles.read(empty.resolve("none")))
                .isInstanceOf(InvalidPolicyFile.class)
                .hasMessageContaining("none");
    }

    @Test
    void aFolderWithoutValueSets_isRefused() throws IOException {
        Files.delete(folder.resolve("valuesets.yaml"));
        assertRefused("valuesets.yaml", "cannot be read");
    }

    @Test
    void aRuleMayBeLeftOut_andOtherFilesMayLieBeside() throws IOException {
        edit("kr@2022-01-03.yaml", "rules.under_age_exempt", (parent, last) -> parent.remove(last));
        Files.writeString(folder.resolve("README.txt"), "not a policy");
        assertThat(PolicyFiles.read(folder).policies()).hasSize(4);
    }

    @FunctionalInterface
    private interface Edit {
        void apply(ObjectNode parent, String last) throws IOException;
    }

    private void assertRefused(String name, String named) {
        assertThatThrownBy(() -> PolicyFiles.read(folder), "%s: %s", name, named)
                .isInstanceOf(InvalidPolicyFile.class)
                .hasMessageContaining(name)
                .hasMessageContaining(named);
    }

    private void restore(String name) throws IOException {
        Files.writeString(folder.resolve(name), Files.readString(ShippedPolicies.FOLDER.resolve(name)));
    }

    private void edit(String name, String key, Edit edit) throws IOException {
        ObjectNode root = (ObjectNode) YAML.readTree(folder.resolve(name).toFile());
        int dot = key.lastIndexOf('.');
        JsonNode parent = dot < 0 ? root : root.at(pointer(key.substring(0, dot)));
        edit.apply((ObjectNode) parent, key.substring(dot + 1));
        YAML.writeValue(folder.resolve(name).toFile(), root);
    }

    private JsonNode node(String name, String key) throws IOException {
        return YAML.readTree(folder.resolve(name).toFile()).at(pointer(key));
    }

    private static String pointer(String key) {
        return "/" + key.replace("/", "~1").replace('.', '/');
    }

    /** The keys of a file with those inside its mappings, such as {@code rules.recovery.fromDay}. */
    private static List<String> keys(String name) throws IOException {
        List<String> keys = new ArrayList<>();
        collect(
                Optional.empty(),
                YAML.readTree(ShippedPolicies.FOLDER.resolve(name).toFile()),
                keys);
        return keys;
    }

    private static void collect(Optional<String> path, JsonNode mapping, List<String> keys) {
        mapping.properties().forEach(entry -> {
            String key = path.map(above -> above + ".").orElse("") + entry.getKey();
            keys.add(key);
            collect(Optional.of(key), entry.getValue(), keys);
        });
    }
}
