package io.passgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.passgate.ThirdPartyVectors;
import io.passgate.testing.Passgate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code bin/passgate verify} on what the field really sends: each case at its instant, with its trust and its policy.
 */
@ThirdPartyVectors.Needed
final class FieldCasesIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path scratch = Path.of("");

    /** A case; {@code reasons} are what the reason of a refusal may begin with. */
    private record Case(String id, String policy, String question, String verdict, List<String> reasons) {}

    private static List<Case> cases() throws IOException {
        Path file = ThirdPartyVectors.folder("field-cases").resolve("cases.jsonl");
        List<Case> cases = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            JsonNode node = JSON.readTree(line);
            ObjectNode question = JSON.createObjectNode();
            for (String field : List.of("id", "payload", "at", "trust")) {
                question.set(field, node.required(field));
            }
            cases.add(new Case(
                    node.required("id").textValue(),
                    node.required("policy").textValue(),
                    question.toString(),
                    node.required("verdict").textValue(),
                    List.of(node.required("reason").textValue().split("\\|"))));
        }
        return cases;
    }

    @Test
    void everyCase_hasItsVerdict_andWhereRefusedItsReason() throws IOException, InterruptedException {
        List<Case> cases = cases();
        assertThat(cases).hasSize(28);
        Map<String, List<Case>> byPolicy = new LinkedHashMap<>();
        cases.forEach(one -> byPolicy.computeIfAbsent(one.policy(), policy -> new ArrayList<>())
                .add(one));
        Map<String, String> expected = new LinkedHashMap<>();
        Map<String, String> reached = new LinkedHashMap<>();
        for (var entry : byPolicy.entrySet()) {
            List<Case> asked = entry.getValue();
            StringBuilder lines = new StringBuilder();
            asked.forEach(one -> lines.append(one.question()).append('\n'));
            Passgate.Run run = Passgate.run(scratch, lines.toString(), "verify", "--policy", entry.getKey());
            assertThat(run.err()).isEmpty();
            assertThat(run.exitCode()).isZero();
            assertThat(run.out()).hasSameSizeAs(asked);
            for (int i = 0; i < asked.size(); i++) {
                Case one = asked.get(i);
                JsonNode answer = JSON.readTree(run.out().get(i));
                assertThat(answer.required("id").textValue()).isEqualTo(one.id());
                expected.put(one.id(), one.verdict());
                reached.put(one.id(), outcome(one, answer));
            }
        }
        assertThat(reached).hasSize(28).containsExactlyEntriesOf(expected);
    }

    /** The verdict, and where it is a refusal for another reason than one that is expected, that reason. */
    private static String outcome(Case one, JsonNode answer) {
        String verdict = answer.required("verdict").textValue();
        if (!verdict.equals("refused")) {
            return verdict;
        }
        String reason = answer.required("reason").textValue();
        return one.reasons().stream().anyMatch(prefix -> !prefix.isEmpty() && reason.startsWith(prefix))
                ? verdict
                : verdict + " " + reason;
    }
}
