package io.passgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.crypto.CryptoProviders;
import io.passgate.crypto.signing.KeyStoreFile;
import io.passgate.crypto.signing.SigningKeys;
import io.passgate.testing.CapturedLogs;
import io.passgate.testing.TlsParty;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code passgate serve} by a configuration that is wrong in one thing says in one line which key it is. */
final class ServeConfigTest {
    /** Stands in every secret here. */
    private static final String CANARY = "CANARY";

    private static final String KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";
    private static final String DATABASE = "postgresql://127.0.0.1:1/passgate";
    private static final List<String> PASSWORDS =
            List.of("database.passwordFile", "redis.passwordFile", "issuing.keystorePasswordFile");
    private static final List<String> KEYS = List.of("issuing.pepperFile", "audit.keyFile");
    private static final List<String> TLS = List.of("http.tls.certificate", "http.tls.key", "http.tls.clientCa");
    private static final List<String> WRITTEN = List.of("snapshotFile", "entryLog.spoolFile", "audit.headFile");

    @TempDir
    private static Path folder = Path.of("");

    /** One wrong thing. */
    private record Wrong(String key, String what, Object value, int exitCode) {
        Wrong(String key, String what, Object value) {
            this(key, what, value, 2);
        }

        @Override
        public String toString() {
            return key + ": " + what;
        }
    }

    static Stream<Wrong> wrongs() {
        List<Wrong> all = new ArrayList<>();
        for (String host : List.of("http.host", "management.host")) {
            all.add(new Wrong(host, "no name", "no host at all"));
            all.add(new Wrong(host, "a foreign address", "192.0.2.1"));
        }
        for (String password : PASSWORDS) {
            all.add(new Wrong(password, "missing", "none"));
            all.add(new Wrong(password, "empty", "empty"));
            all.add(new Wrong(password, "blank", "blank"));
            all.add(new Wrong(password, "a folder", "folder"));
            all.add(new Wrong(password, "under a file", "text/file"));
            all.add(new Wrong(password, "no text", "bytes"));
            all.add(new Wrong(password, "without an end", "/dev/zero"));
        }
        for (String key : KEYS) {
            all.add(new Wrong(key, "missing", "none"));
            all.add(new Wrong(key, "empty", "empty"));
            all.add(new Wrong(key, "a folder", "folder"));
            all.add(new Wrong(key, "too short", "short"));
            all.add(new Wrong(key, "no Base64", "text"));
        }
        for (String file : TLS) {
            all.add(new Wrong(file, "missing", "none"));
            all.add(new Wrong(file, "empty", "empty"));
            all.add(new Wrong(file, "a folder", "folder"));
            all.add(new Wrong(file, "no PEM", "text"));
            all.add(new Wrong(file, "cut off", "cut.pem"));
            all.add(new Wrong(file, "without an end", "/dev/zero"));
        }
        all.add(new Wrong("http.tls.key", "of another certificate", "other.key"));
        all.add(new Wrong("http.tls.key", "of another kind", "rsa.key"));
        for (String endpoint : List.of(
                "redis://127.0.0.1",
                "127.0.0.1:6379",
                "redis://127.0.0.1:66666",
                "redis://127.0.0.1:0",
                "redis://127.0.0.1:1/passes",
                "redis://:" + CANARY + "@a b:1",
                "redis://:" + CANARY + "@127.0.0.1:1",
                "")) {
            all.add(new Wrong("redis.endpoints", "'" + endpoint + "'", List.of(endpoint)));
        }
        for (String uri : List.of(
                "postgresql://u:" + CANARY + "@a b/passgate",
                "postgresql://u:" + CANARY + "@127.0.0.1/passgate",
                "mysql://127.0.0.1/passgate",
                "postgresql://127.0.0.1:66666/passgate",
                "postgresql://127.0.0.1",
                DATABASE + "?sslmode=often")) {
            all.add(new Wrong("database.uri", "'" + uri + "'", uri));
        }
        for (String policies : List.of("none", "text", "folder", "broken")) {
            all.add(new Wrong("policies", policies, policies));
        }
        for (String source : List.of("none", "text/file")) {
            all.add(new Wrong("trust.sources", source, List.of(source)));
        }
        for (String file : WRITTEN) {
            all.add(new Wrong(file, "a folder", "folder"));
            all.add(new Wrong(file, "under a file", "text/file"));
        }
        for (String keystore : List.of("none", "folder", "empty", "text", "others.p12")) {
            all.add(new Wrong("issuing.keystore", keystore, keystore));
        }
        all.add(new Wrong("snapshotFile", "no name of a file", "a\0b"));
        return all.stream();
    }

