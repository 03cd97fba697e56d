package io.passgate.issuance.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.passgate.ThirdPartyVectors;
import io.passgate.issuance.SomeRecord;
import io.passgate.registry.HealthRecord;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.Validator;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What wallet certificates say meets the EU's schema 1.3.0 and its value sets. */
@ThirdPartyVectors.Needed
final class WalletCertificateProofTest {
    private static final LocalDate DAY = LocalDate.parse("2021-07-12");
    private static final Instant SAMPLED = Instant.parse("2021-12-12T10:00:00Z");
    private static final int RECORDS = 1_000;

    /** The coded fields of an event's list, and the value set of each. */
    private static final Map<String, Map<String, ValueSet>> CODED = Map.of(
            "v",
            Map.of(
                    "tg", ValueSet.TARGET,
                    "vp", ValueSet.PROPHYLAXIS,
                    "mp", ValueSet.PRODUCT,
                    "ma", ValueSet.HOLDER,
                    "co", ValueSet.COUNTRY),
            "t",
            Map.of(
                    "tg", ValueSet.TARGET,
                    "tt", ValueSet.TEST_TYPE,
                    "tr", ValueSet.TEST_RESULT,
                    "co", ValueSet.COUNTRY),
            "r",
            Map.of("tg", ValueSet.TARGET, "co", ValueSet.COUNTRY));

    /** A value set by its file of 2023 and by its name among those that rules of 2021 and 2022 were tested with. */
    private enum ValueSet {
        TARGET("disease-agent-targeted", "disease-agent-targeted"),
        PROPHYLAXIS("vaccine-prophylaxis", "sct-vaccines-covid-19"),
        PRODUCT("vaccine-medicinal-product", "vaccines-covid-19-names"),
        HOLDER("vaccine-mah-manf", "vaccines-covid-19-auth-holders"),
        COUNTRY("country-2-codes", "country-2-codes"),
        TEST_TYPE("test-type", "covid-19-lab-test-type"),
        TEST_RESULT("test-result", "covid-19-lab-result");

        private final String file;
        private final String name;

        ValueSet(String file, String name) {
            this.file = file;
            this.name = name;
        }

        /** Its codes but the deprecated ones. */
        Set<String> codes() {
            Set<String> codes = new HashSet<>();
            ThirdPartyVectors.json("eu-dcc-valuesets", file + ".json")
                    .path("valueSetValues")
                    .properties()
                    .forEach(code -> {
                        if (code.getValue().path("active").asBoolean()) {
                            codes.add(code.getKey());
                        }
                    });
            return codes;
        }

        Set<String> codes(JsonNode sets) {
            Set<String> codes = new HashSet<>();
            sets.path(name).forEach(code -> codes.add(code.asText()));
            return codes;
        }
    }

    private static final TestWallet WALLET = new TestWallet();
    private final Validator schema = Validator.create(
            JsonSchema.of(new JsonObject(ThirdPartyVectors.json("eu-dcc-schema", "schemas/1.3.0.json")
                    .toString())),
            new JsonSchemaOptions()
                    .setBaseUri("https://id.uvci.eu")
                    .setDraft(Draft.DRAFT202012)
                    .setOutputFormat(OutputFormat.Basic));

    private JsonNode certificate(HealthRecord healthRecord) {
        return TestWallet.json(WALLET.issue(TestWallet.SUBJECT, healthRecord).payload());
    }

    private List<JsonNode> oneOfEachKind() {
        return List.of(
                certificate(new HealthRecord.Immunization("EU/1/20/1528", 2, 2, DAY, "KR")),
                certificate(new HealthRecord.Test("LP217198-3", SAMPLED, "260373001", "KR")),
                certificate(new HealthRecord.Recovery(DAY, DAY, "KR")));
    }

    private boolean isValid(JsonNode dcc) {
        OutputUnit output = schema.validate(new JsonObject(dcc.toString()));
        return output.getValid();
    }

    /** Coded values of a certificate that their value sets lack. */
    private static List<String> strangeCodes(JsonNode dcc, Map<ValueSet, Set<String>> sets) {
        List<String> strange = new ArrayList<>();
        CODED.forEach((list, fields) -> dcc.path(list)
                .forEach(event -> fields.forEach((field, set) -> {
                    String code = event.path(field).asText();
                    if (!sets.getOrDefault(set, Set.of()).contains(code)) {
                        strange.add(field + " " + code);
                    }
                })));
        return strange;
    }

    private static Map<ValueSet, Set<String>> valueSets(Function<ValueSet, Set<String>> codes) {
        return Arrays.stream(ValueSet.values()).collect(Collectors.toMap(Function.identity(), codes));
    }

