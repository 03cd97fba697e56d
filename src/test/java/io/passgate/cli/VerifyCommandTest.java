package io.passgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.testing.CardSpec;
import io.passgate.testing.TestCards;
import io.passgate.testing.TestIssuer;
import io.passgate.testing.TestProvider;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code passgate verify}: lines in, one JSON object a line out, in order. */
final class VerifyCommandTest {
    private static final TestIssuer ISSUER = TestIssuer.ec256("XX");
    private static final TestProvider PROVIDER = TestProvider.named("kakao");
    private static final TestIssuer STRANGER = TestIssuer.ec256("XX");
    private static final String CARD = ISSUER.card(CardSpec.vaccination());
    private static final String NOON = "2021-08-01T12:00:00Z";
    private static final String ACCEPTED = "\"verdict\":\"accepted\",\"reason\":null,\"format\":\"eu-dcc\"}";
    private static final String NO_CREDENTIAL =
            "\"verdict\":\"refused\",\"reason\":\"not_a_credential\",\"format\":null}";

    @TempDir
    private Path folder = Path.of("");

    private String trust = "";

    @BeforeEach
    void writeTrust() throws IOException {
        trust = Files.write(folder.resolve("a.der"), ISSUER.certificateDer()).toString();
    }

    private Cli verify(String input, String... more) {
        List<String> arguments = new ArrayList<>(List.of("verify", "--trust", trust, "--at", NOON));
        arguments.addAll(List.of(more));
        return Cli.run(input.getBytes(StandardCharsets.UTF_8), arguments.toArray(String[]::new));
    }

    private static String json(String id, String payload, String more) {
        return "{\"id\":" + id + ",\"payload\":\"" + payload + "\"" + more + "}";
    }

    private static String der(TestIssuer issuer) {
        return "\"" + Base64.getEncoder().encodeToString(issuer.certificateDer()) + "\"";
    }

    @Test
    void plainAndJsonLines_areAnsweredInOrder_withTheirIds() {
        Cli cli = verify(String.join(
                "\n",
                CARD,
                json("\"a\"", CARD, ""),
                "hello",
                json("7", "hello", ""),
                "{\"payload\":\"hello\"}",
                json("null", "hello", ""),
                TestCards.withBrokenSignature(CARD)));
        assertThat(cli.lines())
                .containsExactly(
                        "{\"id\":1," + ACCEPTED,
                        "{\"id\":\"a\"," + ACCEPTED,
                        "{\"id\":3," + NO_CREDENTIAL,
                        "{\"id\":7," + NO_CREDENTIAL,
                        "{\"id\":5," + NO_CREDENTIAL,
                        "{\"id\":6," + NO_CREDENTIAL,
                        "{\"id\":7,\"verdict\":\"refused\",\"reason\":\"signature_invalid\",\"format\":\"eu-dcc\"}");
        assertThat(cli.exitCode()).isZero();
        assertThat(cli.err()).isEmpty();
    }

    @Test
    void moreLinesThanABatch_keepTheirOrder() {
        String input = ("hello\n" + CARD + "\n").repeat(400);
        List<String> lines = verify(input).lines();
        assertThat(lines).hasSize(800);
        for (int i = 0; i < lines.size(); i++) {
            assertThat(lines.get(i)).isEqualTo("{\"id\":" + (i + 1) + "," + (i % 2 == 0 ? NO_CREDENTIAL : ACCEPTED));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"2022-07-12T00:00:00Z\"|true",
                "\"2022-07-12T00:00:01Z\"|false",
                "\"2022-07-12T02:00:00+0200\"|true",
                "\"2022-07-12T02:00:01+0200\"|false",
                "\"2022-07-12T02:00:00+02:00\"|true",
                "\"2022-07-12T02:00:01+02:00\"|false",
                "\"2022-07-11T23:59:59.999999Z\"|true",
                "\"2022-07-12T00:00:00.000001Z\"|false",
                "\"2022-07-12T00:00:00\"|true",
                "\"2022-07-12\"|true",
                "\"2022-07-13\"|false",
                "1657584000|true",
                "1657584001|false",
                "\"1657584001\"|false",
            })
    void anInstant_isReadInEveryShape(String at, boolean accepted) {
        Cli cli = verify(json("1", CARD, ",\"at\":" + at));
        assertThat(cli.lines())
                .containsExactly("{\"id\":1,"
                        + (accepted
                                ? ACCEPTED
                                : "\"verdict\":\"refused\",\"reason\":\"expired\",\"format\":\"eu-dcc\"}"));
        assertThat(cli.exitCode()).isZero();
    }

