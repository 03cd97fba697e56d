package io.passgate.app.lists;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.app.Demonstration;
import io.passgate.crypto.CryptoProviders;
import io.passgate.crypto.VerificationKeys;
import io.passgate.model.Kid;
import io.passgate.testing.CapturedLogs;
import io.passgate.testing.ManualTime;
import io.passgate.testing.TestCertificate;
import io.passgate.testing.TestIssuer;
import io.passgate.trust.Signer;
import io.passgate.trust.TrustImporter;
import io.passgate.trust.TrustSnapshot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The list follows its files; without them it stays and grows old, from the last look that confirmed it. */
final class TrustRefresherTest {
    private static final Instant START = Instant.parse("2021-08-01T12:00:00Z");
    private static final Duration WARN = Duration.ofHours(1);
    private static final Duration HARD = Duration.ofDays(3);
    private static final TestIssuer FIRST = TestIssuer.ec256("XX");
    private static final TestIssuer SECOND = TestIssuer.ec256("YY");

    @TempDir
    private Path folder = Path.of("");

    private final ManualTime time = new ManualTime(START);
    private int written;

    private Path write(String name, byte[] content) throws IOException {
        Path file = Files.write(folder.resolve(name), content);
        return Files.setLastModifiedTime(file, FileTime.from(START.plusSeconds(++written)));
    }

    private TrustRefresher refresher(boolean allowDemo, Path... sources) {
        TrustFiles files = new TrustFiles(new TrustImporter(new VerificationKeys(CryptoProviders.preferred())));
        return new TrustRefresher(
                files,
                List.of(sources),
                new TrustRefresher.Ages(WARN, HARD),
                signer -> allowDemo || !Demonstration.made(signer),
                time);
    }

    private static List<Kid> kids(TrustRefresher refresher) {
        return refresher.get().list().signers().stream().map(Signer::kid).toList();
    }

    private static void assertAsOf(TrustRefresher refresher, Instant asOf) {
        TrustSnapshot snapshot = refresher.get();
        assertThat(snapshot.isDoubtful(asOf.plus(WARN).minusNanos(1))).isFalse();
        assertThat(snapshot.isDoubtful(asOf.plus(WARN))).isTrue();
        assertThat(snapshot.isStale(asOf.plus(HARD).minusNanos(1))).isFalse();
        assertThat(snapshot.isStale(asOf.plus(HARD))).isTrue();
    }

    @Test
    void beforeTheFirstLook_nothingCanBeTold() throws IOException {
        TrustRefresher refresher = refresher(false, write("a.der", FIRST.certificateDer()));
        assertThat(refresher.get().isStale(START)).isTrue();
        refresher.refresh();
        assertThat(kids(refresher)).containsExactly(FIRST.kid());
        assertAsOf(refresher, START);
    }

    @Test
    void aLookAtUnchangedFiles_confirmsTheSameList() throws IOException {
        TrustRefresher refresher = refresher(false, write("a.der", FIRST.certificateDer()));
        refresher.refresh();
        var list = refresher.get().list();
        time.advance(Duration.ofMinutes(30));
        refresher.refresh();
        assertThat(refresher.get().list()).isSameAs(list);
        assertAsOf(refresher, START.plus(Duration.ofMinutes(30)));
    }

    @Test
    void aChangedFile_andANewOneInAFolder_areTaken() throws IOException {
        Path file = write("a.der", FIRST.certificateDer());
        TrustRefresher refresher = refresher(false, folder);
        refresher.refresh();
        write(file.getFileName().toString(), SECOND.certificateDer());
        refresher.refresh();
        refresher.refresh();
        assertThat(kids(refresher)).containsExactly(SECOND.kid());
        write("b.der", FIRST.certificateDer());
        refresher.refresh();
        refresher.refresh();
        assertThat(kids(refresher)).containsExactlyInAnyOrder(FIRST.kid(), SECOND.kid());
        Files.delete(file);
        refresher.refresh();
        refresher.refresh();
        assertThat(kids(refresher)).containsExactly(FIRST.kid());
    }

