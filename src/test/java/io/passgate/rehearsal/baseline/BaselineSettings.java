package io.passgate.rehearsal.baseline;

import io.passgate.rehearsal.GatewayNode;
import io.passgate.store.DatabaseSettings;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * What a {@link BaselineServer} is told, in a file of properties.
 *
 * @param port of 127.0.0.1
 * @param stores as a gateway reaches them
 * @param policies folder of the policy files
 * @param pepper that holders and the days' keys come by, 32 bytes or more
 * @param htu what device proofs have to be made for
 */
public record BaselineSettings(int port, GatewayNode.Stores stores, Path policies, byte[] pepper, String htu) {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    static BaselineSettings read(Path file) throws IOException {
        Properties kept = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            kept.load(in);
        }
        return new BaselineSettings(
                Integer.parseInt(kept.getProperty("port")),
                new GatewayNode.Stores(
                        URI.create(kept.getProperty("database")),
                        kept.getProperty("user"),
                        kept.getProperty("password"),
                        kept.getProperty("redis.mode"),
                        Arrays.stream(kept.getProperty("redis").split(" "))
                                .map(URI::create)
                                .toList()),
                Path.of(kept.getProperty("policies")),
                Base64.getDecoder().decode(kept.getProperty("pepper")),
                kept.getProperty("htu"));
    }

    /** Writes the file that the server is given. */
    public void write(Path file) throws IOException {
        Properties kept = new Properties();
        var _ = kept.setProperty("port", Integer.toString(port));
        var _ = kept.setProperty("database", stores.database().toString());
        var _ = kept.setProperty("user", stores.user());
        var _ = kept.setProperty("password", stores.password());
        var _ = kept.setProperty("redis.mode", stores.redisMode());
        var _ = kept.setProperty(
                "redis", stores.redis().stream().map(URI::toString).collect(Collectors.joining(" ")));
        var _ = kept.setProperty("policies", policies.toAbsolutePath().toString());
        var _ = kept.setProperty("pepper", Base64.getEncoder().encodeToString(pepper));
        var _ = kept.setProperty("htu", htu);
        try (Writer out = Files.newBufferedWriter(file)) {
            kept.store(out, "a baseline");
        }
    }

    DatabaseSettings database() {
        return new DatabaseSettings(stores.database(), stores.user(), stores.password(), 1, TIMEOUT);
    }

    /** Its port only: the rest holds secrets. */
    @Override
    public String toString() {
        return "BaselineSettings[" + port + "]";
    }
}
