package io.passgate.app.config;

import io.passgate.store.DatabaseSettings;
import io.passgate.store.RedisSettings;
import io.passgate.store.feed.ChangeFeed;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The part of a configuration that the stores are reached by. */
public final class StoreConfig {
    private StoreConfig() {}

    /** Whether a database is configured. */
    public static boolean isShared(Config config) {
        return !config.database.uri.isEmpty();
    }

    /**
     * How the database is reached.
     *
     * @param relativeTo the folder that relative paths of the configuration start from
     * @throws IllegalArgumentException that names the key that is wrong
     */
    public static DatabaseSettings database(Config config, Path relativeTo) {
        if (!isShared(config)) {
            throw new IllegalArgumentException("database.uri: is not set");
        }
        String password = secret("database.passwordFile", config.database.passwordFile, relativeTo);
        return named(
                "database.uri",
                () -> new DatabaseSettings(
                        URI.create(config.database.uri),
                        config.database.user,
                        password,
                        config.database.connections,
                        config.database.timeout));
    }

    static RedisSettings redis(Config config, Path relativeTo) {
        String password = secret("redis.passwordFile", config.redis.passwordFile, relativeTo);
        RedisSettings.Mode mode = mode(config.redis.mode);
        return named("redis.endpoints", () -> {
            List<URI> endpoints =
                    config.redis.endpoints.stream().map(URI::create).toList();
            return new RedisSettings(mode, endpoints, config.redis.masterName, password, config.redis.timeout);
        });
    }

    static RedisSettings.Mode mode(String text) {
        return Arrays.stream(RedisSettings.Mode.values())
                .filter(mode -> mode.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("redis.mode: is none of single, sentinel, cluster"));
    }

    public static ChangeFeed.Settings feed(Config config, Path relativeTo) {
        return new ChangeFeed.Settings(
                database(config, relativeTo),
                redis(config, relativeTo),
                config.snapshotFile.isEmpty() ? Optional.empty() : Optional.of(relativeTo.resolve(config.snapshotFile)),
                new ChangeFeed.Ages(
                        config.trust.warnAge,
                        config.trust.hardAge,
                        config.revocations.warnAge,
                        config.revocations.hardAge),
                config.clock.warnOffset,
                config.clock.hardOffset);
    }

    private interface Maker<T> {
        T make();
    }

    private static <T> T named(String key, Maker<T> maker) {
        try {
            return maker.make();
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException(key + ": " + wrong.getMessage(), wrong);
        }
    }

    /** A file's content without the line's end; the error names the key and the file, never what is in it. */
    private static String secret(String key, String file, Path relativeTo) {
        if (file.isEmpty()) {
            return "";
        }
        try {
            return Files.readString(relativeTo.resolve(file)).strip();
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(key + ": " + file + " cannot be read", unreadable);
        }
    }
}
