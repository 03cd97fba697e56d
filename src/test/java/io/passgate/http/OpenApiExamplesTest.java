package io.passgate.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.passgate.http.response.ProblemType;
import io.passgate.testing.api.ApiOperation;
import io.passgate.testing.api.ApiSchemas;
import io.passgate.testing.api.OpenApiDocument;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The examples of the OpenAPI document are whole, and of their schemas. {@code OpenApiExamplesIT} sends them. */
final class OpenApiExamplesTest {
    private static final OpenApiDocument DOCUMENT = OpenApiDocument.read();
    private static final ApiSchemas SCHEMAS = new ApiSchemas(DOCUMENT);
    private static final String PROBLEM = "application/problem+json";

    @Test
    void everyExample_isOfItsSchema() {
        for (ApiOperation operation : DOCUMENT.operations()) {
            operation
                    .bodies()
                    .forEach((name, body) -> assertThat(SCHEMAS.faults(operation.bodySchema(), body))
                            .as("%s, request %s", operation.route(), name)
                            .isEmpty());
            operation
                    .parameters()
                    .forEach(parameter -> parameter
                            .examples()
                            .forEach((name, value) -> assertThat(SCHEMAS.faults(parameter.schema(), value))
                                    .as("%s, parameter %s", operation.route(), parameter.name())
                                    .isEmpty()));
            operation
                    .answers()
                    .forEach(answer -> answer.examples()
                            .forEach((name, value) -> assertThat(SCHEMAS.faults(answer.schema(), value))
                                    .as("%s, answer %d %s", operation.route(), answer.status(), name)
                                    .isEmpty()));
        }
    }

    @Test
    void whatIsNotOfASchema_isFound() throws Exception {
        ApiOperation verify = DOCUMENT.operations().getFirst();
        for (String wrong : List.of(
                "{}", "{\"payloads\": []}", "{\"payloads\": [1]}", "{\"payloads\": [\"a\"], \"other\": 1}", "[]")) {
            assertThat(SCHEMAS.faults(verify.bodySchema(), new ObjectMapper().readTree(wrong)))
                    .as(wrong)
                    .isNotEmpty();
        }
    }

    @Test
    void everyOperation_hasAnExampleOfItsRequest_andOfEveryAnswer() {
        for (ApiOperation operation : DOCUMENT.operations()) {
            assertThat(operation.bodies().isEmpty()).as(operation.route()).isEqualTo(!operation.hasBody());
            assertThat(operation.parameters())
                    .as(operation.route())
                    .allMatch(parameter -> !parameter.examples().isEmpty());
            assertThat(operation.answers())
                    .as(operation.route())
                    .filteredOn(answer ->
                            !answer.mediaType().isEmpty() && !answer.mediaType().startsWith("image/"))
                    .allMatch(answer -> !answer.examples().isEmpty());
            assertThat(operation.client().isEmpty())
                    .as("%s: who sends the examples", operation.route())
                    .isEqualTo(operation.node().path("security").isEmpty());
        }
    }

    @Test
    void everyRequest_hasOneAnswerOfItsName() {
        for (ApiOperation operation : DOCUMENT.operations()) {
            List<String> answers = operation.answers().stream()
                    .flatMap(answer -> answer.examples().keySet().stream())
                    .toList();
            operation
                    .bodies()
                    .keySet()
                    .forEach(name -> assertThat(answers)
                            .as("%s %s", operation.route(), name)
                            .containsOnlyOnce(name));
        }
    }

    @Test
    void problems_areThoseOfTheCode_andEachStandsUnderItsStatus() {
        Map<String, ProblemType> types =
                Arrays.stream(ProblemType.values()).collect(Collectors.toMap(ProblemType::uri, Function.identity()));
        Set<String> shown = new TreeSet<>();
        for (ApiOperation operation : DOCUMENT.operations()) {
            for (ApiOperation.Answer answer : operation.answers()) {
                assertThat(answer.mediaType().equals(PROBLEM))
                        .as("%s %d", operation.route(), answer.status())
                        .isEqualTo(answer.status() >= 400);
                if (answer.mediaType().equals(PROBLEM)) {
                    answer.examples().values().forEach(problem -> {
                        assertProblem(problem, types, answer.status());
                        shown.add(problem.path("type").textValue());
                    });
                }
            }
        }
        List<String> ofNoOperation = new ArrayList<>(types.keySet());
        ofNoOperation.removeAll(shown);
        assertThat(ofNoOperation)
                .as("before any route is found")
                .containsExactlyInAnyOrder(
                        ProblemType.METHOD_NOT_ALLOWED.uri(),
                        ProblemType.URI_TOO_LONG.uri(),
                        ProblemType.FIELDS_TOO_LONG.uri(),
                        ProblemType.REQUEST_TOO_SLOW.uri());
    }

    private static void assertProblem(JsonNode problem, Map<String, ProblemType> types, int status) {
        assertThat(types).containsKey(problem.path("type").textValue());
        ProblemType type = Objects.requireNonNull(types.get(problem.path("type").textValue()));
        assertThat(problem.path("title").textValue()).isEqualTo(type.title());
        assertThat(problem.path("status").intValue()).isEqualTo(type.status()).isEqualTo(status);
    }
}
