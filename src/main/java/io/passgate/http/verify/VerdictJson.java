package io.passgate.http.verify;

import io.passgate.http.json.JsonBytes;
import io.passgate.model.FormatId;
import io.passgate.model.PolicyResult;
import io.passgate.model.Reason;
import io.passgate.model.Verdict;
import io.passgate.model.VerificationResult;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;

/** Writes verdicts as the answer to {@code POST /v1/verifications}. */
public final class VerdictJson {
    /** What an answer with a result for each payload begins with; never written into. */
    public static final byte[] START = JsonBytes.ascii("{\"results\":[");
    /** What such an answer ends with; never written into. */
    public static final byte[] END = JsonBytes.ascii("]}");

    private static final byte[] ACCEPTED = JsonBytes.ascii("{\"verdict\":\"accepted\",\"validUntil\":\"");
    private static final byte[] NOTHING = {};
    /** What a sentence for people stands behind; never written into. */
    public static final byte[] TEXT = JsonBytes.ascii(",\"text\":");

    private static final byte[] RULE = JsonBytes.ascii(",\"rule\":");

    /** A result up to its format, by reason; the same reason always stands in the same verdict. */
    private static final Map<Reason, byte[]> BY_REASON = JsonBytes.byName(
            Reason.class,
            reason -> "{\"verdict\":\""
                    + (reason.culprit() == Reason.Culprit.PAYLOAD ? "refused" : "indeterminate")
                    + "\",\"reason\":\"" + reason.code() + '"');

    /** Verifying asks nobody whether a payload for one use was shown before, and says so. */
    private static final byte[] NOT_CHECKED = JsonBytes.ascii(",\"oneTime\":\"not_checked\"");

    private static final int BYTES_PER_RESULT = 288;

    private VerdictJson() {}

    static Buffer write(List<VerificationResult> results, VerdictTexts texts) {
        JsonBytes json = new JsonBytes(START.length + BYTES_PER_RESULT * results.size() + END.length);
        json.append(START);
        for (int i = 0; i < results.size(); i++) {
            if (i > 0) {
                json.append((byte) ',');
            }
            VerificationResult verificationResult = results.get(i);
            append(json, verificationResult);
            if (verificationResult.format().isPresent()) {
                FormatId format = verificationResult.format().get();
                json.append(format);
                json.append(format.isSingleUse() ? NOT_CHECKED : NOTHING);
            }
            json.append(TEXT);
            json.append(texts.of(verificationResult.verdict()));
            json.append((byte) '}');
        }
        json.append(END);
        return json.toBuffer();
    }

    /**
     * Begins a result with its verdict; the object stays open.
     *
     * @param json what is written to
     * @param verificationResult whose verdict, and reason or rule, are written
     */
    public static void append(JsonBytes json, VerificationResult verificationResult) {
        switch (verificationResult.verdict()) {
            case Verdict.Accepted(long validUntilEpochSecond) -> {
                json.append(ACCEPTED);
                json.appendUtc(validUntilEpochSecond);
                json.append((byte) '"');
                if (verificationResult.policyResult() instanceof PolicyResult.Met(var rule, var _)) {
                    json.append(RULE);
                    json.appendQuoted(rule);
                }
            }
            case Verdict.Refused(Reason reason) -> json.append(BY_REASON, reason);
            case Verdict.Indeterminate(Reason reason) -> json.append(BY_REASON, reason);
        }
    }
}
