package io.passgate.store;

import io.vertx.redis.client.RedisClientType;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.RedisRole;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How Redis is reached.
 *
 * @param mode how the servers are arranged
 * @param endpoints {@code redis://host:port} or {@code rediss://}; of the sentinels in their mode, of some nodes in a
 *     cluster's
 * @param masterName what the sentinels call the master; empty in the other modes
 * @param password of every node; none when empty, and kept out of every text
 * @param timeout of one command
 */
public record RedisSettings(Mode mode, List<URI> endpoints, String masterName, String password, Duration timeout) {
    private static final int MAX_PORT = 65_535;

    /** A server's database may be named; 0 is the usual one. */
    private static final Pattern DATABASE = Pattern.compile("(/[0-9]{0,5})?");

    /** How the servers are arranged. */
    public enum Mode {
        /** There is one server. */
        SINGLE,
        /** Sentinels tell which of the servers is the master. */
        SENTINEL,
        /** The keys are spread over the nodes of a Redis Cluster. */
        CLUSTER
    }

    /**
     * Copies the endpoints and checks that all belongs together.
     *
     * @throws IllegalArgumentException if an endpoint is of another form or holds a password, or the mode wants others;
     *     the message quotes none of it
     */
    public RedisSettings {
        endpoints = List.copyOf(endpoints);
        if (endpoints.isEmpty()) {
            throw new IllegalArgumentException("no endpoint is given");
        }
        for (URI endpoint : endpoints) {
            if (!List.of("redis", "rediss").contains(String.valueOf(endpoint.getScheme()))
                    || endpoint.getHost() == null
                    || endpoint.getPort() < 1
                    || endpoint.getPort() > MAX_PORT
                    || !DATABASE.matcher(String.valueOf(endpoint.getPath())).matches()) {
                throw new IllegalArgumentException("an endpoint is not of the form redis://host:port");
            }
            if (endpoint.getUserInfo() != null) {
                throw new IllegalArgumentException("an endpoint holds a password; it has a key of its own");
            }
        }
        if ((mode == Mode.SENTINEL) == masterName.isEmpty()) {
            throw new IllegalArgumentException("a master name belongs to the mode sentinel, and only there");
        }
        if (mode == Mode.SINGLE && endpoints.size() > 1) {
            throw new IllegalArgumentException("the mode single has one endpoint");
        }
    }

    /** {@return options for a client, with the password; an object of its own each time} */
    public RedisOptions options() {
        RedisOptions options = new RedisOptions().setMaxPoolSize(8).setMaxPoolWaiting(64);
        endpoints.forEach(endpoint -> options.addConnectionString(endpoint.toString()));
        options.getNetClientOptions()
                .setConnectTimeout((int) timeout.toMillis())
                .setTcpKeepAlive(true);
        if (!password.isEmpty()) {
            options.setPassword(password);
        }
        switch (mode) {
            case SINGLE -> options.setType(RedisClientType.STANDALONE);
            case SENTINEL ->
                options.setType(RedisClientType.SENTINEL)
                        .setRole(RedisRole.MASTER)
                        .setMasterName(masterName);
            case CLUSTER -> options.setType(RedisClientType.CLUSTER);
        }
        return options;
    }

    /** Without the password. */
    @Override
    public String toString() {
        return mode + " " + endpoints;
    }
}