    @BeforeAll
    static void writeFiles() throws IOException {
        for (String name : List.of("database", "redis", "keystore")) {
            var _ = Files.writeString(folder.resolve(name), CANARY + " of " + name + "\n");
        }
        var _ = Files.writeString(folder.resolve("key"), KEY);
        var _ = Files.createDirectory(folder.resolve("folder"));
        var _ = Files.createFile(folder.resolve("empty"));
        var _ = Files.writeString(folder.resolve("blank"), " \n\n");
        var _ = Files.writeString(folder.resolve("text"), "~" + CANARY + "~\n");
        var _ = Files.write(folder.resolve("bytes"), new byte[] {'C', 'A', (byte) 0xff, (byte) 0xfe});
        var _ = Files.writeString(folder.resolve("short"), CANARY.repeat(4));
        TlsParty party = TlsParty.make();
        party.writeTo(folder.resolve("server.pem"), folder.resolve("server.key"));
        var _ = Files.writeString(folder.resolve("other.key"), TlsParty.make().keyPem());
        var _ = Files.writeString(folder.resolve("rsa.key"), TlsParty.rsa().keyPem());
        var _ = Files.writeString(
                folder.resolve("cut.pem"), party.certificatePem().substring(0, 300));
        Path broken = Files.createDirectory(folder.resolve("broken"));
        var _ = Files.writeString(broken.resolve("valuesets.yaml"), "a: [b\nc: d");
        var _ = Files.writeString(broken.resolve("kr@2021-07-12.yaml"), "id: [kr\nfrom: now");
        save("keys.p12", CANARY + " of keystore");
        save("others.p12", CANARY + " of another");
    }

    private static void save(String name, String password) throws IOException {
        new KeyStoreFile(folder.resolve(name), password.toCharArray(), CryptoProviders.preferred())
                .save(SigningKeys.none());
    }

    private static Map<String, Object> sound() {
        Map<String, Object> keys = new LinkedHashMap<>(Map.of(
                "http.host", "127.0.0.1",
                "http.port", 0,
                "http.eventLoops", 1,
                "http.drain", "PT0S",
                "management.port", 0,
                "engine.workers", 1,
                "policies", Path.of("config", "policies").toAbsolutePath().toString()));
        keys.putAll(Map.of(
                "http.tls.certificate", "server.pem",
                "http.tls.key", "server.key",
                "http.tls.clientCa", "server.pem"));
        return keys;
    }

    /** One that shares stores, which nobody reaches. */
    private static Map<String, Object> shared() {
        Map<String, Object> keys = sound();
        keys.putAll(Map.of(
                "database.uri", DATABASE,
                "database.passwordFile", "database",
                "redis.endpoints", List.of("redis://127.0.0.1:1"),
                "redis.passwordFile", "redis",
                "issuing.port", 0,
                "issuing.eventLoops", 1,
                "issuing.pepperFile", "key",
                "issuing.keystore", "keys.p12",
                "issuing.keystorePasswordFile", "keystore",
                "audit.keyFile", "key"));
        keys.putAll(Map.of("audit.headFile", "heads", "entryLog.spoolFile", "spool", "snapshotFile", "snapshot"));
        return keys;
    }

    private static Cli serve(Map<String, Object> keys) throws IOException {
        JsonObject root = new JsonObject();
        keys.forEach((key, value) -> {
            JsonObject parent = root;
            String[] path = key.split("\\.", -1);
            for (int i = 0; i < path.length - 1; i++) {
                if (!parent.containsKey(path[i])) {
                    var _ = parent.put(path[i], new JsonObject());
                }
                parent = parent.getJsonObject(path[i]);
            }
            var _ = parent.put(path[path.length - 1], value);
        });
        Path config = Files.writeString(folder.resolve("passgate.yaml"), root.encode());
        try (CapturedLogs logs = new CapturedLogs()) {
            Cli cli = Cli.run("serve", "--config", config.toString());
            assertThat(logs.lines()).noneMatch(line -> line.contains(CANARY));
            return cli;
        }
    }

    private static void assertTold(Cli cli, int exitCode, String... keys) {
        assertThat(cli.err().lines()).singleElement().asString().contains(keys);
        assertThat(cli.exitCode()).isEqualTo(exitCode);
        assertThat(cli.out() + cli.err()).doesNotContain(CANARY, KEY);
    }

    @ParameterizedTest
    @MethodSource("wrongs")
    void aWrongThing_isToldByItsKey_inOneLine_withoutASecret(Wrong wrong) throws IOException {
        Map<String, Object> keys = wrong.key.equals("trust.sources") ? sound() : shared();
        var _ = keys.put(wrong.key, wrong.value);
        assertTold(serve(keys), wrong.exitCode, wrong.key + ": ");
    }

    @Test
    void twoPortsThatAreTheSame_underTwoNames_areNamedBoth() throws IOException {
        Map<String, Object> keys = shared();
        keys.putAll(Map.of("http.host", "localhost", "http.port", 4_711, "management.port", 4_711));
        assertTold(serve(keys), 2, "management.port: ", "http.port");
    }

    @ParameterizedTest
    @MethodSource("portKeys")
    void aPortInUse_isNoWrongConfiguration_andTheKeyIsNamed(String key) throws IOException {
        try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Map<String, Object> keys = shared();
            var _ = keys.put(key, busy.getLocalPort());
            assertTold(serve(keys), 1, key, " " + busy.getLocalPort() + ": ");
        }
    }

    static Stream<String> portKeys() {
        return Stream.of("http.port", "issuing.port", "management.port");
    }

    @Test
    void aFolderForTheConfiguration_isTold() {
        Cli cli = Cli.run("serve", "--config", folder.toString());
        assertThat(cli.exitCode()).isEqualTo(2);
        assertThat(cli.err().lines()).containsExactly("passgate: " + folder + ": is a folder");
    }
}
