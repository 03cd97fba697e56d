package io.passgate.testing.compose;

import io.passgate.testing.TestStores;
import io.passgate.testing.compose.ComposeService.Port;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** A free port of this machine for each port of a container: tests run beside what has the file's ports. */
final class TestPorts {
    private static final Map<String, Integer> STORES = Map.of("postgresql", 5432, "redis", 6379);
    private static final Pattern NUMBER = Pattern.compile("\\b\\d{4}\\b");

    private final Map<String, Integer> free = new HashMap<>();
    private final Map<String, Integer> published = new HashMap<>();

    TestPorts(ComposeFile file) throws IOException {
        for (ComposeService service : file.services().values()) {
            if (service.isOurs()) {
                for (Port port : service.ports()) {
                    int chosen = TestStores.freePort();
                    free.put(service.name() + ":" + port.container(), chosen);
                    published.put(Integer.toString(port.host()), chosen);
                }
            }
        }
        for (Map.Entry<String, Integer> store : STORES.entrySet()) {
            free.put(store.getKey() + ":" + store.getValue(), TestStores.freePort());
        }
    }

    /** @throws IllegalArgumentException if no such service has that port */
    int of(String service, int container) {
        Integer port = free.get(service + ":" + container);
        if (port == null) {
            throw new IllegalArgumentException("nothing is at " + service + ":" + container);
        }
        return port;
    }

    /** A command that was written for the machine that the file's ports are published on. */
    String here(String command) {
        return NUMBER.matcher(command)
                .replaceAll(number -> published.containsKey(number.group())
                        ? Integer.toString(published.get(number.group()))
                        : number.group());
    }
}
