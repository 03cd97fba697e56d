package io.passgate.http;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.passgate.model.Checked;
import io.passgate.model.Finding;
import io.passgate.model.Format;
import io.passgate.model.Reason;
import io.passgate.model.Verdict;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Writes verdicts as the answer to {@code POST /v1/verifications}. */
final class VerdictJson {
    private static final byte[] START = ascii("{\"results\":[");
    private static final byte[] END = ascii("]}");
    private static final byte[] ACCEPTED = ascii("{\"verdict\":\"accepted\",\"validUntil\":\"");
    private static final byte[] RULE = ascii(",\"rule\":\"");

    /** A result up to its format, by reason; the same reason always stands in the same verdict. */
    private static final Map<Reason, byte[]> BY_REASON = byName(
            Reason.class,
            reason -> "{\"verdict\":\""
                    + (reason.culprit() == Reason.Culprit.PAYLOAD ? "refused" : "indeterminate")
                    + "\",\"reason\":\"" + reason.code() + '"');

    private static final Map<Format, byte[]> FORMATS =
            byName(Format.class, format -> ",\"format\":\"" + format.code() + '"' + oneTime(format));

    private static final int BYTES_PER_RESULT = 144;

    private byte[] out;
    private int size;

    private VerdictJson(int results) {
        out = new byte[START.length + BYTES_PER_RESULT * results + END.length];
    }

    /** Verifying asks nobody whether a pass was shown before, and says so. */
    private static String oneTime(Format format) {
        return switch (format) {
            case HCERT, EU_DCC -> "";
            case ENTRY_PASS -> ",\"oneTime\":\"not_checked\"";
        };
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static <E extends Enum<E>> Map<E, byte[]> byName(Class<E> type, Function<E, String> text) {
        Map<E, byte[]> texts = new EnumMap<>(type);
        for (E value : type.getEnumConstants()) {
            texts.put(value, ascii(text.apply(value)));
        }
        return texts;
    }

    static Buffer write(List<Checked> results) {
        VerdictJson json = new VerdictJson(results.size());
        json.append(START);
        for (int i = 0; i < results.size(); i++) {
            if (i > 0) {
                json.append((byte) ',');
            }
            json.append(results.get(i));
        }
        json.append(END);
        return Buffer.buffer(json.size).appendBytes(json.out, 0, json.size);
    }

    private void append(Checked checked) {
        switch (checked.verdict()) {
            case Verdict.Accepted(long validUntilEpochSecond) -> {
                append(ACCEPTED);
                require(UtcText.MAX_LENGTH);
                size = UtcText.write(out, size, validUntilEpochSecond);
                append((byte) '"');
                if (checked.finding() instanceof Finding.Met(var rule, var unused)) {
                    append(RULE);
                    append(JsonStringEncoder.getInstance().quoteAsUTF8(rule));
                    append((byte) '"');
                }
            }
            case Verdict.Refused(Reason reason) -> append(BY_REASON, reason);
            case Verdict.Indeterminate(Reason reason) -> append(BY_REASON, reason);
        }
        if (checked.format().isPresent()) {
            append(FORMATS, checked.format().get());
        }
        append((byte) '}');
    }

    private <E extends Enum<E>> void append(Map<E, byte[]> texts, E value) {
        byte[] text = texts.get(value);
        if (text == null) {
            throw new AssertionError("every value has its text");
        }
        append(text);
    }

    private void append(byte[] bytes) {
        require(bytes.length);
        System.arraycopy(bytes, 0, out, size, bytes.length);
        size += bytes.length;
    }

    private void append(byte single) {
        require(1);
        out[size++] = single;
    }

    private void require(int more) {
        if (more > out.length - size) {
            out = Arrays.copyOf(out, Math.max(2 * out.length, size + more));
        }
    }
}