    @Test
    void whenTheSourceIsGone_theLastListStays_andGrowsOld() throws IOException {
        Path file = write("a.der", FIRST.certificateDer());
        TrustRefresher refresher = refresher(false, file);
        refresher.refresh();
        Files.delete(file);
        time.advance(HARD);
        refresher.refresh();
        assertThat(kids(refresher)).containsExactly(FIRST.kid());
        assertAsOf(refresher, START);
        assertThat(refresher.get().isStale(time.instant())).isTrue();
        write("a.der", FIRST.certificateDer());
        refresher.refresh();
        assertAsOf(refresher, START.plus(HARD));
    }

    @Test
    void oneOfTwoSourcesGone_isNoHalfList() throws IOException {
        Path gone = write("a.der", FIRST.certificateDer());
        TrustRefresher refresher = refresher(false, gone, write("b.der", SECOND.certificateDer()));
        refresher.refresh();
        Files.delete(gone);
        time.advance(WARN);
        refresher.refresh();
        assertThat(kids(refresher)).hasSize(2);
        assertAsOf(refresher, START);
    }

    @Test
    void anEmptiedFileOrFolder_keepsTheLastList_andLetsItAge() throws IOException {
        Path file = write("a.der", FIRST.certificateDer());
        for (Path source : List.of(file, folder)) {
            TrustRefresher refresher = refresher(false, source);
            time.set(START);
            write("a.der", FIRST.certificateDer());
            refresher.refresh();
            time.advance(WARN);
            if (source.equals(file)) {
                write("a.der", new byte[0]);
            } else {
                Files.delete(file);
            }
            refresher.refresh();
            refresher.refresh();
            assertThat(kids(refresher)).containsExactly(FIRST.kid());
            assertAsOf(refresher, START);
        }
    }

    @Test
    void aFolderThatIsEmptyFromTheStart_confirmsNothing() throws IOException {
        TrustRefresher refresher = refresher(false, folder);
        refresher.refresh();
        refresher.refresh();
        assertThat(refresher.get().isStale(START)).isTrue();
        write("a.der", FIRST.certificateDer());
        refresher.refresh();
        assertThat(kids(refresher)).containsExactly(FIRST.kid());
    }

