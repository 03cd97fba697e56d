package io.passgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.model.Algorithm;
import io.passgate.model.EventKind;
import io.passgate.testing.TestCertificate;
import io.passgate.testing.TestIssuer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Help, exit codes, and the commands beside {@code verify}. */
final class CommandLineTest {
    @TempDir
    private Path folder = Path.of("");

    /** The words of every command there is, parents first. */
    private static List<List<String>> commands(CommandLine command, List<String> words) {
        List<List<String>> found = new ArrayList<>();
        found.add(words);
        command.getSubcommands().forEach((name, below) -> {
            List<String> longer = new ArrayList<>(words);
            longer.add(name);
            found.addAll(commands(below, longer));
        });
        return found;
    }

    @TestFactory
    Stream<DynamicTest> everyCommand_explainsItself() {
        List<List<String>> commands = commands(Main.commandLine(), List.of());
        assertThat(commands).contains(List.of("serve"), List.of("verify"), List.of("signers", "list"));
        return commands.stream()
                .map(words -> DynamicTest.dynamicTest("passgate " + String.join(" ", words), () -> {
                    List<String> arguments = new ArrayList<>(words);
                    arguments.add("--help");
                    Cli cli = Cli.run(arguments.toArray(String[]::new));
                    assertThat(cli.exitCode()).isZero();
                    assertThat(cli.out()).startsWith("Usage: passgate").contains(String.join(" ", words));
                    assertThat(cli.err()).isEmpty();
                }));
    }

    @Test
    void aCommandThatIsAskedFor_isLookedThroughAlone_withAllBelowIt() {
        Map<String, CommandLine> all = Main.commandLine().getSubcommands();
        assertThat(all).hasSizeGreaterThan(10);
        all.forEach((name, whole) -> {
            CommandLine alone = Main.commandLine(name, "--help");
            if (whole.getCommand() instanceof ExtraCommand) {
                assertThat(alone.getSubcommands()).hasSameSizeAs(all);
            } else {
                assertThat(alone.getSubcommands()).containsOnlyKeys(name);
                assertThat(commands(
                                Objects.requireNonNull(alone.getSubcommands().get(name)), List.of()))
                        .isEqualTo(commands(whole, List.of()));
            }
        });
        for (String none : List.of("Verify", "verif", "verifyCommand", "main", "")) {
            assertThat(Main.commandLine(none).getSubcommands()).hasSameSizeAs(all);
        }
    }

    @Test
    void aProviderThatNoPassCanName_isRefusedBeforeAnythingIsRead() {
        for (String provider : List.of("KAKAO", "a b", "abcdefghijklmnopq")) {
            Cli cli = Cli.run("signers", "import", "--provider", provider, folder.toString());
            assertThat(cli.exitCode()).isEqualTo(2);
            assertThat(cli.err()).contains("[a-z][a-z0-9-]{0,15}");
        }
    }

    @Test
    void theVersion_isTold() {
        Cli cli = Cli.run("--version");
        assertThat(cli.exitCode()).isZero();
        assertThat(cli.out()).startsWith("passgate ").contains("Java ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "zzz",
                "signers",
                "revocations",
                "token",
                "feed",
                "feed adopt",
                "token revoke",
                "keys",
                "keys create",
                "keys create --provider kakao --wallet",
                "keys rotate --wallet --activate-after soon",
                "verify --frobnicate",
                "verify a b",
                "signers list",
                "serve x"
            })
    void aCommandLineThatMeansNothing_isAMistakeOfTheCaller(String line) {
        Cli cli = Cli.run(line.isEmpty() ? new String[0] : line.split(" ", -1));
        assertThat(cli.exitCode()).isEqualTo(2);
        assertThat(cli.out()).isEmpty();
        assertThat(cli.err()).contains("Usage: passgate");
    }

    @ParameterizedTest
    @ValueSource(ints = {7_999, 8_000, 8_001, 8_009, 8_010, 8_011})
    void aDemonstration_withTwoPortsThatAreTheSame_isAMistakeOfTheCaller(int managementPort) {
        Cli cli = Cli.run("demo", "--port", "8000", "--management-port", Integer.toString(managementPort));
        assertThat(cli.exitCode()).isEqualTo(2);
        assertThat(cli.err()).contains("--port, --management-port and --phone-port");
    }

    @ParameterizedTest
    @ValueSource(ints = {8_000, 8_001, 8_010, 8_011, 9_090, 9_091})
    void aDemonstration_whosePhoneHasThePortOfAGateway_isAMistakeOfTheCaller(int phonePort) {
        Cli cli = Cli.run("demo", "--port", "8000", "--phone-port", Integer.toString(phonePort));
        assertThat(cli.exitCode()).isEqualTo(2);
        assertThat(cli.err()).contains("--port, --management-port and --phone-port");
    }

