package io.passgate.http.server;

import java.time.Duration;
import java.util.Optional;

/**
 * Where and how a server listens.
 *
 * @param host a name or address of this machine, such as {@code 127.0.0.1}
 * @param port as Vert.x takes it: -1 for one that the system chooses for all instances together
 * @param tls none for plain HTTP
 * @param idle after which a connection that says nothing is closed
 * @param sendBufferBytes of answers that the system takes for a connection before they wait here
 * @param patience how long stopping waits for requests under way
 */
public record Endpoint(
        String host, int port, Optional<ServerTls> tls, Duration idle, int sendBufferBytes, Duration patience) {}