    @Test
    void withoutSources_nothingCanBeTold() {
        TrustRefresher refresher = refresher(false);
        refresher.refresh();
        assertThat(refresher.get().isStale(START)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {Demonstration.ORGANIZATION, Demonstration.SAMPLE_ORGANIZATION})
    void inventedSigners_areRefusedUnlessAllowed(String organization) throws IOException {
        TestCertificate shape =
                new TestCertificate("XX", organization, TestIssuer.NOT_BEFORE, TestIssuer.NOT_AFTER, Optional.empty());
        TestIssuer demo = FIRST.withCertificate(shape);
        write("demo.der", demo.certificateDer());
        TrustRefresher alone = refresher(false, folder);
        alone.refresh();
        assertThat(alone.get().list().size()).isZero();
        assertThat(alone.get().isStale(START)).isTrue();
        write("real.der", SECOND.certificateDer());
        TrustRefresher strict = refresher(false, folder);
        strict.refresh();
        assertThat(kids(strict)).containsExactly(SECOND.kid());
        TrustRefresher demonstration = refresher(true, folder);
        demonstration.refresh();
        assertThat(kids(demonstration)).containsExactlyInAnyOrder(demo.kid(), SECOND.kid());
    }

    @Test
    void aKidThatMoreShareThanAreTried_isTakenWhole_andWarnedOfOnce() throws IOException {
        String entry = "{\"kid\": \"AAECAwQFBgc=\", \"rawData\": \"%s\"}";
        String list = Stream.generate(() -> TestIssuer.ec256("XX"))
                .limit(5)
                .map(issuer -> entry.formatted(Base64.getEncoder().encodeToString(issuer.certificateDer())))
                .collect(Collectors.joining(",", "[", "]"));
        TrustRefresher refresher = refresher(false, write("list.json", list.getBytes(StandardCharsets.UTF_8)));
        try (CapturedLogs logs = new CapturedLogs()) {
            refresher.refresh();
            refresher.refresh();
            assertThat(logs.lines())
                    .filteredOn(line -> line.contains("KID AAECAwQFBgc=: more than 4 signers share it"))
                    .singleElement()
                    .asString()
                    .contains("WARNING");
            assertThat(logs.lines()).anyMatch(line -> line.contains("5 signers, 0 left out"));
        }
        assertThat(kids(refresher)).hasSize(5);
    }

    @Test
    void aBrokenEntry_isLeftOut_andTheOthersAreTaken() throws IOException {
        String good = Base64.getEncoder().encodeToString(FIRST.certificateDer());
        write(
                "list.json",
                "[{\"rawData\":\"%s\"},{\"rawData\":\"AAAA\"}]".formatted(good).getBytes(StandardCharsets.UTF_8));
        write("b.der", SECOND.certificateDer());
        write("readme.txt", "no certificate".getBytes(StandardCharsets.UTF_8));
        write("c.der.disabled", FIRST.certificateDer());
        write(".hidden.der", new byte[3]);
        TrustRefresher refresher = refresher(false, folder);
        refresher.refresh();
        assertThat(kids(refresher)).containsExactlyInAnyOrder(FIRST.kid(), SECOND.kid());
        assertAsOf(refresher, START);
    }

    @Test
    void aSourceThatIsNotWhole_isNeverTaken_atTheStartNorLater() throws IOException {
        byte[] der = FIRST.certificateDer();
        byte[] pem = ("-----BEGIN CERTIFICATE-----\n" + Base64.getMimeEncoder().encodeToString(der) + "\n")
                .getBytes(StandardCharsets.UTF_8);
        List<byte[]> cut = List.of(
                Arrays.copyOf(der, der.length - 10),
                "[{\"rawData\":".getBytes(StandardCharsets.UTF_8),
                pem,
                new byte[0]);
        for (byte[] broken : cut) {
            time.set(START);
            write("a.json", broken);
            write("b.der", SECOND.certificateDer());
            TrustRefresher fromTheStart = refresher(false, folder);
            fromTheStart.refresh();
            fromTheStart.refresh();
            assertThat(fromTheStart.get().isStale(START)).isTrue();

            write("a.json", der);
            TrustRefresher later = refresher(false, folder);
            later.refresh();
            assertThat(kids(later)).hasSize(2);
            write("a.json", broken);
            time.advance(WARN);
            later.refresh();
            later.refresh();
            assertThat(kids(later)).hasSize(2);
            assertAsOf(later, START);
        }
    }

    @Test
    void aChange_isTakenAtTheSecondLookThatFindsIt() throws IOException {
        write("a.der", FIRST.certificateDer());
        TrustRefresher refresher = refresher(false, folder);
        refresher.refresh();
        write("b.der", SECOND.certificateDer());
        refresher.refresh();
        assertThat(kids(refresher)).containsExactly(FIRST.kid());
        write("a.der", SECOND.certificateDer());
        refresher.refresh();
        assertThat(kids(refresher)).containsExactly(FIRST.kid());
        refresher.refresh();
        assertThat(kids(refresher)).containsExactly(SECOND.kid());
    }

    @Test
    void aChangeOfTheSameSizeAndTime_isSeen() throws IOException {
        byte[] der = FIRST.certificateDer();
        Path file = write("a.der", der);
        FileTime time = Files.getLastModifiedTime(file);
        TrustRefresher refresher = refresher(false, folder);
        refresher.refresh();
        byte[] other = der.clone();
        other[other.length - 1] ^= 1;
        Files.setLastModifiedTime(Files.write(file, other), time);
        refresher.refresh();
        refresher.refresh();
        assertThat(kids(refresher)).doesNotContain(FIRST.kid()).hasSize(1);
    }
}
