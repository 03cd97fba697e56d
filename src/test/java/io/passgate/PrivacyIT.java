package io.passgate;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.access.Role;
import io.passgate.testing.NeedleSearch;
import io.passgate.testing.SecretKeeper;
import io.passgate.testing.ServingProcess;
import io.passgate.testing.SpanCollector;
import io.passgate.testing.TestStores;
import io.passgate.testing.api.OpenApiDocument;
import io.passgate.testing.gateway.IssuingGateways;
import io.passgate.testing.story.PrivacyStores;
import io.passgate.testing.story.PrivacyStory;
import io.passgate.testing.story.PrivacyTraffic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * That a gateway keeps nothing of a holder. One runs as a process of its own over a real PostgreSQL and a real Redis;
 * secrets go through every route, well and badly, with and without the stores; then all that is left anywhere is
 * searched for them.
 */
final class PrivacyIT {
    private static final String CONFIG = """
            http: {host: 127.0.0.1, port: 0, door: true, docs: true}
            management: {port: 0}
            log: {format: json}
            tracing: {endpoint: "%s", ratio: 1.0}
            database: {uri: "%s", user: %s, passwordFile: password}
            redis: {endpoints: ["%s"]}
            policies: %s
            engine: {keyTableBytes: 33554432}
            entryLog: {spoolFile: spool}
            audit: {keyFile: pepper}
            snapshotFile: snapshot
            limits: {facility: {perSecond: 10000, burst: 10000}, tracer: {perSecond: 10000, burst: 10000}}
            issuing:
              port: 0
              keystore: keys.p12
              keystorePasswordFile: keystore-password
              pepperFile: pepper
              providers:
            %s
            """;

    /** All that dies is let go by a dump's collection, also in regions that are nearly full. */
    private static final String JAVA_OPTIONS = "-Xmx256m -XX:MarkSweepDeadRatio=0";

    private static final String NO_SECRET = "Korea Disease Control";

    private static Path configuration(Path folder, TestStores stores, SpanCollector collector) throws IOException {
        String providers = IssuingGateways.PROVIDERS.stream()
                .map(name -> "    - {name: %s, deviceProof: %s, htu: %s}"
                        .formatted(name, name.equals("pass") ? "required" : "optional", IssuingGateways.htu(name)))
                .collect(Collectors.joining("\n"));
        return Files.writeString(
                folder.resolve("passgate.yaml"),
                CONFIG.formatted(
                        collector.endpoint(),
                        stores.database().uri(),
                        stores.database().user(),
                        stores.redis.uri(),
                        Path.of("config/policies").toAbsolutePath(),
                        providers));
    }

    /** The roles of each route, such as of {@code POST /v1/passes}, as the gateway tells them. */
    private static Map<String, Set<String>> routes() {
        Map<String, Set<String>> routes = new TreeMap<>();
        OpenApiDocument.read()
                .roles()
                .forEach((route, roles) -> routes.put(
                        route, roles.stream().map(Role::code).collect(Collectors.toCollection(TreeSet::new))));
        return routes;
    }