    @Test
    void everyCertificateOfRandomRecordsMeetsTheSchemaAndTheValueSets() {
        Map<ValueSet, Set<String>> sets = valueSets(ValueSet::codes);
        Set<String> kinds = new HashSet<>();
        for (int seed = 0; seed < RECORDS; seed++) {
            SomeRecord record = SomeRecord.draw(new Random(seed));
            for (WalletCertificate made : WALLET.certify(record.subject(), record.entries())) {
                if (made instanceof WalletCertificate.Issued issued) {
                    JsonNode dcc = TestWallet.json(issued.payload());
                    assertThat(isValid(dcc)).as("record %d: %s", seed, dcc).isTrue();
                    assertThat(strangeCodes(dcc, sets)).as("record %d", seed).isEmpty();
                    dcc.fieldNames().forEachRemaining(kinds::add);
                }
            }
        }
        assertThat(kinds).containsExactlyInAnyOrder("ver", "nam", "dob", "v", "t", "r");
    }

    @Test
    void theSchemaRefusesACertificateWithAnyFieldMissing() {
        for (JsonNode dcc : oneOfEachKind()) {
            assertThat(isValid(dcc)).isTrue();
            for (String field : List.of("ver", "nam", "dob")) {
                ObjectNode less = dcc.deepCopy();
                less.remove(field);
                assertThat(isValid(less)).as(field).isFalse();
            }
            for (String list : List.of("v", "t", "r")) {
                JsonNode event = dcc.path(list).path(0);
                event.fieldNames().forEachRemaining(field -> {
                    ObjectNode less = dcc.deepCopy();
                    ((ObjectNode) less.path(list).path(0)).remove(field);
                    assertThat(isValid(less)).as("%s %s", list, field).isFalse();
                });
            }
        }
    }

    @Test
    void theSchemaRefusesAWrongName_aWrongBirthDateAndALateDay() {
        ObjectNode dcc = oneOfEachKind().getFirst().deepCopy();
        ObjectNode name = dcc.deepCopy();
        ((ObjectNode) name.path("nam")).put("fnt", "PERSON<1");
        assertThat(isValid(name)).isFalse();
        assertThat(isValid(dcc.deepCopy().put("dob", "1809-02-28"))).isFalse();
        ObjectNode day = dcc.deepCopy();
        ((ObjectNode) day.at("/v/0")).put("dt", "2021-02-30T");
        assertThat(isValid(day)).isFalse();
    }

    @Test
    void everyProductOfTheValueSetThatIsNotDeprecated_getsACertificate_asItsEncodingIsPrescribed() {
        Map<ValueSet, Set<String>> sets = valueSets(ValueSet::codes);
        JsonNode prescribed = ThirdPartyVectors.json("eu-dcc-valuesets", "vaccine-encoding-instructions.json")
                .path("valueSetValues");
        Set<String> certified = new HashSet<>();
        for (JsonNode product : prescribed) {
            String code = product.path("vaccine-code").asText();
            if (!ValueSet.PRODUCT.codes().contains(code)) {
                continue;
            }
            JsonNode dcc = certificate(new HealthRecord.Immunization(code, 1, 2, DAY, "KR"));
            assertThat(isValid(dcc)).as(code).isTrue();
            assertThat(strangeCodes(dcc, sets)).as(code).isEmpty();
            assertThat(dcc.at("/v/0/ma").asText())
                    .as(code)
                    .isEqualTo(product.path("vaccine-manufacturer").asText());
            boolean isMrna = product.path("sct-codes").toString().contains("1119349007");
            assertThat(dcc.at("/v/0/vp").asText()).as(code).isEqualTo(isMrna ? "1119349007" : "1119305005");
            certified.add(code);
        }
        assertThat(certified).hasSizeGreaterThan(30);
    }

    @Test
    void theProductsThatVerifiersOf2021Know_areWrittenInTheCodesTheyKnow() {
        for (JsonNode known : ThirdPartyVectors.json("eu-dcc-business-rules", "valueSets.json")) {
            Map<ValueSet, Set<String>> sets = valueSets(set -> set.codes(known));
            Set<String> products = new HashSet<>(ValueSet.PRODUCT.codes(known));
            products.retainAll(ValueSet.PRODUCT.codes());
            assertThat(products).hasSizeGreaterThan(10);
            for (String product : products) {
                JsonNode dcc = certificate(new HealthRecord.Immunization(product, 1, 2, DAY, "KR"));
                assertThat(strangeCodes(dcc, sets)).as(product).isEmpty();
            }
            for (JsonNode dcc : oneOfEachKind()) {
                assertThat(strangeCodes(dcc, sets)).isEmpty();
            }
        }
    }

    /** Kosovo's code is in the value set of 2023 and neither in ISO 3166 nor in the value set of 2021. */
    @Test
    void theCountriesThatCanBeCertifiedAreThoseOfTheValueSet_butKosovo() {
        Set<String> countries = ValueSet.COUNTRY.codes();
        assertThat(countries.remove("XK")).isTrue();
        assertThat(DraftEvent.COUNTRIES).containsExactlyInAnyOrderElementsOf(countries);
    }
}
