package io.passgate.demo.phone;

import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/**
 * What the provider's side has to know.
 *
 * @param port where it listens on 127.0.0.1; 0 lets the system choose
 * @param issuing where the gateway issues
 * @param tokens the providers' and the registrar's, by their names
 * @param registrar the name of the one who records doses
 * @param providers whose apps the page can be
 * @param clock the time of day, which the gateway has too
 */
public record PhonePlan(
        int port,
        URI issuing,
        Map<String, String> tokens,
        String registrar,
        List<Provider> providers,
        InstantSource clock) {

    /**
     * One provider.
     *
     * @param name as the gateway's configuration has it
     * @param htu what the device proofs of its app name as their target
     */
    public record Provider(String name, String htu) {}

    /**
     * Copies the tokens and the providers.
     *
     * @throws IllegalArgumentException if somebody has no token
     */
    public PhonePlan {
        tokens = Map.copyOf(tokens);
        providers = List.copyOf(providers);
        for (Provider provider : providers) {
            if (!tokens.containsKey(provider.name)) {
                throw new IllegalArgumentException("no token for " + provider.name);
            }
        }
        if (!tokens.containsKey(registrar)) {
            throw new IllegalArgumentException("no token for " + registrar);
        }
    }

    /** Without the tokens. */
    @Override
    public String toString() {
        return "PhonePlan[" + port + ", " + issuing + "]";
    }
}
