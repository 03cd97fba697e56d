package io.passgate.testing.compose;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.app.config.ConfigFile;
import io.passgate.app.config.InvalidConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The Compose file says nothing that an engine would stumble over, and what is planted is found. */
final class ComposeFileTest {
    private static final Path DOCKER = Path.of("docker").toAbsolutePath();
    private static final Path SHIPPED = DOCKER.resolve("compose.yaml");

    private static List<String> faults(String... changes) throws IOException {
        String yaml = Files.readString(SHIPPED);
        for (int i = 0; i < changes.length; i += 2) {
            assertThat(yaml).contains(changes[i]);
            yaml = yaml.replace(changes[i], changes[i + 1]);
        }
        return ComposeFaults.of(ComposeFile.parse(yaml, DOCKER));
    }

    @Test
    void theShippedFile_hasNoFault() throws IOException {
        assertThat(faults()).isEmpty();
    }

    @Test
    void itHasPinnedImages_portsOfThisMachineOnly_andNoSecretInIt() throws IOException {
        ComposeFile file = ComposeFile.read(SHIPPED);
        assertThat(file.services().keySet())
                .containsExactlyInAnyOrder(
                        "init", "gateway-1", "gateway-2", "postgresql", "redis", "prometheus", "grafana");
        for (ComposeService service : file.services().values()) {
            assertThat(service.image())
                    .as(service.name())
                    .satisfiesAnyOf(
                            name -> assertThat(name).matches("[a-z/]+:v?[0-9]+\\.[0-9.]+"),
                            name -> assertThat(name).isEqualTo(ComposeService.OURS));
            service.ports().forEach(port -> assertThat(port.address()).isEqualTo("127.0.0.1"));
            service.environment().keySet().forEach(name -> assertThat(name).doesNotEndWith("PASSWORD"));
            assertThat(service.memoryLimit()).as(service.name()).isPresent();
        }
        assertThat(String.join(" ", file.services().get("redis").command()))
                .contains(
                        "--appendonly yes",
                        "--appendfsync everysec",
                        "--auto-aof-rewrite-min-size 1gb",
                        "--rdbcompression no",
                        "--maxmemory-policy noeviction");
    }

    @Test
    void secretsOfTheMachine_areInNoCommit_andNotInWhatTheImageIsBuiltFrom() throws IOException {
        ComposeFile file = ComposeFile.read(SHIPPED);
        assertThat(file.secrets().values()).allMatch(secret -> secret.startsWith(DOCKER.resolve("secrets")));
        assertThat(Files.readAllLines(Path.of(".gitignore"))).contains("docker/secrets/");
        assertThat(Files.readAllLines(Path.of(".dockerignore"))).startsWith("*").doesNotContain("!docker");
    }

    @Test
    void theBuild_getsWhatTheImageCopies() throws IOException {
        Set<String> ignored = Set.copyOf(Files.readAllLines(Path.of(".dockerignore")));
        for (String line : Files.readAllLines(DOCKER.resolve("Dockerfile"))) {
            if (line.startsWith("COPY ") && !line.contains("--from=")) {
                List<String> words = List.of(line.split(" ", -1));
                words.subList(1, words.size() - 1)
                        .forEach(copied -> assertThat(ignored).contains("!" + copied));
            }
        }
    }

    @Test
    void whatWaitsForItsStop_isGivenTheTime() throws IOException, InvalidConfig {
        Duration stopping = ConfigFile.read(DOCKER.resolve("passgate.yaml")).shutdownPatience();
        assertThat(stopping.plusSeconds(3)).isLessThan(Duration.ofSeconds(15));
        assertThat(Files.readString(SHIPPED)).contains("stop_grace_period: 15s ");
    }

    @Test
    void whatIsMerged_isRead() throws IOException {
        ComposeService gateway = ComposeFile.read(SHIPPED).services().get("gateway-2");
        assertThat(gateway.isOurs()).isTrue();
        assertThat(gateway.secrets()).containsExactly("database-password");
        assertThat(gateway.dependsOn())
                .containsEntry("init", "service_completed_successfully")
                .containsEntry("postgresql", "service_healthy");
        assertThat(gateway.mounts()).hasSize(3);
        assertThat(gateway.memoryLimit()).contains("3g");
        assertThat(gateway.hasHealthcheck()).isTrue();
    }

