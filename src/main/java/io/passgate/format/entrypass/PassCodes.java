package io.passgate.format.entrypass;

import io.passgate.codec.CborCursor;
import io.passgate.codec.CborWriter;
import io.passgate.codec.MalformedException;
import io.passgate.codec.StrictCbor;
import io.passgate.model.Reason;
import io.passgate.model.Slice;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Small numbers for the texts that most entry passes carry. The number of a text is its place, counted from 1.
 *
 * <p>The tables are part of the format: texts are only ever added, at the end. A gateway refuses a number that it does
 * not know, so a text is added in one version and written as its number in a later one, when all gateways can read it.
 */
final class PassCodes {
    /** Medicinal products (DCC {@code mp}): the EU value set, state of 2023-07-12, those of the policies first. */
    static final PassCodes PRODUCTS = new PassCodes(
            "EU/1/20/1528",
            "EU/1/20/1507",
            "EU/1/21/1529",
            "EU/1/20/1525",
            "EU/1/21/1618",
            "EU/1/21/1624",
            "EU/1/21/1580",
            "EU/1/22/1709",
            "Covishield",
            "Covovax",
            "CoronaVac",
            "BBIBP-CorV",
            "Covaxin",
            "CVnCoV",
            "NVX-CoV2373",
            "Sputnik-V",
            "Convidecia",
            "EpiVacCorona",
            "Inactivated-SARS-CoV-2-Vero-Cell",
            "Covid-19-recombinant",
            "R-COVI",
            "CoviVac",
            "Sputnik-Light",
            "Hayat-Vax",
            "Abdala",
            "WIBP-CorV",
            "MVC-COV1901",
            "Vidprevtyn",
            "VLA2001",
            "EpiVacCorona-N",
            "Sputnik-M",
            "Covid-19-adsorvida-inativada",
            "NVSI-06-08",
            "YS-SC2-010",
            "SCTV01C",
            "Covifenz",
            "AZD2816",
            "Soberana-02",
            "Soberana-Plus");

    /** Types of test (DCC {@code tt}): nucleic acid amplification, rapid immunoassay. */
    static final PassCodes TEST_TYPES = new PassCodes("LP6464-4", "LP217198-3");

    /** Results of tests (DCC {@code tr}): not detected, detected. */
    static final PassCodes TEST_RESULTS = new PassCodes("260415000", "260373001");

    /** Characters of a text without a number, at most; as many bytes, behind a head of one. */
    static final int MAX_CHARS = 20;

    private final List<String> texts;
    private final Map<String, Integer> numbers = new HashMap<>();

    private PassCodes(String... texts) {
        this.texts = List.of(texts);
        for (int i = 0; i < texts.length; i++) {
            numbers.put(texts[i], i + 1);
        }
    }

    /** Whether a pass can say this text: it has a number, or is 1 to {@link #MAX_CHARS} printable ASCII characters. */
    boolean canSay(String text) {
        if (numbers.containsKey(text)) {
            return true;
        }
        boolean printable = text.chars().allMatch(character -> character >= ' ' && character <= '~');
        return printable && !text.isEmpty() && text.length() <= MAX_CHARS;
    }

    /** The bytes that {@link #write} takes. */
    int size(String text) {
        Integer number = numbers.get(text);
        return number == null ? 1 + text.length() : CborWriter.headSize(number);
    }

    void write(CborWriter out, String text) {
        Integer number = numbers.get(text);
        var _ = number == null ? out.text(text) : out.integer(number);
    }

    String read(StrictCbor in) throws MalformedException {
        if (in.peekMajor() == CborCursor.UNSIGNED) {
            int number = (int) in.readArgument(CborCursor.UNSIGNED, 1, texts.size());
            return texts.get(number - 1);
        }
        int length = (int) in.readArgument(CborCursor.TEXT, 1, MAX_CHARS);
        Slice bytes = in.take(length);
        String text = new String(bytes.array(), bytes.offset(), length, StandardCharsets.US_ASCII);
        if (!canSay(text)) {
            throw MalformedException.of(Reason.PASS_INVALID);
        }
        return text;
    }
}
