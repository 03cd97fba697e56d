package io.passgate.http.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.format.entrypass.EntryPassFormat;
import io.passgate.format.hcert.EuDccFormat;
import io.passgate.model.FormatId;
import io.passgate.model.PolicyResult;
import io.passgate.model.Reason;
import io.passgate.model.Verdict;
import io.passgate.model.VerificationResult;
import io.passgate.testing.UsualFormats;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Every verdict as JSON that another reader reads. */
final class VerdictJsonTest {
    private static JsonArray written(List<VerificationResult> results) {
        JsonObject body = new JsonObject(VerdictJson.write(results, VerdictTexts.in(Language.ENGLISH)));
        assertThat(body.fieldNames()).containsExactly("results");
        return body.getJsonArray("results");
    }

    private static VerificationResult checked(Optional<FormatId> format, PolicyResult policyResult, Verdict verdict) {
        return new VerificationResult(Optional.empty(), format, policyResult, verdict);
    }

    private static String text(Verdict verdict) {
        return (String)
                Json.decodeValue(Buffer.buffer(VerdictTexts.in(Language.ENGLISH).of(verdict)));
    }

    @Test
    void everyReason_standsWithItsVerdict_withAndWithoutFormat() {
        List<VerificationResult> results = new ArrayList<>();
        List<JsonObject> expected = new ArrayList<>();
        for (Reason reason : Reason.values()) {
            boolean ours = reason.culprit() == Reason.Culprit.GATEWAY;
            Verdict verdict = ours ? new Verdict.Indeterminate(reason) : new Verdict.Refused(reason);
            JsonObject object = new JsonObject()
                    .put("verdict", ours ? "indeterminate" : "refused")
                    .put("reason", reason.code())
                    .put("text", text(verdict));
            results.add(checked(Optional.empty(), new PolicyResult.NotAsked(), verdict));
            expected.add(object);
            for (FormatId format : UsualFormats.ALL.ids()) {
                results.add(checked(Optional.of(format), new PolicyResult.NotAsked(), verdict));
                JsonObject recognised = object.copy().put("format", format.code());
                expected.add(format.equals(EntryPassFormat.ID) ? recognised.put("oneTime", "not_checked") : recognised);
            }
        }
        assertThat(written(results).stream().toList()).isEqualTo(expected);
    }

    @Test
    void anAcceptedPass_isNotSaidToBeTheFirst() {
        VerificationResult accepted = checked(
                Optional.of(EntryPassFormat.ID), new PolicyResult.NotAsked(), new Verdict.Accepted(1_626_058_820));
        assertThat(written(List.of(accepted)).getJsonObject(0))
                .isEqualTo(new JsonObject()
                        .put("verdict", "accepted")
                        .put("validUntil", "2021-07-12T03:00:20Z")
                        .put("format", "entry-pass")
                        .put("oneTime", "not_checked")
                        .put("text", "This QR code is valid."));
    }

    @Test
    void aRule_isEscaped_andMayBeLong() {
        for (String rule : List.of("plain", "\"quoted\\\u0000\n", "백신 2차", "r".repeat(5_000))) {
            PolicyResult met = new PolicyResult.Met(rule, Optional.empty());
            VerificationResult accepted =
                    checked(Optional.of(EuDccFormat.ID), met, new Verdict.Accepted(1_657_584_000));
            JsonObject expected = new JsonObject()
                    .put("verdict", "accepted")
                    .put("validUntil", "2022-07-12T00:00:00Z")
                    .put("rule", rule)
                    .put("format", "eu-dcc")
                    .put("text", "This QR code is valid.");
            assertThat(written(List.of(accepted, accepted)).stream().toList()).isEqualTo(List.of(expected, expected));
        }
    }
}
