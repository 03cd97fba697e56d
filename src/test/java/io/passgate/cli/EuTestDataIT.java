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
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/passgate verify} on the whole cards of the EU's test data, each at its own instant with its own trust. */
@ThirdPartyVectors.Needed
final class EuTestDataIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The stage that has to refuse a card, and the reasons that stage gives. */
    private static final Map<String, List<String>> REASONS = Map.of(
            "UNPREFIX", List.of("prefix_unknown"),
            "B45DECODE", List.of("base45_invalid"),
            "COMPRESSION", List.of("zlib_invalid"),
            "DECODE", List.of("hcert_invalid", "hcert_missing"),
            "VERIFY", List.of("signature_invalid", "signer_unknown", "algorithm_missing"),
            "EXPIRATIONCHECK", List.of("expired", "not_yet_valid", "signer_expired", "signer_not_yet_valid"),
            "KEYUSAGE", List.of("signer_usage_mismatch"));

    @TempDir
    private Path scratch = Path.of("");

    @Test
    void everyAcceptAndEveryDeny_isReached() throws IOException, InterruptedException {
        Map<String, String> expected = expected();
        assertThat(expected).hasSize(278);
        StringBuilder lines = new StringBuilder();
        for (String file : expected.keySet()) {
            lines.append(question(file)).append('\n');
        }
        Passgate.Run run = Passgate.run(scratch, lines.toString(), "verify");
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();

        Map<String, String> reached = new LinkedHashMap<>();
        for (String line : run.out()) {
            JsonNode answer = JSON.readTree(line);
            String file = answer.get("id").textValue();
            reached.put(file, outcome(expected.getOrDefault(file, ""), answer));
        }
        assertThat(reached).containsExactlyEntriesOf(expected);
    }

    private static Path cards() {
        return ThirdPartyVectors.folder("eu-dgc-testdata");
    }

    /** The verdict by file, as {@code accept} or {@code deny} with the stage that has to fail. */
    private static Map<String, String> expected() throws IOException {
        Map<String, String> expected = new TreeMap<>();
        for (String line : Files.readAllLines(cards().resolve("e2e_expected.tsv"))) {
            String[] row = line.split("\t", -1);
            if (row[1].equals("accept") || row[1].equals("deny")) {
                expected.put(row[0], (row[1] + " " + row[2]).strip());
            }
        }
        return expected;
    }

    private static String question(String file) {
        JsonNode card = ThirdPartyVectors.json(cards().resolve(file));
        ObjectNode question = JSON.createObjectNode().put("id", file);
        question.put("payload", card.path("PREFIX").asText());
        question.put("at", card.path("TESTCTX").path("VALIDATIONCLOCK").asText());
        question.putArray("trust").add(card.path("TESTCTX").path("CERTIFICATE").asText());
        return question.toString();
    }

    /** The outcome in the words of the expectation, where the reason is one of the stage's. */
    private static String outcome(String expected, JsonNode answer) {
        String verdict = answer.get("verdict").textValue();
        if (verdict.equals("accepted")) {
            return "accept";
        }
        String reason = answer.get("reason").textValue();
        List<String> stages = new ArrayList<>();
        REASONS.forEach((stage, reasons) -> {
            if (verdict.equals("refused") && reasons.contains(reason) && expected.equals("deny " + stage)) {
                stages.add(stage);
            }
        });
        return stages.isEmpty() ? verdict + " " + reason : "deny " + stages.getFirst();
    }
}
