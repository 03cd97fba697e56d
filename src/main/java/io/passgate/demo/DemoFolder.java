package io.passgate.demo;

import io.passgate.format.Decoded;
import io.passgate.format.hcert.HcertDecoder;
import io.passgate.model.Slice;
import io.passgate.revocation.RevocationHashes;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The files of one demonstration: signers, certificates, request bodies and a configuration. */
final class DemoFolder {
    /** The keystore's, which is worth nothing. */
    static final String KEYSTORE_PASSWORD = "demonstration";

    private static final String PASSWORD = "password";
    private static final int SECRET_BYTES = 32;

    private final Path folder;

    DemoFolder(Path folder) {
        this.folder = folder;
    }

    /** The folder itself, which relative paths in its configurations start from. */
    Path path() {
        return folder.toAbsolutePath();
    }

    Path trust() {
        return folder.resolve("trust");
    }

    Path corpus() {
        return folder.resolve("corpus.txt");
    }

    Path request(String name) {
        return folder.resolve("requests").resolve(name + ".json");
    }

    /** What the gateways and the libraries under them log. */
    Path log() {
        return folder.resolve("demo.log");
    }

    /** A file for each client, by its name. */
    Path tokens() {
        return folder.resolve("tokens");
    }

    /** The keys that passes and wallet certificates are signed with. */
    Path keystore() {
        return folder.resolve("keys.p12");
    }

    /** The configuration of the gateway with that number, from 0. */
    Path config(int gateway) {
        return folder.resolve("passgate-" + (gateway + 1) + ".yaml");
    }

    /** That of the gateway whose clock is weeks ahead. */
    Path laterConfig() {
        return folder.resolve("passgate-later.yaml");
    }