    @Test
    void aPortThatClashes_isFound() throws IOException {
        assertThat(faults("127.0.0.1:8180:8080", "127.0.0.1:8081:8080"))
                .containsExactly("port 8081 is gateway-1's and gateway-2's");
        assertThat(faults("127.0.0.1:9091:9090", "127.0.0.1:9090:9090"))
                .containsExactly("port 9090 is gateway-1's and prometheus's");
    }

    @Test
    void aServiceWithoutTheSecretItReads_isFound() throws IOException {
        assertThat(faults("secrets: [grafana-password]", "secrets: [database-password]"))
                .containsExactly("grafana: reads the secret grafana-password, which it is not given");
        assertThat(faults("  secrets: [database-password]\n  logging", "  secrets: []\n  logging"))
                .containsExactly(
                        "init: reads the secret database-password, which it is not given",
                        "gateway-1: reads the secret database-password, which it is not given",
                        "gateway-2: reads the secret database-password, which it is not given");
    }

    @Test
    void aSecretThatNothingDeclares_isFound() throws IOException {
        assertThat(faults("  grafana-password:\n    file: ./secrets/grafana-password\n", ""))
                .containsExactly("grafana: nothing declares the secret grafana-password");
    }

    @Test
    void aVolumeThatNothingDeclares_isFound() throws IOException {
        assertThat(faults("      - gateway-2:/data", "      - gateway-3:/data"))
                .containsExactly(
                        "gateway-2: nothing declares the volume gateway-3", "nobody uses the volume gateway-2");
    }

    @Test
    void aFolderThatIsNotThere_isFound() throws IOException {
        assertThat(faults("./trust:", "./trusted:")).containsExactly("init: there is no " + DOCKER.resolve("trusted"));
    }

    @Test
    void aPlaceInTheConfiguration_thatNothingIsMountedAt_isFound() throws IOException {
        assertThat(faults("      - gateway-1:/data\n", ""))
                .containsExactly(
                        "nobody uses the volume gateway-1",
                        "gateway-1: nothing is mounted at /data/snapshot",
                        "gateway-1: nothing is mounted at /data/spool",
                        "gateway-1: nothing is mounted at /data/audit-heads");
    }

    @Test
    void aTemporaryFolder_thatNoLibraryIsLoadedFrom_isFound() throws IOException {
        assertThat(faults("/tmp:exec,size=128m", "/tmp:size=128m"))
                .containsExactly(
                        "init: no library can be loaded from /tmp",
                        "gateway-1: no library can be loaded from /tmp",
                        "gateway-2: no library can be loaded from /tmp");
    }

    @Test
    void anUnknownKey_isFound() throws IOException {
        assertThat(faults("  mem_limit: 3g", "  memlimit: 3g"))
                .containsExactly("unknown key services.gateway-1.memlimit", "unknown key services.gateway-2.memlimit");
    }

    @Test
    void aWaitThatNeverEnds_isFound() throws IOException {
        assertThat(faults("    restart: \"no\"", "    restart: always"))
                .hasSize(2)
                .allSatisfy(fault -> assertThat(fault).endsWith("waits for the end of init, which is started again"));
        assertThat(faults(
                        "    postgresql: {condition: service_healthy}\n    redis",
                        "    postgres: {condition: service_healthy}\n    redis"))
                .contains("gateway-1: depends on postgres, which there is not");
    }

    @Test
    void aStoreInAnotherNetwork_isFound() throws IOException {
        assertThat(faults(
                        "    volumes: [\"redis:/data\"]\n    networks: [stores]",
                        "    volumes: [\"redis:/data\"]\n    networks: [front]"))
                .containsExactly("init: is in no network with redis");
    }

    @Test
    void prometheus_scrapesEachGateway_atItsManagementPort() throws IOException, InvalidConfig {
        ComposeFile file = ComposeFile.read(SHIPPED);
        String scraped = Files.readString(DOCKER.resolve("prometheus/prometheus.yml"));
        int port = ConfigFile.read(DOCKER.resolve("passgate.yaml")).management().port();
        assertThat(ComposeFaults.ofTargets(file, scraped, port)).isEmpty();
        assertThat(ComposeFaults.ofTargets(file, scraped.replace("gateway-2:9090", "gateway-2:9190"), port))
                .containsExactly("\"gateway-2:9190\" is not the management port");
        assertThat(ComposeFaults.ofTargets(file, scraped.replace("gateway-2", "gateway-3"), port))
                .containsExactly("prometheus: asks gateway-3, which is no service", "nobody scrapes gateway-2");
    }
}
