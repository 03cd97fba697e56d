package io.passgate.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.app.config.InvalidConfig;
import io.passgate.testing.TestStores;
import io.passgate.testing.gateway.IssuingPropagation;
import io.passgate.testing.gateway.Propagation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every kind of change reaches another gateway; {@code bench/run.sh propagation} measures how soon. */
final class PropagationIT {
    @TempDir
    private static Path folder = Path.of("");

    @Test
    void everyChangeOfTheIssuingSide_reachesAnotherGateway() throws IOException, SQLException {
        try (TestStores stores = new TestStores(folder.resolve("issuing"))) {
            stores.empty();
            Path gateways = Files.createDirectory(folder.resolve("issuing-gateways"));
            try (IssuingPropagation propagation = new IssuingPropagation(stores, gateways)) {
                Map<String, List<Duration>> took = propagation.measure(3);
                assertThat(took).containsOnlyKeys("device", "dose", "consent withdrawn", "key");
                assertThat(took.values())
                        .allSatisfy(times -> assertThat(times)
                                .hasSize(3)
                                .allMatch(time -> time.compareTo(Duration.ofSeconds(10)) < 0));
            }
        }
    }

    @Test
    void everyChange_reachesAnotherGateway() throws IOException, SQLException, InvalidConfig {
        try (TestStores stores = new TestStores(folder)) {
            stores.empty();
            try (Propagation propagation = new Propagation(stores, Files.createDirectory(folder.resolve("gateways")))) {
                Map<String, List<Duration>> took = propagation.measure(5);
                assertThat(took).hasSize(6);
                assertThat(took.values())
                        .allSatisfy(times -> assertThat(times)
                                .hasSize(5)
                                .allMatch(time -> time.compareTo(Duration.ofSeconds(10)) < 0));
            }
        }
    }
}