    @Test
    void theOptionAt_isTheInstantOfLinesWithoutOne() {
        assertThat(Cli.run(CARD.getBytes(StandardCharsets.UTF_8), "verify", "--trust", trust, "--at", "2030-01-01")
                        .out())
                .contains("\"expired\"");
        assertThat(Cli.run("verify", "--at", "yesterday").exitCode()).isEqualTo(2);
    }

    @Test
    void theTrustOfALine_goesBeforeTheOption() {
        String other = STRANGER.card(CardSpec.vaccination());
        Cli cli = verify(String.join(
                "\n",
                json("1", other, ""),
                json("2", other, ",\"trust\":[" + der(STRANGER) + "]"),
                json("3", CARD, ",\"trust\":[" + der(STRANGER) + "]"),
                json("4", CARD, ",\"trust\":[" + der(STRANGER) + "," + der(ISSUER) + "]"),
                json("5", CARD, ",\"trust\":[]"),
                json("6", CARD, ",\"trust\":null"),
                CARD));
        assertThat(cli.lines().stream().map(line -> line.replaceAll(".*\"verdict\":\"(\\w+)\".*", "$1")))
                .containsExactly("refused", "accepted", "refused", "accepted", "refused", "accepted", "accepted");
        assertThat(cli.exitCode()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{\"payload\":\"HC1:\"",
                "{\"id\":\"CANARY\"}",
                "{\"payload\":1}",
                "{\"payload\":null}",
                "{\"payload\":\"x\",\"when\":\"now\"}",
                "{\"payload\":\"x\",\"at\":\"soon\"}",
                "{\"payload\":\"x\",\"at\":true}",
                "{\"payload\":\"x\",\"trust\":\"AAAA\"}",
                "{\"payload\":\"x\",\"trust\":[\"=A\"]}",
                "{\"payload\":\"x\"} {\"payload\":\"y\"}",
                "{\"payload\":\"x\",\"payload\":\"y\"}",
            })
    void anUnreadableLine_isNamed_andTheOthersAreJudged(String unreadable) {
        Cli cli = verify(CARD + "\n" + unreadable + "\n" + CARD + "\n");
        assertThat(cli.lines()).hasSize(3);
        assertThat(cli.lines().get(0)).isEqualTo("{\"id\":1," + ACCEPTED);
        assertThat(cli.lines().get(1))
                .endsWith("\"verdict\":\"indeterminate\",\"reason\":\"line_unreadable\",\"format\":null}");
        assertThat(cli.lines().get(2)).isEqualTo("{\"id\":3," + ACCEPTED);
        assertThat(cli.err()).startsWith("passgate: line 2: ");
        assertThat(cli.exitCode()).isEqualTo(1);
    }

    @Test
    void lineEndsOfWindows_andEmptyLines_arePassedOver() {
        Cli cli = verify(CARD + "\r\n\r\n\n" + json("\"b\"", CARD, "") + "\r\n" + CARD + "\r");
        assertThat(cli.lines())
                .containsExactly("{\"id\":1," + ACCEPTED, "{\"id\":\"b\"," + ACCEPTED, "{\"id\":5," + ACCEPTED);
        assertThat(cli.exitCode()).isZero();
    }

    @Test
    void aCarriageReturnInsideAPayload_isNotTakenAway() {
        String broken = CARD.substring(0, 30) + "\r" + CARD.substring(30);
        assertThat(verify(broken).out()).contains("\"base45_invalid\"");
    }

    @Test
    void aLineTooLong_isRefused_andTheNextIsJudged() {
        Cli cli = verify("HC1:" + "A".repeat(3 << 20) + "\n" + CARD + "\n");
        assertThat(cli.lines())
                .containsExactly(
                        "{\"id\":1,\"verdict\":\"refused\",\"reason\":\"input_too_long\",\"format\":null}",
                        "{\"id\":2," + ACCEPTED);
        assertThat(cli.exitCode()).isZero();
        Cli json = verify(json("1", "A".repeat(3 << 20), "") + "\n" + CARD + "\n");
        assertThat(json.lines()).hasSize(2).last().isEqualTo("{\"id\":2," + ACCEPTED);
        assertThat(json.exitCode()).isEqualTo(1);
    }

    @Test
    void aPolicy_isNoneByDefault_orThatOfTheDay_orPinned() {
        String overInJanuary = json("1", ISSUER.card(CardSpec.vaccination()), ",\"at\":\"2022-03-01T00:00:00Z\"");
        assertThat(verify(overInJanuary).out()).contains("accepted");
        assertThat(verify(overInJanuary, "--policy", "none").out()).contains("accepted");
        assertThat(verify(overInJanuary, "--policy", "kr@2021-07-12").out()).contains("accepted");
        assertThat(verify(overInJanuary, "--policy", "kr").out()).contains("\"vaccination_over\"");
        assertThat(verify(CARD, "--policy", "kr").out()).contains("accepted");
    }

    @Test
    void anUnknownPolicy_isAMistakeOfTheCaller() {
        for (String policy : List.of("fr", "kr@1999-01-01", "")) {
            Cli cli = verify(CARD, "--policy", policy);
            assertThat(cli.exitCode()).isEqualTo(2);
            assertThat(cli.out()).isEmpty();
            assertThat(cli.err()).contains("there is no policy " + policy);
        }
    }

    @Test
    void aFile_isReadLikeTheStandardInput() throws IOException {
        Path file = Files.writeString(folder.resolve("lines.txt"), CARD + "\nhello");
        assertThat(verify("", file.toString()).lines())
                .containsExactly("{\"id\":1," + ACCEPTED, "{\"id\":2," + NO_CREDENTIAL);
        assertThat(verify(CARD, "-").lines()).containsExactly("{\"id\":1," + ACCEPTED);
        assertThat(verify("").out()).isEmpty();
    }

    @Test
    void aFileThatIsNotThere_isAMistakeOfTheCaller() {
        String missing = folder.resolve("none").toString();
        for (Cli cli : List.of(
                verify("", missing),
                verify("", folder.toString()),
                Cli.run("verify", "--trust", missing),
                Cli.run("signers", "list", "--trust", missing))) {
            assertThat(cli.exitCode()).isEqualTo(2);
            assertThat(cli.out()).isEmpty();
            assertThat(cli.err()).startsWith("passgate: ").contains(folder.toString());
        }
    }

    @Test
    void trustWithoutAnySigner_isAMistakeOfTheCaller() throws IOException {
        Path empty = Files.writeString(folder.resolve("empty.pem"), "no certificate");
        Cli cli = Cli.run("verify", "--trust", empty.toString());
        assertThat(cli.exitCode()).isEqualTo(2);
        assertThat(cli.err()).contains("no signer could be read from " + empty);
    }

    @Test
    void withoutTrust_everySignerIsUnknown() {
        Cli cli = Cli.run(CARD.getBytes(StandardCharsets.UTF_8), "verify", "--at", NOON);
        assertThat(cli.out()).contains("\"signer_unknown\"");
        assertThat(cli.exitCode()).isZero();
    }

    @Test
    void aCertificateThatCannotBeUsed_doesNotCostTheOthers() {
        String more = ",\"trust\":[\"AAAA\"," + der(ISSUER) + "]";
        Cli cli = verify(json("1", CARD, more) + "\n");
        assertThat(cli.lines()).containsExactly("{\"id\":1," + ACCEPTED);
        assertThat(cli.err()).contains("left out: certificate 0");
        assertThat(cli.exitCode()).isZero();
    }

    @Test
    void aByteOrderMarkOrBlanksBeforeAnObject_arePassedOver() {
        Cli cli = verify("\ufeff" + json("1", CARD, "") + "\n \t" + json("2", CARD, "") + "\n");
        assertThat(cli.lines()).containsExactly("{\"id\":1," + ACCEPTED, "{\"id\":2," + ACCEPTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "\t", "\r", " \r", "\r\r", "\ufeff", "\ufeff ", "\u00a0", "\u3000"})
    void blanksAroundALine_arePassedOver(String blanks) {
        String pass = PROVIDER.pass(Instant.parse(NOON));
        Cli cli = verify(String.join(
                "\n",
                blanks + CARD,
                CARD + blanks,
                blanks + json("3", CARD, "") + blanks,
                blanks,
                blanks + pass + blanks,
                ""));
        assertThat(cli.lines())
                .containsExactly(
                        "{\"id\":1," + ACCEPTED,
                        "{\"id\":2," + ACCEPTED,
                        "{\"id\":3," + ACCEPTED,
                        "{\"id\":5,\"verdict\":\"refused\",\"reason\":\"signer_unknown\",\"format\":\"entry-pass\"}");
        assertThat(cli.exitCode()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "\\t", "\\n", "\\r\\n", "\\ufeff", "\ufeff", "\\u00a0 \\r"})
    void blanksAroundThePayloadOfAnObject_areTakenOff(String blanks) {
        Cli cli = verify(json("1", blanks + CARD + blanks, "") + "\n" + json("2", CARD + blanks, ""));
        assertThat(cli.lines()).containsExactly("{\"id\":1," + ACCEPTED, "{\"id\":2," + ACCEPTED);
    }

    @Test
    void brokenJson_isToldWithoutWhatStandsThere() {
        Cli cli = verify("{\"payload\":HC1SECRET}\n");
        assertThat(cli.exitCode()).isEqualTo(1);
        assertThat(cli.err()).contains("line 1: broken JSON").doesNotContain("SECRET");
    }
}
