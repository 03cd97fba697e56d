package io.passgate.access;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Everyone with a token, at one moment; a million take about 65 MB. Immutable.
 *
 * <p>A base of flat arrays is searched by the first 8 bytes of a token's SHA-256, which nobody can steer, and what is
 * found there is compared whole in constant time. A small overlay holds what has changed since the base was made.
 */
public final class ClientDirectory {
    /** An overlay beyond it is worked into the base. */
    private static final int MAX_OVERLAY = 10_000;

    private static final Role[] ROLES = Role.values();

    private final Base base;
    private final Map<TokenHash, Optional<Client>> overlay;
    private final int size;

    private ClientDirectory(Base base, Map<TokenHash, Optional<Client>> overlay, int size) {
        this.base = base;
        this.overlay = overlay;
        this.size = size;
    }

    /**
     * {@return the clients with these tokens}
     *
     * @param byToken in any order; it is copied
     */
    public static ClientDirectory of(Map<TokenHash, Client> byToken) {
        Builder builder = builder();
        new TreeMap<>(byToken).forEach((token, client) -> builder.add(new ClientToken(token, client)));
        return builder.build();
    }

    /**
     * {@return the client whose token this is, unless it has expired}
     *
     * @param token as it stands after {@code Bearer}, or anything else
     * @param now the instant by which it may have expired
     */
    public Optional<Client> find(String token, Instant now) {
        return find(TokenHash.ofToken(token)).filter(client -> now.isBefore(client.expiresAt()));
    }

    /**
     * {@return whether the token is somebody's, expired or not} One that expired long ago is nobody's.
     *
     * @param token as it stands after {@code Bearer}, or anything else
     */
    public boolean knows(String token) {
        return find(TokenHash.ofToken(token)).isPresent();
    }

    private Optional<Client> find(TokenHash token) {
        Optional<Client> changed = overlay.getOrDefault(token, Optional.empty());
        if (changed.isPresent() || overlay.containsKey(token)) {
            return changed;
        }
        int index = base.find(token);
        return index < 0 ? Optional.empty() : Optional.of(base.client(index));
    }

    /** {@return the number of tokens, those that have expired and not been dropped yet included} */
    public int size() {
        return size;
    }

    /** {@return whether the overlay has grown so large that {@link #merged} pays} */
    public boolean wantsMerge() {
        return overlay.size() > MAX_OVERLAY;
    }

    /**
     * {@return these clients with some tokens more or changed, and without some}
     *
     * @param added a token that is there already stands for its new client
     * @param removed by their hashes; those that are not there change nothing
     */
    public ClientDirectory with(Collection<ClientToken> added, Collection<TokenHash> removed) {
        Map<TokenHash, Optional<Client>> changed = new HashMap<>(overlay);
        int grown = size;
        for (ClientToken clientToken : added) {
            grown += find(changed, clientToken.token()) ? 0 : 1;
            changed.put(clientToken.token(), Optional.of(clientToken.client()));
        }
        for (TokenHash token : removed) {
            grown -= find(changed, token) ? 1 : 0;
            changed.put(token, Optional.empty());
        }
        return new ClientDirectory(base, changed, grown);
    }

    private boolean find(Map<TokenHash, Optional<Client>> changed, TokenHash token) {
        Optional<Client> there = changed.get(token);
        return there != null ? there.isPresent() : base.find(token) >= 0;
    }

    /**
     * {@return the same clients with the overlay worked in, and without those whose token has expired}
     *
     * @param now the instant by which they may have expired
     */
    public ClientDirectory merged(Instant now) {
        Builder builder = builder();
        forEach(clientToken -> {
            if (now.isBefore(clientToken.client().expiresAt())) {
                builder.add(clientToken);
            }
        });
        return builder.build();
    }

    /**
     * Shows everyone, ascending by the token's hash.
     *
     * @param consumer called on this thread, once for each token
     */
    public void forEach(Consumer<ClientToken> consumer) {
        TreeMap<TokenHash, Optional<Client>> changes = new TreeMap<>(overlay);
        for (int i = 0; i < base.size; i++) {
            TokenHash token = base.token(i);
            while (!changes.isEmpty() && changes.firstKey().compareTo(token) < 0) {
                show(changes.pollFirstEntry(), consumer);
            }
            if (!changes.isEmpty() && changes.firstKey().equals(token)) {
                show(changes.pollFirstEntry(), consumer);
            } else {
                consumer.accept(new ClientToken(token, base.client(i)));
            }
        }
        changes.entrySet().forEach(change -> show(change, consumer));
    }

