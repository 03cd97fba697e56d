package io.passgate.format.entrypass;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.passgate.ThirdPartyVectors;
import io.passgate.codec.CborWriter;
import io.passgate.format.hcert.HandMade;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which texts have a number: once given it never changes. */
final class PassCodesTest {
    private static byte[] written(PassCodes codes, String text) {
        CborWriter out = new CborWriter();
        codes.write(out, text);
        byte[] bytes = out.toByteArray();
        assertThat(codes.size(text)).isEqualTo(bytes.length);
        return bytes;
    }

    private static void assertNumber(PassCodes codes, String text, int number) {
        assertThat(written(codes, text)).as(text).isEqualTo(HandMade.num(number));
    }

    @Test
    void numbersOnceGiven_stay() {
        List<String> first =
                List.of("EU/1/20/1528", "EU/1/20/1507", "EU/1/21/1529", "EU/1/20/1525", "EU/1/21/1618", "EU/1/21/1624");
        for (int i = 0; i < first.size(); i++) {
            assertNumber(PassCodes.PRODUCTS, first.get(i), i + 1);
        }
        assertNumber(PassCodes.PRODUCTS, "Covaxin", 13);
        assertNumber(PassCodes.PRODUCTS, "Sputnik-Light", 23);
        assertNumber(PassCodes.PRODUCTS, "Hayat-Vax", 24);
        assertNumber(PassCodes.PRODUCTS, "Soberana-Plus", 39);
        assertNumber(PassCodes.TEST_TYPES, "LP6464-4", 1);
        assertNumber(PassCodes.TEST_TYPES, "LP217198-3", 2);
        assertNumber(PassCodes.TEST_RESULTS, "260415000", 1);
        assertNumber(PassCodes.TEST_RESULTS, "260373001", 2);
    }

    @Test
    void otherTexts_areSpeltOut_ifTheyAreShort() {
        assertThat(written(PassCodes.PRODUCTS, "Other")).isEqualTo(HandMade.text("Other"));
        assertThat(PassCodes.PRODUCTS.canSay("x".repeat(20))).isTrue();
        assertThat(PassCodes.PRODUCTS.canSay("x".repeat(21))).isFalse();
        assertThat(PassCodes.PRODUCTS.canSay("")).isFalse();
        assertThat(PassCodes.PRODUCTS.canSay("\u007f")).isFalse();
        assertThat(PassCodes.PRODUCTS.canSay("é")).isFalse();
        assertThat(PassCodes.PRODUCTS.canSay("Inactivated-SARS-CoV-2-Vero-Cell"))
                .isTrue();
    }

    @Test
    @ThirdPartyVectors.Needed
    void everyCodeOfTheEuValueSets_hasANumber() {
        assertNumbers("vaccine-medicinal-product.json", PassCodes.PRODUCTS, 39);
        assertNumbers("test-type.json", PassCodes.TEST_TYPES, 2);
        assertNumbers("test-result.json", PassCodes.TEST_RESULTS, 2);
    }

    private static void assertNumbers(String file, PassCodes codes, int count) {
        JsonNode values = ThirdPartyVectors.json("eu-dcc-valuesets", file).path("valueSetValues");
        assertThat(values.size()).isEqualTo(count);
        values.fieldNames()
                .forEachRemaining(code ->
                        assertThat(written(codes, code)[0] >> 5).as(code).isZero());
    }
}
