package io.passgate.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.passgate.testing.api.ApiOperation;
import io.passgate.testing.api.OpenApiDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The OpenAPI document is one that good clients are generated from: whatever they name has a name in it. */
final class OpenApiClientsTest {
    private static final OpenApiDocument DOCUMENT = OpenApiDocument.read();
    private static final String METHOD_NAME = "[a-z][a-zA-Z]*";
    private static final String TYPE_NAME = "[A-Z][a-zA-Z]*";

    @Test
    void whatTheChapterShowsOfClients_isInTheirTrials() throws IOException {
        assertShown("java", Path.of("src/clients/java/io/passgate/trial/Trial.java"));
        assertShown("ts", Path.of("src/clients/typescript/trial.ts"));
    }

    /** Each paragraph of the chapter's blocks in that language stands in the file, however it is indented. */
    private static void assertShown(String language, Path trial) throws IOException {
        String chapter = Files.readString(Path.of("src/site/markdown/api.md"));
        List<String> blocks = Pattern.compile("(?s)```" + language + "\n(.*?)```")
                .matcher(chapter)
                .results()
                .map(block -> block.group(1))
                .toList();
        assertThat(blocks).isNotEmpty();
        String program = blanksAsOne(Files.readString(trial));
        assertThat(blocks.stream().flatMap(block -> Pattern.compile("\n\n").splitAsStream(block)))
                .allSatisfy(paragraph -> assertThat(program).contains(blanksAsOne(paragraph)));
    }

    private static String blanksAsOne(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }

    @Test
    void everyOperation_hasAMethodsNameOfItsOwn_andATag() {
        List<ApiOperation> operations = DOCUMENT.operations();
        assertThat(operations.stream().map(ApiOperation::id))
                .isNotEmpty()
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches(METHOD_NAME));
        List<String> tags = new ArrayList<>();
        DOCUMENT.root().path("tags").forEach(tag -> tags.add(tag.path("name").textValue()));
        assertThat(tags).doesNotHaveDuplicates().allMatch(tag -> tag.matches(TYPE_NAME));
        assertThat(operations).allSatisfy(operation -> {
            assertThat(operation.node().path("tags")).as(operation.route()).hasSize(1);
            assertThat(tags).contains(operation.node().path("tags").path(0).textValue());
        });
    }

    @Test
    void operationsOfOneTag_areAtOnePort() {
        assertThat(DOCUMENT.operations())
                .allSatisfy(operation -> assertThat(DOCUMENT.operations().stream()
                                .filter(other -> other.node()
                                        .path("tags")
                                        .equals(operation.node().path("tags")))
                                .map(ApiOperation::servers)
                                .distinct())
                        .as(operation.route())
                        .hasSize(1));
    }

    @Test
    void whatIsSentAndAnswered_isANamedType() {
        for (ApiOperation operation : DOCUMENT.operations()) {
            if (operation.hasBody()) {
                assertThat(operation.bodySchema().has("$ref"))
                        .as(operation.route())
                        .isTrue();
            }
            operation.answers().stream()
                    .filter(answer -> answer.mediaType().endsWith("json"))
                    .forEach(answer -> assertThat(answer.schema().has("$ref"))
                            .as("%s %d", operation.route(), answer.status())
                            .isTrue());
        }
    }

    /** An object or an enum that stands within a schema has no name; nor has one of several. */
    @Test
    void everyObjectAndEnum_isANamedSchema_ofOneType() {
        JsonNode schemas = DOCUMENT.root().path("components").path("schemas");
        assertThat(schemas.propertyStream().map(schema -> schema.getKey())).allMatch(name -> name.matches(TYPE_NAME));
        schemas.properties().forEach(schema -> {
            JsonNode named = schema.getValue();
            assertThat(named.path("type").isTextual()).as(schema.getKey()).isTrue();
            named.path("properties")
                    .properties()
                    .forEach(member -> assertPlain(schema.getKey() + "." + member.getKey(), member.getValue()));
            if (named.has("items")) {
                assertPlain(schema.getKey() + "[]", named.path("items"));
            }
        });
    }

    private static void assertPlain(String where, JsonNode schema) {
        if (schema.has("$ref")) {
            assertThat(schema).as(where).hasSize(1);
            return;
        }
        assertThat(schema.path("type").textValue()).as(where).isIn("string", "integer", "boolean", "array");
        assertThat(schema.has("enum") || schema.has("const"))
                .as("%s has a name", where)
                .isFalse();
        if (schema.has("items")) {
            assertPlain(where + "[]", schema.path("items"));
        }
    }

    /** A client sends a default as if it had been asked for: it may stand only where it is allowed always. */
    @Test
    void membersThatSomeRecordsMayNotHave_haveNoDefault() {
        DOCUMENT.schema("HealthRecord")
                .path("properties")
                .properties()
                .forEach(member -> assertThat(member.getValue().has("default"))
                        .as(member.getKey())
                        .isEqualTo(member.getKey().equals("revision")));
    }
}
