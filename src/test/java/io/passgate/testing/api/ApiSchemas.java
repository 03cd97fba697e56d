package io.passgate.testing.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.SchemaRepository;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The schemas of the OpenAPI document, which are JSON Schema 2020-12, to hold values against. */
public final class ApiSchemas {
    private static final String WHERE = "https://passgate.example/schema";
    private static final JsonSchemaOptions OPTIONS = new JsonSchemaOptions()
            .setDraft(Draft.DRAFT202012)
            .setBaseUri(WHERE)
            .setOutputFormat(OutputFormat.Basic);

    private final JsonObject named;

    public ApiSchemas(OpenApiDocument document) {
        named = asJsonSchema(document.root().path("components").path("schemas"));
    }

    /** With the named schemas where JSON Schema has them: the validator looks nowhere else. */
    private static JsonObject asJsonSchema(JsonNode schema) {
        return new JsonObject(schema.toString().replace("#/components/schemas/", "#/$defs/"));
    }

    /** What of {@code value} is not as {@code schema} of the document says; nothing where all is. */
    public List<String> faults(JsonNode schema, JsonNode value) {
        JsonObject whole = asJsonSchema(schema).put("$defs", named);
        OutputUnit found = SchemaRepository.create(OPTIONS)
                .dereference(WHERE, JsonSchema.of(whole))
                .validator(WHERE)
                .validate(Json.decodeValue(value.toString()));
        if (found.getValid()) {
            return List.of();
        }
        List<String> faults = new ArrayList<>();
        if (found.getErrors() != null) {
            faults.addAll(found.getErrors().stream()
                    .map(error -> error.getInstanceLocation() + ": " + error.getError())
                    .collect(Collectors.toList()));
        }
        faults.add("not as " + schema);
        return faults;
    }
}
