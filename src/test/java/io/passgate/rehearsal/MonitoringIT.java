package io.passgate.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.Tools;
import io.passgate.app.config.InvalidConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Alerts of the rules that are shipped, from a gateway's metric to a webhook. */
@Tools.Needed("rehearsal")
final class MonitoringIT {
    private static final Path FOLDER = Path.of("target/rehearsal/monitoring");
    private static final double SHORTER = 30;
    private static final Duration FIRING = Duration.ofSeconds(60);

    @Test
    void allOfRedisKilled_theAlertsOfItFire_andNoneBefore()
            throws IOException, InterruptedException, SQLException, InvalidConfig {
        try (Rehearsal rehearsal = new Rehearsal(FOLDER);
                Monitoring monitoring = new Monitoring(FOLDER.resolve("monitoring"))) {
            GatewayNode gateway = rehearsal.add();
            rehearsal.start();
            monitoring.start(List.of(gateway), SHORTER);
            ServerProcess.await("the gateway is scraped", FIRING, () -> monitoring.reached() == 1);
            assertThat(monitoring.fired()).isEmpty();
            rehearsal.redis.close();
            ServerProcess.await(
                    "alerts",
                    FIRING,
                    () -> monitoring.fired().stream()
                            .map(FiredAlerts.Fired::name)
                            .toList()
                            .containsAll(List.of("PassgateStoreDown", "PassgateOneTimeFallback")));
            assertThat(monitoring.fired())
                    .extracting(FiredAlerts.Fired::instance)
                    .containsOnly("127.0.0.1:" + gateway.managementPort);
        }
    }
}
