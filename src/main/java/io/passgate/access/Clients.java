package io.passgate.access;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Everyone with a token. Immutable. */
public final class Clients {
    private final Map<TokenHash, Client> byToken;

    public Clients(Map<TokenHash, Client> byToken) {
        this.byToken = Map.copyOf(byToken);
    }

    /** The client whose token this is, unless it has expired. */
    public Optional<Client> find(String token, Instant now) {
        return Optional.ofNullable(byToken.get(TokenHash.ofToken(token)))
                .filter(client -> now.isBefore(client.expiresAt()));
    }

    public int size() {
        return byToken.size();
    }
}
