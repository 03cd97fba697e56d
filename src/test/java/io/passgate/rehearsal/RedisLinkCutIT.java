package io.passgate.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.Tools;
import io.passgate.app.config.InvalidConfig;
import io.passgate.testing.CuttableLink;
import io.passgate.testing.TestIssuer;
import io.passgate.testing.TestProvider;
import io.passgate.testing.TestStores;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The link between one of two gateways and Redis, cut for 20 s while people are let in. A cluster's nodes tell everybody
 * the same addresses, so that the Redis is a single one here.
 */
@Tools.Needed("rehearsal")
final class RedisLinkCutIT {
    private static final int SOME = 100;
    private static final int CUT_SECONDS = 20;

    private final TestProvider provider = TestProvider.named("kakao");

    @Test
    void linkToRedisCutFor20Seconds_postgresqlDecidesForThatGateway_andTheAnswersSaySo(@TempDir Path folder)
            throws IOException, InterruptedException, SQLException, InvalidConfig {
        try (TestStores stores = new TestStores(folder.resolve("stores"))) {
            stores.empty();
            try (CuttableLink link = new CuttableLink(stores.redis.port());
                    GatewayNode cut = gateway(folder.resolve("cut"), stores, link.redis());
                    GatewayNode whole = gateway(folder.resolve("whole"), stores, stores.redis.uri());
                    HaProxy haProxy = new HaProxy(folder.resolve("haproxy"))) {
                Rehearsal.fill(cut.config(), provider, TestIssuer.ec256("KR"));
                for (GatewayNode gateway : List.of(cut, whole)) {
                    gateway.start();
                }
                for (GatewayNode gateway : List.of(cut, whole)) {
                    gateway.awaitReady();
                }
                haProxy.start(List.of(cut.backend(), whole.backend()), List.of());
                try (Visitors visitors = new Visitors(haProxy.port, Rehearsal.MUSEUM, provider, 4, 80)) {
                    cutAndMend(visitors, link, cut, whole);
                    EntryBook book = new EntryBook(visitors.said(), visitors.since);
                    System.out.println("a link to Redis cut: " + book.summary());
                    book.nobodyIsRefusedByAFaultOfOurs();
                    book.nobodyIsLetInTwiceUnlessItWasSaid();
                    book.compareWith(stores::texts, Duration.ofSeconds(40));
                    assertThat(book.failures())
                            .as("PostgreSQL decides meanwhile")
                            .isZero();
                    assertThat(book.count(said -> said.oneTime().equals("fallback")))
                            .isGreaterThan(SOME);
                }
            }
        }
    }

    private static void cutAndMend(Visitors visitors, CuttableLink link, GatewayNode cut, GatewayNode whole)
            throws IOException, InterruptedException {
        visitors.awaitMore(SOME);
        link.cut();
        TimeUnit.SECONDS.sleep(CUT_SECONDS / 2);
        assertThat(cut.isReady()).as("it goes on").isTrue();
        assertThat(cut.metric("passgate_onetime_shared")).isZero();
        assertThat(whole.metric("passgate_onetime_shared")).isEqualTo(1);
        TimeUnit.SECONDS.sleep(CUT_SECONDS / 2);
        link.mend();
        ServerProcess.await(
                "Redis is asked again", Duration.ofSeconds(10), () -> cut.metric("passgate_onetime_shared") == 1);
        visitors.awaitMore(SOME);
        visitors.end();
    }

    private static GatewayNode gateway(Path folder, TestStores stores, URI redis) throws IOException {
        Files.createDirectories(folder);
        return new GatewayNode(folder, GatewayNode.Stores.of(stores.database(), redis), GatewayNode.laidOut());
    }
}
