package io.passgate.demo;

import io.passgate.access.TokenHash;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The files of one demonstration: signers, certificates, request bodies and a configuration. */
final class DemoFolder {
    private final Path folder;

    DemoFolder(Path folder) {
        this.folder = folder;
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

    Path config() {
        return folder.resolve("passgate.yaml");
    }

    /** Writes everything, and removes what an earlier demonstration left in the folders that are read as a whole. */
    void write(DemoCorpus corpus, DemoPorts ports, Path policies, String token, Instant now) throws IOException {
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
        write(config(), yaml(ports, policies, token, now));
    }

    private static JsonObject body(List<String> payloads) {
        return new JsonObject().put("payloads", new JsonArray(payloads));
    }

    private static String yaml(DemoPorts ports, Path policies, String token, Instant now) {
        return """
                # Written by passgate demo. Its signers are invented, and serve refuses them.
                http: {host: 127.0.0.1, port: %d}
                management: {host: 127.0.0.1, port: %d}
                trust: {sources: [trust]}
                policies: %s
                tokens:
                  - {name: demo, role: verifier, sha256: %s, expires: %s}
                """.formatted(
                        ports.http(),
                        ports.management(),
                        new JsonArray(List.of(policies.toAbsolutePath().toString()))
                                .encode()
                                .replaceAll("^\\[|]$", ""),
                        TokenHash.ofToken(token).toHex(),
                        now.plus(Duration.ofDays(1)));
    }

    private static void empty(Path directory) throws IOException {
        Files.createDirectories(directory);
        try (Stream<Path> entries = Files.list(directory)) {
            for (Path entry : entries.toList()) {
                Files.delete(entry);
            }
        }
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, text);
    }
}