    @Test
    void aFolderForAFile_isAMistakeOfTheCaller() throws IOException {
        String there = folder.toString();
        Path config = Files.writeString(folder.resolve("some.yaml"), "http: {}\n");
        for (String line : List.of("token import " + there, "revocations import " + there, "verify " + there)) {
            String[] words = line.split(" ", -1);
            Cli cli = words[0].equals("verify") ? Cli.run(words) : Cli.run(with(words, config));
            assertThat(cli.exitCode()).as(line).isEqualTo(2);
            assertThat(cli.err()).isEqualTo("passgate: " + there + " is a folder" + System.lineSeparator());
        }
        assertThat(Cli.run("token", "import", config.toString(), "--config", there)
                        .err())
                .isEqualTo("passgate: " + there + ": is a folder" + System.lineSeparator());
    }

    private static String[] with(String[] words, Path config) {
        return Stream.concat(Arrays.stream(words), Stream.of("--config", config.toString()))
                .toArray(String[]::new);
    }

    @Test
    void serveWithAWrongConfiguration_isAMistakeOfTheCaller() throws IOException {
        Path wrong = Files.writeString(folder.resolve("wrong.yaml"), "http: {prot: 1}\n");
        Cli unknownKey = Cli.run("serve", "--config", wrong.toString());
        assertThat(unknownKey.exitCode()).isEqualTo(2);
        assertThat(unknownKey.err()).startsWith("passgate: " + wrong).contains("http.prot");
        Path missing = folder.resolve("none.yaml");
        Cli notThere = Cli.run("serve", "--config", missing.toString());
        assertThat(notThere.exitCode()).isEqualTo(2);
        assertThat(notThere.err()).isEqualTo("passgate: no such file or folder: " + missing + System.lineSeparator());
        Path policies = Files.writeString(folder.resolve("policies.yaml"), "policies: nowhere\n");
        assertThat(Cli.run("serve", "--config", policies.toString()).exitCode()).isEqualTo(2);
    }

    @Test
    void signersList_tellsEachSigner_andWhatWasLeftOut() throws IOException {
        TestIssuer all = TestIssuer.ec256("XX");
        TestIssuer some = TestIssuer.ec256("", EventKind.VACCINATION, EventKind.TEST);
        var first = Files.write(folder.resolve("a.der"), all.certificateDer());
        var second = Files.write(folder.resolve("b.der"), some.certificateDer());
        Path broken = Files.write(folder.resolve("c.der"), "broken".getBytes(StandardCharsets.UTF_8));
        Cli cli = Cli.run("signers", "list", "--trust", folder.toString());
        assertThat(List.of(first, second)).allMatch(Files::exists);
        assertThat(cli.exitCode()).isZero();
        assertThat(cli.lines())
                .containsExactlyInAnyOrder(
                        all.kid().toBase64() + "\tES256\tany\tXX\t2031-01-01T00:00:00Z\tcn=DSC,o=Test ministry,c=XX",
                        some.kid().toBase64()
                                + "\tES256\tvaccination,test\t-\t2031-01-01T00:00:00Z\tcn=DSC,o=Test ministry");
        assertThat(cli.err().lines())
                .containsExactly(
                        "left out: " + broken + ": neither a certificate, nor PEM, nor JSON", "2 signers, 1 left out");
    }

    /** A gateway's list that gives five certificates one KID. */
    static String fiveOfOneKid() {
        return Stream.generate(() -> TestIssuer.ec256("XX"))
                .limit(5)
                .map(TestIssuer::certificateDer)
                .map(Base64.getEncoder()::encodeToString)
                .map("{\"kid\": \"AAECAwQFBgc=\", \"rawData\": \"%s\"}"::formatted)
                .collect(Collectors.joining(",", "[", "]"));
    }

    @Test
    void signersList_warnsOfAKidThatMoreShareThanAreTried() throws IOException {
        Path list = Files.writeString(folder.resolve("list.json"), fiveOfOneKid());
        Cli cli = Cli.run("signers", "list", "--trust", list.toString());
        assertThat(cli.exitCode()).isZero();
        assertThat(cli.lines()).hasSize(5);
        assertThat(cli.err().lines())
                .containsExactly(
                        "warning: KID AAECAwQFBgc=: more than 4 signers share it; what none of the first 4 has signed is"
                                + " indeterminate(signer_ambiguous)",
                        "5 signers, 0 left out");
        Cli verify = Cli.run("verify", "--trust", list.toString());
        assertThat(verify.err()).startsWith("passgate: warning: KID AAECAwQFBgc=: more than 4 signers share it");
    }

    @Test
    void signersList_saysThatForeignUsagesLimitNothing() throws IOException {
        TestIssuer foreign =
                TestIssuer.of(Algorithm.ES256, TestCertificate.named("XX").usageOids("1.3.6.1.5.5.7.3.4"));
        Path file = Files.write(folder.resolve("a.der"), foreign.certificateDer());
        assertThat(Cli.run("signers", "list", "--trust", file.toString()).out()).contains("\tES256\tany\tXX\t");
    }

    @Test
    void signersListWithoutAny_hasFailed() throws IOException {
        Path broken = Files.write(folder.resolve("c.der"), "broken".getBytes(StandardCharsets.UTF_8));
        Cli cli = Cli.run("signers", "list", "--trust", broken.toString());
        assertThat(cli.exitCode()).isEqualTo(1);
        assertThat(cli.out()).isEmpty();
    }
}
