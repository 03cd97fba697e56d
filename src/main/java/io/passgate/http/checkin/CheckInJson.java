package io.passgate.http.checkin;

import io.passgate.checkin.CheckInAnswer;
import io.passgate.checkin.CheckInResult;
import io.passgate.checkin.Duplicate;
import io.passgate.checkin.OneTimeUse.Memory;
import io.passgate.http.json.JsonBytes;
import io.passgate.http.verify.VerdictJson;
import io.passgate.model.Event.Vaccination;
import io.passgate.model.Vaccinated;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes check-ins as the answer to {@code POST /v1/check-ins}: what a door has to know, and nothing of who it is. */
final class CheckInJson {
    private static final Map<Memory, byte[]> ONE_TIME = JsonBytes.byName(
            Memory.class, memory -> ",\"oneTime\":\"" + memory.name().toLowerCase(Locale.ROOT) + '"');
    private static final byte[] DOSES = JsonBytes.ascii(",\"doses\":[");
    private static final byte[] END_REPEATED = JsonBytes.ascii("],\"repeated\":true}");
    private static final int BYTES_PER_RESULT = 288;

    private CheckInJson() {}

    /** @param withDoses whether whoever asked may see each dose */
    static Buffer write(CheckInAnswer.Decided answer, CheckInTexts texts, boolean withDoses) {
        List<CheckInResult> results = answer.results();
        JsonBytes json = new JsonBytes(BYTES_PER_RESULT * (results.size() + 1));
        json.append(VerdictJson.START);
        for (int i = 0; i < results.size(); i++) {
            if (i > 0) {
                json.append((byte) ',');
            }
            append(json, results.get(i), texts, withDoses);
        }
        json.append(answer.isRepeated() ? END_REPEATED : VerdictJson.END);
        return json.toBuffer();
    }

    private static void append(JsonBytes json, CheckInResult result, CheckInTexts texts, boolean withDoses) {
        VerdictJson.append(json, result.verificationResult());
        if (result.verificationResult().format().isPresent()) {
            json.append(result.verificationResult().format().get());
        }
        if (result.memory().isPresent()) {
            json.append(ONE_TIME, result.memory().get());
        }
        if (result.verificationResult().vaccinated().isPresent()) {
            append(json, result.verificationResult().vaccinated().get(), withDoses);
        }
        if (!result.duplicates().isEmpty()) {
            append(
                    json,
                    result.duplicates().contains(Duplicate.PROVIDER),
                    result.duplicates().contains(Duplicate.FACILITY));
        }
        json.append(VerdictJson.TEXT);
        texts.append(json, result);
        json.append((byte) '}');
    }

    private static void append(JsonBytes json, Vaccinated vaccinated, boolean withDoses) {
        json.append(
                JsonBytes.ascii(",\"complete\":" + vaccinated.complete() + ",\"waitOver\":" + vaccinated.waitOver()));
        if (withDoses) {
            json.append(DOSES);
            for (int i = 0; i < vaccinated.doses().size(); i++) {
                Vaccination dose = vaccinated.doses().get(i);
                json.append(JsonBytes.ascii(i == 0 ? "{\"product\":" : ",{\"product\":"));
                json.appendQuoted(dose.product());
                json.append((",\"dose\":" + dose.dose() + ",\"of\":" + dose.of() + ",\"date\":\"" + dose.on() + "\"}")
                        .getBytes(StandardCharsets.US_ASCII));
            }
            json.append((byte) ']');
        }
    }

    private static void append(JsonBytes json, boolean atProvider, boolean atFacility) {
        String both =
                atProvider && atFacility ? "\"provider\",\"facility\"" : atProvider ? "\"provider\"" : "\"facility\"";
        json.append(JsonBytes.ascii(",\"duplicateHolder\":[" + both + ']'));
    }
}