    private static void show(Map.Entry<TokenHash, Optional<Client>> change, Consumer<ClientToken> consumer) {
        change.getValue().ifPresent(client -> consumer.accept(new ClientToken(change.getKey(), client)));
    }

    /** Tokens in flat arrays, ascending. */
    private record Base(
            int size, long[] prefixes, byte[] hashes, byte[] roles, long[] expiries, int[] nameEnds, byte[] names) {

        int find(TokenHash token) {
            long wanted = token.prefix();
            int found = -1;
            for (int i = first(wanted); i < size && prefixes[i] == wanted; i++) {
                if (token.isAt(hashes, i * TokenHash.LENGTH)) {
                    found = i;
                }
            }
            return found;
        }

        private int first(long wanted) {
            int from = 0;
            int to = size;
            while (from < to) {
                int middle = (from + to) >>> 1;
                if (Long.compareUnsigned(prefixes[middle], wanted) < 0) {
                    from = middle + 1;
                } else {
                    to = middle;
                }
            }
            return from;
        }

        TokenHash token(int index) {
            int offset = index * TokenHash.LENGTH;
            return TokenHash.of(Arrays.copyOfRange(hashes, offset, offset + TokenHash.LENGTH));
        }

        Client client(int index) {
            int start = index == 0 ? 0 : nameEnds[index - 1];
            String name = new String(names, start, nameEnds[index] - start, StandardCharsets.US_ASCII);
            return new Client(name, ROLES[roles[index]], Instant.ofEpochSecond(expiries[index]));
        }
    }

    /** {@return a builder that has nobody yet} */
    public static Builder builder() {
        return new Builder();
    }

    /** Takes clients in ascending order of their tokens' hashes. Expiries are kept in whole seconds. */
    public static final class Builder {
        private long[] prefixes = new long[16];
        private byte[] hashes = new byte[16 * TokenHash.LENGTH];
        private byte[] roles = new byte[16];
        private long[] expiries = new long[16];
        private int[] nameEnds = new int[16];
        private byte[] names = new byte[256];
        private Optional<TokenHash> last = Optional.empty();
        private int size;

        private Builder() {}

        /**
         * Adds one.
         *
         * @param clientToken whose hash is above the one before
         * @throws IllegalArgumentException if it is not
         */
        public void add(ClientToken clientToken) {
            if (last.isPresent() && clientToken.token().compareTo(last.get()) <= 0) {
                throw new IllegalArgumentException("clients are not in ascending order of their tokens");
            }
            last = Optional.of(clientToken.token());
            if (size == prefixes.length) {
                resize(size + (size >> 1));
            }
            byte[] name = clientToken.client().name().getBytes(StandardCharsets.US_ASCII);
            int start = size == 0 ? 0 : nameEnds[size - 1];
            if (start + name.length > names.length) {
                names = Arrays.copyOf(names, start + name.length + names.length / 2);
            }
            System.arraycopy(name, 0, names, start, name.length);
            nameEnds[size] = start + name.length;
            prefixes[size] = clientToken.token().prefix();
            System.arraycopy(clientToken.token().toByteArray(), 0, hashes, size * TokenHash.LENGTH, TokenHash.LENGTH);
            roles[size] = (byte) clientToken.client().role().ordinal();
            expiries[size] = clientToken.client().expiresAt().getEpochSecond();
            size++;
        }

        private void resize(int capacity) {
            prefixes = Arrays.copyOf(prefixes, capacity);
            hashes = Arrays.copyOf(hashes, capacity * TokenHash.LENGTH);
            roles = Arrays.copyOf(roles, capacity);
            expiries = Arrays.copyOf(expiries, capacity);
            nameEnds = Arrays.copyOf(nameEnds, capacity);
        }

        /** {@return everyone added so far} The builder is used up. */
        public ClientDirectory build() {
            resize(size);
            names = Arrays.copyOf(names, size == 0 ? 0 : nameEnds[size - 1]);
            Base base = new Base(size, prefixes, hashes, roles, expiries, nameEnds, names);
            return new ClientDirectory(base, Map.of(), size);
        }
    }
}