    @Test
    void whatPassedThroughAGateway_isNowhere(@TempDir Path folder)
            throws IOException, SQLException, InterruptedException {
        Path own = Files.createDirectory(folder.resolve("gateway"));
        List<NeedleSearch.Found> found = new ArrayList<>();
        try (TestStores stores = new TestStores(folder.resolve("stores"))) {
            stores.empty();
            Instant start = Instant.now();
            try (IssuingGateways country = new IssuingGateways(stores, own, start);
                    SpanCollector collector = new SpanCollector();
                    ServingProcess gateway = new ServingProcess(
                            configuration(own, stores, collector), own.resolve("log"), JAVA_OPTIONS);
                    PrivacyTraffic traffic = new PrivacyTraffic(gateway)) {
                PrivacyStory story = new PrivacyStory(traffic, routes());
                story.everythingThatIsRefused();
                story.everythingThatIsWanted();
                assertThat(traffic.answered()).isEqualTo(routes().keySet());
                NeedleSearch search = story.secrets();
                Path healthy = gateway.heapDump(folder.resolve("healthy.hprof"));
                found.addAll(search.in(healthy));
                found.addAll(PrivacyStores.rows(stores, search));
                found.addAll(PrivacyStores.keys(stores, search));

                stores.postgresql.kill();
                story.everythingThatIsRefused();
                story.everythingWithoutStores();
                stores.redis.kill();
                story.everythingThatIsRefused();
                story.everythingWithoutStores();
                assertThat(own.resolve("spool")).isNotEmptyFile();
                Path alone = gateway.heapDump(folder.resolve("alone.hprof"));
                NeedleSearch all = story.secrets();
                found.addAll(all.in(alone));
                found.addAll(all.in("problems", traffic.refusals()));
                found.addAll(all.in("metrics", traffic.metrics().getBytes(StandardCharsets.UTF_8)));
                found.addAll(all.in("spans", collector.sent()));
                found.addAll(all.in(own));
                found.addAll(all.in(folder.resolve("stores")));
                assertThat(new NeedleSearch().add("no secret", NO_SECRET).in(healthy))
                        .as("a heap dump is what is searched")
                        .isNotEmpty();
                assertThat(collector.text()).as("all routes are traced").contains(routes().keySet());
                assertThat(Files.readAllLines(own.resolve("log"))).as("the log").anyMatch(line -> line.startsWith("{"));
                assertThat(gateway.isAlive()).isTrue();
            }
        }
        assertThat(Reduced.of(found)).isEmpty();
    }

    @Test
    void whatIsPlanted_isFound_inEveryFormAndPlace(@TempDir Path folder)
            throws IOException, SQLException, InterruptedException {
        long seed = System.nanoTime();
        NeedleSearch search = new NeedleSearch();
        Map<String, String> kept = SecretKeeper.kept();
        kept.keySet().forEach(name -> search.add(name, SecretKeeper.secret(seed, name)));
        assertThat(search.in(SecretKeeper.heapDump(folder.resolve("planted.hprof"), seed)))
                .extracting(found -> alike(found.needle() + " as " + found.form()))
                .containsAll(kept.entrySet().stream()
                        .map(entry -> alike(entry.getKey() + " as " + entry.getValue()))
                        .toList());

        String secret = SecretKeeper.secret(seed, "String");
        byte[] acrossBlocks = new byte[NeedleSearch.BLOCK_BYTES + secret.length()];
        for (int before = 0; before < secret.length(); before++) {
            Arrays.fill(acrossBlocks, (byte) 0);
            byte[] bytes = secret.getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(bytes, 0, acrossBlocks, NeedleSearch.BLOCK_BYTES - before, bytes.length);
            Path file = Files.write(folder.resolve("across"), acrossBlocks);
            assertThat(search.in(file))
                    .as("%d bytes before a block's end", before)
                    .isNotEmpty();
        }
        assertThat(search.in("an answer", ("x" + secret.substring(1, 13)).getBytes(StandardCharsets.US_ASCII)))
                .as("a piece of it")
                .isNotEmpty();
        Path stores = Files.createDirectory(folder.resolve("stores"));
        try (TestStores planted = new TestStores(stores)) {
            planted.empty();
            planted.sql("CREATE TABLE planted AS SELECT 1 AS id, convert_to('" + secret + "', 'UTF8') AS bytes");
            assertThat(planted.redisCommand("SET", "planted", secret)).isEqualTo("+OK");
            assertThat(PrivacyStores.rows(planted, search)).isNotEmpty();
            assertThat(PrivacyStores.keys(planted, search)).isNotEmpty();
        }
        assertThat(search.in(stores.resolve("postgresql"))).isNotEmpty();
        assertThat(search.in(stores.resolve("redis"))).isNotEmpty();
    }

    /** Most stretches are the same in both alphabets of Base64. */
    private static String alike(String form) {
        return form.replace("Base64url", "Base64");
    }

    /** What was found, once for each secret and place. */
    private static final class Reduced {
        static List<String> of(List<NeedleSearch.Found> found) {
            Map<String, Long> counts = found.stream()
                    .collect(Collectors.groupingBy(
                            one -> one.needle() + " (" + one.form() + ") in " + one.where(),
                            TreeMap::new,
                            Collectors.counting()));
            return counts.entrySet().stream()
                    .map(entry -> entry.getValue() + " of " + entry.getKey())
                    .toList();
        }
    }
}
