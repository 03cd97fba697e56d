package io.passgate.http;

import java.time.Duration;
import java.util.Optional;

/**
 * Where and how a server listens.
 *
 * @param port as Vert.x takes it: -1 for one that the system chooses for all instances together
 * @param tls none for plain HTTP
 * @param idle after which a connection that says nothing is closed
 * @param patience how long stopping waits for requests under way
 */
public record Endpoint(String host, int port, Optional<ServerTls> tls, Duration idle, Duration patience) {}
