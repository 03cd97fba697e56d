package io.passgate.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.http.server.ServerTls;
import io.passgate.http.server.TlsFiles;
import io.passgate.http.server.UnusableTls;
import io.passgate.testing.ManualTime;
import io.passgate.testing.TlsParty;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Look by look: what is taken of TLS files that change, and what is said of them. */
final class TlsRefresherTest {
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);

    @TempDir
    private Path folder = Path.of("");

    private final ManualTime time = new ManualTime(NOON);
    private final List<Instant> taken = new ArrayList<>();
    private final TlsParty first = TlsParty.valid(NOON.minus(DAY), NOON.plus(DAY));
    private final TlsParty second = TlsParty.valid(NOON.minus(DAY), NOON.plus(DAY.multipliedBy(2)));
    private Path certificate = Path.of("");
    private Path key = Path.of("");
    private Path authority = Path.of("");
    private Future<?> answer = Future.succeededFuture();
    private TlsRefresher refresher;

    @BeforeEach
    void start() throws IOException, UnusableTls {
        certificate = folder.resolve("server.pem");
        key = folder.resolve("server.key");
        first.writeTo(certificate, key);
        authority = Files.writeString(folder.resolve("ca.pem"), first.certificatePem());
        TlsFiles files = new TlsFiles(certificate, key, Optional.of(authority));
        refresher = new TlsRefresher(files, files.read(), time, this::take);
    }

    private Future<?> take(ServerTls tls) {
        taken.add(tls.notAfter());
        return answer;
    }

    private void look(int times) throws InterruptedException {
        for (int i = 0; i < times; i++) {
            refresher.look();
        }
    }

    @Test
    void aChange_isTakenAtTheSecondLookThatFindsIt_andOnce() throws IOException, InterruptedException {
        look(2);
        second.writeTo(certificate, key);
        look(1);
        assertThat(taken).isEmpty();
        look(3);
        assertThat(taken).containsExactly(NOON.plus(DAY.multipliedBy(2)));
        assertThat(refresher.notAfter()).isEqualTo(NOON.plus(DAY.multipliedBy(2)));
        assertThat(refresher.warnings()).isEmpty();
    }

    @Test
    void whatChangesBetweenTwoLooks_isNotTakenYet() throws IOException, InterruptedException {
        second.writeTo(certificate, key);
        look(1);
        TlsParty.valid(NOON.minus(DAY), NOON.plus(DAY.multipliedBy(3))).writeTo(certificate, key);
        look(1);
        assertThat(taken).isEmpty();
        look(1);
        assertThat(taken).containsExactly(NOON.plus(DAY.multipliedBy(3)));
    }

    @Test
    void aFileThatIsHalfWritten_atOneLook_isNotEvenWarnedOf() throws IOException, InterruptedException {
        var _ = Files.writeString(key, second.keyPem());
        look(1);
        assertThat(refresher.warnings()).isEmpty();
        look(1);
        assertThat(refresher.warnings())
                .singleElement()
                .asString()
                .startsWith("http.tls.key: ")
                .endsWith("the certificate in use stays");
        first.writeTo(certificate, key);
        look(1);
        assertThat(refresher.warnings()).isEmpty();
        assertThat(taken).isEmpty();
    }

    @Test
    void aChainIsValid_fromItsFirstSecondToItsLast() throws IOException, InterruptedException {
        TlsParty later = TlsParty.valid(NOON.plusSeconds(10), NOON.plusSeconds(20));
        later.writeTo(certificate, key);
        time.advance(Duration.ofSeconds(10).minusNanos(1));
        look(3);
        assertThat(taken).isEmpty();
        assertThat(refresher.warnings()).singleElement().asString().contains("is not valid now");
        time.advance(Duration.ofNanos(1));
        look(1);
        assertThat(taken).containsExactly(NOON.plusSeconds(20));
        assertThat(refresher.warnings()).isEmpty();
    }

    @Test
    void aNewAuthorityOfClients_isTakenToo_andAnEmptyOneIsNot() throws IOException, InterruptedException {
        var _ = Files.writeString(authority, "");
        look(2);
        assertThat(refresher.warnings()).singleElement().asString().startsWith("http.tls.clientCa: ");
        var _ = Files.writeString(authority, second.certificatePem());
        look(2);
        assertThat(taken).containsExactly(NOON.plus(DAY));
    }

    @Test
    void whatTheServersDoNotTake_isTriedAgain() throws IOException, InterruptedException {
        answer = Future.failedFuture(new IllegalStateException("CANARY"));
        second.writeTo(certificate, key);
        look(3);
        assertThat(refresher.notAfter()).isEqualTo(NOON.plus(DAY));
        assertThat(refresher.warnings())
                .singleElement()
                .asString()
                .contains("do not take it")
                .doesNotContain("CANARY");
        answer = Future.succeededFuture();
        look(1);
        assertThat(refresher.notAfter()).isEqualTo(NOON.plus(DAY.multipliedBy(2)));
        assertThat(refresher.warnings()).isEmpty();
    }
}
