package io.passgate.app.config;

import static io.passgate.app.config.Range.check;

import io.passgate.store.DatabaseSettings;
import io.passgate.store.RedisSettings;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How the stores are reached that gateways share. */
public final class StoreConfig {
    private StoreConfig() {}

    /** An error does not repeat the text, which might hold a password where none belongs. */
    private static URI parsed(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException wrong) {
            throw new IllegalArgumentException("is no URI: " + wrong.getReason().toLowerCase(Locale.ROOT));
        }
    }

    /**
     * PostgreSQL; a gateway without one stands alone.
     *
     * @param uri {@code postgresql://host:port/database}; empty: there is none
     * @param user who asks
     * @param passwordFile a file that holds the password; empty: there is no password
     * @param connections of this gateway at most, 2 to 1,000
     * @param timeout of one statement and one attempt to connect
     * @param migrate whether the schema is brought up to date at the start
     */
    public record Database(
            String uri, String user, String passwordFile, int connections, Duration timeout, boolean migrate) {
        /**
         * Holds each key to its range.
         *
         * @throws IllegalArgumentException that names the first key out of range
         */
        public Database {
            check("connections", connections, 2, 1_000);
            check("timeout", timeout, Range.MILLISECOND);
        }

        boolean isSet() {
            return !uri.isEmpty();
        }

        /**
         * {@return how the database is reached}
         *
         * @param relativeTo the folder that relative paths of the configuration start from
         * @throws IllegalArgumentException that names the key that is wrong
         */
        public DatabaseSettings settings(Path relativeTo) {
            if (!isSet()) {
                throw new IllegalArgumentException("database.uri: is not set");
            }
            String password = NamedFile.password("database.passwordFile", passwordFile, relativeTo);
            try {
                return new DatabaseSettings(parsed(uri), user, password, connections, timeout);
            } catch (IllegalArgumentException wrong) {
                throw Range.at("database.uri", wrong);
            }
        }
    }

    /**
     * Redis, which carries to every gateway what PostgreSQL holds.
     *
     * @param mode {@code single}, {@code sentinel} or {@code cluster}
     * @param endpoints {@code redis://host:port} or {@code rediss://host:port}: of the server, the sentinels, or some
     *     nodes
     * @param masterName what the sentinels call the master; empty in other modes
     * @param passwordFile a file that holds the password; empty: there is no password
     * @param timeout of one command
     */
    public record Redis(String mode, List<String> endpoints, String masterName, String passwordFile, Duration timeout) {
        /**
         * Holds each key to its range.
         *
         * @throws IllegalArgumentException that names the first key that is wrong
         */
        public Redis {
            var _ = mode(mode);
            endpoints = List.copyOf(endpoints);
            check("timeout", timeout, Range.MILLISECOND);
        }

        private static RedisSettings.Mode mode(String text) {
            return Arrays.stream(RedisSettings.Mode.values())
                    .filter(mode -> mode.name().toLowerCase(Locale.ROOT).equals(text))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("mode: is none of single, sentinel, cluster"));
        }

        /**
         * How Redis is reached.
         *
         * @throws IllegalArgumentException that names the key that is wrong
         */
        RedisSettings settings(Path relativeTo) {
            String password = NamedFile.password("redis.passwordFile", passwordFile, relativeTo);
            try {
                return new RedisSettings(
                        mode(mode),
                        endpoints.stream().map(StoreConfig::parsed).toList(),
                        masterName,
                        password,
                        timeout);
            } catch (IllegalArgumentException wrong) {
                throw Range.at("redis.endpoints", wrong);
            }
        }
    }

    /**
     * How far the gateway's clock may be off those of the stores.
     *
     * @param warnOffset beyond which readiness and metrics warn
     * @param hardOffset beyond which the gateway is not ready, and no pass can be told
     */
    public record Clock(Duration warnOffset, Duration hardOffset) {
        /**
         * Holds each key to its range.
         *
         * @throws IllegalArgumentException that names the first key out of range
         */
        public Clock {
            check("warnOffset", warnOffset, Range.MILLISECOND);
            check("hardOffset", hardOffset, Range.MILLISECOND);
        }
    }
}
