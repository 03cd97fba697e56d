package io.passgate.app.config;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A port that a gateway listens on, by the keys that say where. Two ports of one process are never the same: what is
 * for those who run it would be answered to the public.
 */
record ListeningPort(String hostKey, String host, String portKey, int port) {
    private static final int ANY = 0;

    /** Says of the first port that is one of those before it. */
    static void checkApart(List<ListeningPort> ports) {
        checkApart(ports, ListeningPort::literal);
    }

    /**
     * The same, by the addresses that the hosts stand for.
     *
     * @throws IllegalArgumentException that names both keys
     */
    static void checkApart(List<ListeningPort> ports, Function<String, Optional<InetAddress>> addresses) {
        for (int i = 0; i < ports.size(); i++) {
            ListeningPort port = ports.get(i);
            for (ListeningPort before : ports.subList(0, i)) {
                if (port.port != ANY && port.port == before.port && port.meets(before, addresses)) {
                    throw new IllegalArgumentException(port.portKey + ": is that of " + before.portKey);
                }
            }
        }
    }

    private boolean meets(ListeningPort other, Function<String, Optional<InetAddress>> addresses) {
        Optional<InetAddress> here = addresses.apply(host);
        Optional<InetAddress> there = addresses.apply(other.host);
        return host.equalsIgnoreCase(other.host)
                || here.filter(InetAddress::isAnyLocalAddress).isPresent()
                || there.filter(InetAddress::isAnyLocalAddress).isPresent()
                || here.isPresent() && here.equals(there);
    }

    /** The address that is written there; empty for a name, which nobody is asked about here. */
    private static Optional<InetAddress> literal(String host) {
        try {
            return Optional.of(InetAddress.ofLiteral(host));
        } catch (IllegalArgumentException name) {
            return Optional.empty();
        }
    }
}
