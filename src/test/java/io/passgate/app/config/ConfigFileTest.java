package io.passgate.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is set is read, and a wrong configuration names its file and key. */
final class ConfigFileTest {
    private static final Path SHIPPED = Path.of("config", "passgate.yaml");
    private static final String HASH = "c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00";

    @TempDir
    private Path folder = Path.of("");

    private Config read(String yaml) throws IOException, InvalidConfig {
        return ConfigFile.read(write(yaml));
    }

    private Path write(String yaml) throws IOException {
        return Files.writeString(folder.resolve("given.yaml"), yaml);
    }

    private void assertRefused(String yaml, String... named) throws IOException {
        Path file = write(yaml);
        assertThatThrownBy(() -> ConfigFile.read(file))
                .isInstanceOf(InvalidConfig.class)
                .satisfies(wrong -> assertThat(wrong.getMessage())
                        .startsWith(file + ": ")
                        .contains(named)
                        .doesNotContain(HASH)
                        .doesNotContain(HASH.substring(0, 12)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing\n", "{}", "---\n", "~"})
    void anEmptyFile_isTheDefaults(String yaml) throws IOException, InvalidConfig {
        assertThat(read(yaml)).isEqualTo(ConfigFile.read(SHIPPED));
    }

    @Test
    void whatIsSet_isRead_andTheRestHasItsDefault() throws IOException, InvalidConfig {
        Config config = read("http: {port: 0, idle: PT1S}\ntrust: {sources: [a.pem, b]}\ntokens:\n- {name: door,"
                + " role: verifier, sha256: " + HASH + ", expires: 2027-01-01T00:00:00Z}\n");
        assertThat(config.http().port()).isZero();
        assertThat(config.http().idle()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.http().maxPayloads()).isEqualTo(1_024);
        assertThat(config.trust().sources()).containsExactly("a.pem", "b");
        assertThat(config.tokens()).singleElement().satisfies(token -> {
            assertThat(token.expires()).isEqualTo(Instant.parse("2027-01-01T00:00:00Z"));
            assertThat(token.sha256()).isEqualTo(HASH);
        });
        assertThat(config.clients().size()).isEqualTo(1);
        assertThat(config.toString()).contains("door (verifier)").doesNotContain(HASH);
    }

    @Test
    void noToleranceAndAMinutes_areTaken() throws IOException, InvalidConfig {
        Config config = read("passes: {earlyTolerance: PT0S, lateTolerance: PT1M}");
        assertThat(config.passes().earlyTolerance()).isZero();
        assertThat(config.passes().lateTolerance()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void certificates_areTakenFiveSecondsEarly_unlessItIsSaidOtherwise() throws IOException, InvalidConfig {
        assertThat(read("http: {}").certificates().earlyTolerance()).isEqualTo(Duration.ofSeconds(5));
        assertThat(read("certificates: {earlyTolerance: PT0.25S}")
                        .certificates()
                        .earlyTolerance())
                .isEqualTo(Duration.ofMillis(250));
        assertThat(read("certificates: {earlyTolerance: PT1M}").certificates().earlyTolerance())
                .isEqualTo(Duration.ofMinutes(1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http: {prot: 1}|http.prot",
                "htp: {}|htp",
                "trust: {sources: a.pem}|trust.sources",
                "http: 8080|http",
                "http: [1]|http",
                "http: {port: many}|http.port",
                "http: {port: '8080'}|http.port",
                "http: {port: ''}|http.port",
                "http: {port: 80.5}|http.port",
                "http: {port: true}|http.port",
                "http: {door: 1}|http.door",
                "http: {proxyProtocol: 1}|http.proxyProtocol",
                "database: {migrate: 'true'}|database.migrate",
                "http: {port: 99999999999}|http.port",
                "http: {maxBytesUnderWay: 3.5}|http.maxBytesUnderWay",
                "http: {port: [1]}|http.port",
                "http: {host: [1]}|http.host",
                "http: {host: }|http.host",
                "http: |http",
                "tokens: |tokens",
                "policies: ~|policies",
                "trust: {sources: [~]}|trust.sources",
                "http: {idle: 60}|http.idle",
                "http: {idle: 60s}|http.idle",
                "http: {idle: ''}|http.idle",
                "trust: {reloadEvery: P1Y}|trust.reloadEvery",
                "trust: {reloadEvery: [PT1S]}|trust.reloadEvery",
                "http: {tls: {cert: a}}|http.tls.cert",
                "http: {tls: }|http.tls",
                "http: {tls: []}|http.tls",
                "http: ''|http",
                "limits: {verifier: {perSecond: ~}}|limits.verifier.perSecond",
                "limits: {verifier: 5}|limits.verifier",
                "limits: {everybody: {burst: 5}}|limits.everybody",
                "tokens: {name: d}|tokens",
                "issuing: {providers: [{nam: pass}]}|issuing.providers.[0].nam",
                "issuing: {providers: [pass]}|issuing.providers.[0]",
            })
    void aWrongKeyOrType_isNamed(String yaml, String key) throws IOException {
        assertRefused(yaml, key);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http: {port: -1}|http.port",
                "http: {port: 65536}|http.port",
                "http: {eventLoops: -1}|http.eventLoops",
                "http: {maxBodyBytes: 0}|http.maxBodyBytes",
                "http: {maxBytesUnderWay: 5242879}|http.maxBytesUnderWay",
                "http: {maxBytesPerClient: 15728639}|http.maxBytesPerClient",
                "engine: {maxQueuedPerClient: 1023}|engine.maxQueuedPerClient",
                "payloads: {verifier: {burst: 1023}}|payloads.verifier.burst",
                "payloads: {facility: {perSecond: -1}}|payloads.facility.perSecond",
                "payloads: {careFacility: {perSecond: 1000000001}}|payloads.careFacility.perSecond",
                "http: {maxPayloads: 0}|http.maxPayloads",
                "http: {idle: PT0S}|http.idle",
                "http: {idle: PT0.9S}|http.idle",
                "http: {drain: -PT1S}|http.drain",
                "http: {drain: PT10.001S}|http.drain",
                "shutdownPatience: PT1S|http.drain",
                "management: {maxConnections: 7}|management.maxConnections",
                "management: {maxConnections: 10001}|management.maxConnections",
                "management: {patience: PT0.9S}|management.patience",
                "management: {patience: PT61S}|management.patience",
                "watchdog: {warnAfter: PT0.9S}|watchdog.warnAfter",
                "watchdog: {warnAfter: PT5S, endAfter: PT4S}|watchdog.endAfter",
                "watchdog: {endAfter: PT601S}|watchdog.endAfter",
                "watchdog: {memoryEndAfter: PT0.9S}|watchdog.memoryEndAfter",
                "http: {idle: -PT1S}|http.idle",
                "http: {idle: PT99999999999S}|http.idle",
                "management: {port: 65536}|management.port",
                "engine: {workers: -1}|engine.workers",
                "engine: {maxBatch: 0}|engine.maxBatch",
                "engine: {slice: 0}|engine.slice",
                "engine: {slice: 257}|engine.slice",
                "engine: {maxQueued: 1023}|engine.maxQueued",
                "engine: {deadline: PT0S}|engine.deadline",
                "engine: {deadline: P999999D}|engine.deadline",
                "trust: {reloadEvery: PT0S}|trust.reloadEvery",
                "trust: {reloadEvery: PT0.0001S}|trust.reloadEvery",
                "trust: {warnAge: -PT1H}|trust.warnAge",
                "trust: {warnAge: PT73H}|trust.hardAge",
                "trust: {hardAge: PT59M}|trust.hardAge",
                "trust: {hardAge: PT99999999999999H}|trust.hardAge",
                "audit: {keyFile: key}|audit.keyFile",
                "audit: {headFile: heads}|audit.headFile",
                "issuing: {keystore: keys.p12}|issuing.keystorePasswordFile",
                "issuing: {keystorePasswordFile: password}|issuing.keystore",
                "certificates: {earlyTolerance: -PT0.001S}|certificates.earlyTolerance",
                "certificates: {earlyTolerance: PT60.001S}|certificates.earlyTolerance",
                "passes: {earlyTolerance: -PT0.001S}|passes.earlyTolerance",
                "passes: {earlyTolerance: PT60.001S}|passes.earlyTolerance",
                "passes: {lateTolerance: -PT1S}|passes.lateTolerance",
                "passes: {lateTolerance: PT61S}|passes.lateTolerance",
                "shutdownPatience: PT0S|shutdownPatience",
                "http: {maxConnections: 7}|http.maxConnections",
                "http: {trustedProxies: [10.0.0.0/33]}|http.trustedProxies",
                "http: {proxyProtocol: true}|http.proxyProtocol",
                "http: {tls: {key: server.key}}|http.tls.certificate",
                "http: {cors: {origins: ['*']}}|http.cors.origins",
                "http: {cors: {origins: ['null']}}|http.cors.origins",
                "http: {cors: {origins: ['https://a.example/']}}|http.cors.origins",
                "http: {cors: {origins: ['https://a.example/x']}}|http.cors.origins",
                "http: {cors: {origins: ['https://*.a.example']}}|http.cors.origins",
                "http: {cors: {origins: ['https://A.example']}}|http.cors.origins",
                "http: {cors: {origins: ['https://a.example:443']}}|http.cors.origins",
                "http: {cors: {origins: ['https://a.example:65536']}}|http.cors.origins",
                "http: {cors: {origins: ['https://u@a.example']}}|http.cors.origins",
                "http: {cors: {origins: ['a.example']}}|http.cors.origins",
                "http: {cors: {origins: ['ftp://a.example']}}|http.cors.origins",
                "http: {cors: {origins: ['']}}|http.cors.origins",
                "http: {cors: {origins: ['https://a.example'] }, tls: {certificate: a, key: b, clientCa: c}}|http.cors.origins",
                "checkIns: {maxPending: 1023}|checkIns.maxPending",
                "entryLog: {durability: Strict}|entryLog.durability",
                "redis: {mode: SINGLE}|redis.mode",
                "redis: {endpoints: ['redis://a:1']}|redis.endpoints",
                "database: {uri: 'postgresql://a/b'}|redis.endpoints",
                "limits: {careFacility: {burst: 0}}|limits.careFacility.burst",
                "limits: {tracer: {perSecond: 10000001}}|limits.tracer.perSecond",
                "issuing: {port: -1}|issuing.port",
                "issuing: {pepperFile: a, port: 8080}|issuing.port",
                "issuing: {pepperFile: a}|issuing.pepperFile",
                "issuing: {providers: [{name: pass, htu: x}]}|issuing.providers: pass",
                "issuing: {providers: [{name: pass, deviceProof: optional}]}|issuing.providers: pass",
            })
    void aValueOutOfRange_isNamed(String yaml, String key) throws IOException {
        assertRefused(yaml, key + ": ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http: {port: 9090}|management.port|http.port",
                "http: {port: 8080}; management: {port: 8080}|management.port|http.port",
                "http: {host: 127.0.0.1}; management: {port: 8080}|management.port|http.port",
                "http: {host: 10.0.0.1}; management: {host: 0.0.0.0, port: 8080}|management.port|http.port",
                "http: {host: 10.0.0.1}; management: {host: '::', port: 8080}|management.port|http.port",
                "http: {host: '::'}; management: {port: 8080}|management.port|http.port",
                "http: {host: '0:0:0:0:0:0:0:0'}; management: {port: 8080}|management.port|http.port",
                "http: {host: '::1'}; management: {host: '0:0:0:0:0:0:0:1', port: 8080}|management.port|http.port",
                "http: {host: a.example}; management: {host: A.example, port: 8080}|management.port|http.port",
                "issuing: {pepperFile: a, port: 8080}|issuing.port|http.port",
                "issuing: {pepperFile: a}; management: {port: 8081}|management.port|issuing.port",
                "issuing: {pepperFile: a, port: 9090}|management.port|issuing.port",
            })
    void twoPortsThatAreTheSame_areNamedBoth(String yaml, String key, String other) throws IOException {
        assertRefused(yaml.replace("; ", "\n"), key + ": is that of " + other);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http: {port: 0}; management: {port: 0}",
                "http: {host: 127.0.0.2}; management: {port: 8080}",
                "http: {host: a.example}; management: {port: 8080}",
                "management: {port: 8081}",
                "http: {port: 8081}",
            })
    void portsThatAreApart_orAnyOnes_orOfTheIssuingSideThatThereIsNot_areTaken(String yaml) throws IOException {
        assertThat(read(yaml.replace("; ", "\n"))).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"hello", "42", "[]", "- http", "true"})
    void whatIsNoMapping_isNotTakenForAnEmptyFile(String yaml) throws IOException {
        assertRefused(yaml, "mapping");
    }

    @Test
    void aSecondDocument_andADuplicateKey_areRefused() throws IOException {
        assertRefused("http: {port: 1}\n---\nhttp: {port: 2}\n", "mapping");
        assertRefused("http:\n  port: 1\n  port: 2\n", "port", "line 3");
        assertRefused("http: {port: 1}\nhttp: {port: 2}\n", "http");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{role: verifier, sha256: H, expires: 2027-01-01T00:00:00Z}|tokens",
                "{name: d, sha256: H, expires: 2027-01-01T00:00:00Z}|tokens: d: role",
                "{name: d, role: VERIFIER, sha256: H, expires: 2027-01-01T00:00:00Z}|tokens: d: role",
                "{name: d, role: verifier, expires: 2027-01-01T00:00:00Z}|tokens: d: sha256",
                "{name: d, role: verifier, sha256: H0, expires: 2027-01-01T00:00:00Z}|tokens: d: sha256",
                "{name: d, role: verifier, sha256: x, expires: 2027-01-01T00:00:00Z}|tokens: d: sha256",
                "{name: d, role: verifier, sha256: H}|tokens: d: has no expires",
                "{name: d, role: verifier, sha256: H, expires: 2027-01-01}|tokens.[0].expires",
                "{name: d, role: verifier, sha256: H, expires: ''}|tokens.[0].expires",
                "{name: d, role: verifier, sha256: H, expires: H}|tokens.[0].expires",
                "{name: d, role: verifier, sha265: H, expires: 2027-01-01T00:00:00Z}|tokens.[0].sha265",
                "{name: d, role: verifier, sha256: [H], expires: 2027-01-01T00:00:00Z}|tokens.[0].sha256",
                "H|tokens.[0]",
                "[H]|tokens.[0]",
                "~|tokens",
                "{name: d, role: verifier, sha256: ~, expires: 2027-01-01T00:00:00Z}|tokens: d: sha256",
                "{name: d, role: verifier, sha256: H, expires: ~}|tokens: d: has no expires",
                "{name: d, role: verifier, sha256: H, expires: [2027-01-01]}|tokens.[0].expires",
                "{name: d, role: [verifier], sha256: H, expires: 2027-01-01T00:00:00Z}|tokens.[0].role",
                "{name: d d, role: verifier, sha256: H, expires: 2027-01-01T00:00:00Z}|tokens: d d: a client's name",
            })
    void aWrongToken_isNamed_andNoHashIsRepeated(String entry, String named) throws IOException {
        assertRefused("tokens:\n- " + entry.replace("H", HASH) + "\n", named);
    }

    @Test
    void twoTokensOfOneHash_areRefused() throws IOException {
        String entry = ", role: verifier, sha256: " + HASH + ", expires: 2027-01-01T00:00:00Z}\n";
        assertRefused("tokens:\n- {name: a" + entry + "- {name: b" + entry, "tokens: b: another entry");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"sha256: H: x", "sha256: \"H", "sha256: 'H\n  name: [", "sha256: H\n   name: x: y", "\t- H"})
    void whatIsNoYaml_isSaidWithItsPlace_andNoHashIsRepeated(String inside) throws IOException {
        assertRefused("tokens:\n- name: d\n  " + inside.replace("H", HASH) + "\n", "line ");
    }

    @Test
    void twoProvidersOfOneName_areRefused() throws IOException {
        String entry = "{name: pass, deviceProof: required, htu: 'https://a.example'}";
        assertRefused("issuing: {providers: [" + entry + "," + entry + "]}", "issuing.providers: pass: stands twice");
    }

    @Test
    void whatIsSaidOfAKey_beginsWithTheWholeKey() throws IOException {
        Path file = write("http: {tls: {clientCa: a.pem}}");
        assertThatThrownBy(() -> ConfigFile.read(file))
                .hasMessage(file + ": http.tls.clientCa: is set, though there is no http.tls.certificate");
        var _ = write("tokens: [{name: d, role: verifier, sha256: " + HASH + "}]");
        assertThatThrownBy(() -> ConfigFile.read(file)).hasMessage(file + ": tokens: d: has no expires");
    }

    @Test
    void anUnknownKey_isToldBesideThoseThatThereAre_alsoWhereAnotherIsWrong() throws IOException {
        Path file = write("http: {port: -1}\nrevocations: {warnage: PT1S}");
        assertThatThrownBy(() -> ConfigFile.read(file))
                .hasMessage(file + ": revocations.warnage: is no key here, where there are [warnAge, hardAge]");
    }

    @Test
    void oneKeyOfAMapping_leavesTheOthersAsTheyAre() throws IOException, InvalidConfig {
        ClientConfig.RoleLimit limit =
                read("limits: {verifier: {perSecond: 6000}}").limits().verifier();
        assertThat(limit).isEqualTo(new ClientConfig.RoleLimit(6_000, 10_000));
        assertThat(read("").limits().verifier()).isEqualTo(new ClientConfig.RoleLimit(5_000, 10_000));
    }

    @Test
    void aZero_isNotTakenForALeftOutKey_andWhatFollowsFromOthersDoes() throws IOException, InvalidConfig {
        Config usual = read("");
        assertThat(usual.http().eventLoops())
                .isEqualTo(usual.engine().workers())
                .isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(usual.http().maxBytesPerClient()).isEqualTo(64L << 20);
        assertThat(usual.engineLimits().maxQueuedPerAsker()).isEqualTo(8_192);
        Config given = read("http: {eventLoops: 3, maxBytesPerClient: 20000000, port: 0, drain: PT0S}\n"
                + "engine: {keyTableBytes: 0, maxQueuedPerClient: 2000}");
        assertThat(given.http().eventLoops()).isEqualTo(3);
        assertThat(given.http().maxBytesPerClient()).isEqualTo(20_000_000);
        assertThat(given.http().port()).isZero();
        assertThat(given.http().drain()).isZero();
        assertThat(given.engine().keyTableBytes()).isZero();
        assertThat(given.engineLimits().maxQueuedPerAsker()).isEqualTo(2_000);
    }

    @Test
    void whatIsRead_cannotBeChanged() throws IOException, InvalidConfig {
        Config config = read("trust: {sources: [a.pem]}");
        assertThatThrownBy(() -> config.trust().sources().add("b.pem"))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> config.tokens().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void aMissingFile_isSaidSo() {
        assertThatThrownBy(() -> ConfigFile.read(folder.resolve("none.yaml"))).isInstanceOf(NoSuchFileException.class);
    }
}