    /** A folder in this one, without what an earlier demonstration left there. */
    Path emptied(String name) throws IOException {
        Path inside = folder.resolve(name);
        if (Files.exists(inside)) {
            try (Stream<Path> entries = Files.walk(inside)) {
                for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(entry);
                }
            }
        }
        return Files.createDirectories(inside);
    }

    /** Writes everything, and removes what an earlier demonstration left in the folders that are read as a whole. */
    void write(DemoCorpus corpus, Path policies, DemoStores stores, List<DemoPorts> gateways) throws IOException {
        empty(trust());
        empty(folder.resolve("cards"));
        for (Map.Entry<String, String> signer : corpus.trust().entrySet()) {
            write(trust().resolve(signer.getKey()), signer.getValue());
        }
        List<DemoCorpus.Exhibit> exhibits = corpus.exhibits();
        for (DemoCorpus.Exhibit exhibit : exhibits) {
            write(folder.resolve("cards").resolve(exhibit.name() + ".txt"), exhibit.payload() + "\n");
        }
        List<String> payloads =
                exhibits.stream().map(DemoCorpus.Exhibit::payload).toList();
        List<String> good = corpus.goodCards();
        write(corpus(), String.join("\n", payloads) + "\n" + String.join("\n", good) + "\n");
        write(request("batch"), body(payloads).encodePrettily());
        write(request("batch-kr"), body(payloads).put("policy", "kr").encodePrettily());
        write(request("single"), body(payloads.subList(0, 1)).encodePrettily());
        write(request("batch-64"), body(good).encodePrettily());
        write(request("revoke"), revocation(payloads.getFirst()).encodePrettily());
        write(folder.resolve(PASSWORD), stores.password() + "\n");
        write(folder.resolve("keystore-password"), KEYSTORE_PASSWORD + "\n");
        write(folder.resolve("pepper"), secret());
        write(folder.resolve("audit-key"), secret());
        Files.deleteIfExists(folder.resolve("audit-heads"));
        for (int i = 0; i < gateways.size(); i++) {
            Files.deleteIfExists(folder.resolve(snapshot(i)));
            Files.deleteIfExists(folder.resolve("spool-" + (i + 1)));
            write(config(i), yaml(gateways.get(i), policies, stores, i));
        }
        write(laterConfig(), laterYaml(policies, stores));
    }

    void writeRequest(String name, JsonObject body) throws IOException {
        write(request(name), body.encodePrettily());
    }

    /** Writes each client's token into a file of its name, where the examples of the document look for it. */
    void writeTokens(DemoTokens tokens) throws IOException {
        empty(tokens());
        for (String client : tokens.names()) {
            write(tokens().resolve(client), tokens.of(client) + "\n");
        }
    }

    /** In Base64, as a configuration's key files have it. */
    private static String secret() {
        byte[] bytes = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes) + "\n";
    }

    private static JsonObject body(List<String> payloads) {
        return new JsonObject().put("payloads", new JsonArray(payloads));
    }

    /** Revokes a card by its signature, until it runs out by itself. */
    private static JsonObject revocation(String payload) {
        Slice text = Slice.of(payload.getBytes(StandardCharsets.US_ASCII));
        return switch (new HcertDecoder().decode(text)) {
            case Decoded.Well(var card) -> {
                byte[] hash = new RevocationHashes()
                        .ofSignature(card.algorithm(), card.signature())
                        .toByteArray();
                JsonObject entry = new JsonObject()
                        .put("kind", "signature")
                        .put("hash", Base64.getEncoder().encodeToString(hash))
                        .put("expiresAt", card.expiresAt().toString());
                yield new JsonObject().put("revocations", new JsonArray().add(entry));
            }
            case Decoded.Malformed malformed -> throw new IllegalStateException("a card that cannot be read");
        };
    }

    private static String yaml(DemoPorts ports, Path policies, DemoStores stores, int number) {
        return """
                # Written by passgate demo. Its signers are invented, and serve refuses them.
                http: {host: 127.0.0.1, port: %d, drain: PT0S, docs: true, door: true}
                management: {host: 127.0.0.1, port: %d}
                database: {uri: "%s", user: %s, passwordFile: %s}
                redis: {endpoints: ["%s"]}
                snapshotFile: %s
                entryLog: {spoolFile: spool-%d}
                audit: {keyFile: audit-key, headFile: audit-heads}
                policies: %s
                limits: {unlimited: [%s]}
                issuing:
                  port: %d
                  keystore: keys.p12
                  keystorePasswordFile: keystore-password
                  pepperFile: pepper
                  providers:
                %s
                """.formatted(
                        ports.http(),
                        ports.management(),
                        stores.database(),
                        EmbeddedPostgresql.USER,
                        PASSWORD,
                        stores.redis(),
                        snapshot(number),
                        number + 1,
                        quoted(policies),
                        DemoTokens.VERIFIER,
                        ports.issuing(),
                        providers());
    }

    /** Its ports are chosen by the system. */
    private static String laterYaml(Path policies, DemoStores stores) {
        return """
                # Written by passgate demo: a gateway whose clock is 28 days ahead, with a Redis database of its own.
                http: {host: 127.0.0.1, port: 0, eventLoops: 1, drain: PT0S}
                management: {host: 127.0.0.1, port: 0}
                engine: {keyTableBytes: 0}
                database: {uri: "%s", user: %s, passwordFile: %s}
                redis: {endpoints: ["%s/1"]}
                clock: {warnOffset: P30D, hardOffset: P30D}
                audit: {keyFile: audit-key}
                policies: %s
                """.formatted(stores.database(), EmbeddedPostgresql.USER, PASSWORD, stores.redis(), quoted(policies));
    }

    private static String quoted(Path path) {
        return new JsonArray(List.of(path.toAbsolutePath().toString())).encode().replaceAll("^\\[|]$", "");
    }

    /** Of a database that is gone with its demonstration. */
    private static String snapshot(int gateway) {
        return "snapshot-" + (gateway + 1);
    }

    private static String providers() {
        return DemoStory.PROVIDERS.stream()
                .map(name -> "    - {name: %s, deviceProof: %s, htu: \"%s\"}"
                        .formatted(
                                name, name.equals(DemoStory.WITH_PROOF) ? "required" : "optional", DemoStory.htu(name)))
                .collect(Collectors.joining("\n"));
    }

    private static void empty(Path directory) throws IOException {
        Files.createDirectories(directory);
        try (Stream<Path> entries = Files.list(directory)) {
            for (Path entry : entries.toList()) {
                Files.delete(entry);
            }
        }
    }

    /** For its owner only: there are tokens, keys and a password among them. */
    static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, text);
    }
}
