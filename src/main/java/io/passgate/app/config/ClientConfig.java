package io.passgate.app.config;

import static io.passgate.app.config.Range.check;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import io.passgate.access.Client;
import io.passgate.access.RateLimits;
import io.passgate.access.Role;
import io.passgate.access.TokenHash;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/** Who the clients are, and what they may ask. */
public final class ClientConfig {
    private ClientConfig() {}

    /**
     * One client and the hash of its token. An error begins with the client's name, and never repeats the hash.
     *
     * @param name for logs and metrics, the facility's id or the provider's name; empty where it is left out, which is
     *     an error
     * @param role a code of {@link Role}
     * @param sha256 of the token, 64 hexadecimal digits
     * @param expires from when on the token is refused; {@link Instant#MIN} where it is left out, which is an error
     */
    public record Token(
            @JsonSetter(nulls = Nulls.AS_EMPTY) String name,
            @JsonSetter(nulls = Nulls.AS_EMPTY) String role,
            @JsonSetter(nulls = Nulls.AS_EMPTY) String sha256,
            @JsonSetter(nulls = Nulls.AS_EMPTY) Instant expires) {
        /**
         * Holds each key to its form.
         *
         * @throws IllegalArgumentException that names what is wrong
         */
        public Token {
            if (name.isBlank()) {
                throw new IllegalArgumentException("an entry has no name");
            }
            if (expires.equals(Instant.MIN)) {
                throw new IllegalArgumentException(name + ": has no expires");
            }
            var _ = client(name, role, expires);
            var _ = hash(name, sha256);
        }

        /** Without the hash, which is nobody's to log. */
        @Override
        public String toString() {
            return name + " (" + role + ")";
        }

        Client client() {
            return client(name, role, expires);
        }

        TokenHash hash() {
            return hash(name, sha256);
        }

        private static Client client(String name, String role, Instant expires) {
            Role known = Role.ofCode(role)
                    .orElseThrow(() -> new IllegalArgumentException(name + ": role is none of "
                            + Arrays.stream(Role.values()).map(Role::code).toList()));
            try {
                return new Client(name, known, expires);
            } catch (IllegalArgumentException wrong) {
                throw Range.at(name, wrong);
            }
        }

        private static TokenHash hash(String name, String sha256) {
            try {
                return TokenHash.ofHex(sha256);
            } catch (IllegalArgumentException wrong) {
                throw new IllegalArgumentException(name + ": sha256 is not 64 hexadecimal digits", wrong);
            }
        }
    }

    /**
     * Requests of one client, whatever its tokens.
     *
     * @param perSecond in the long run, 1 to 10,000,000
     * @param burst at once, 1 to 10,000,000
     */
    public record RoleLimit(long perSecond, long burst) {
        /**
         * Holds each key to its range.
         *
         * @throws IllegalArgumentException that names the first key out of range
         */
        public RoleLimit {
            check("perSecond", perSecond, 1, 10_000_000);
            check("burst", burst, 1, 10_000_000);
        }
    }

    /**
     * What the clients of each role may ask.
     *
     * @param verifier of {@link Role#VERIFIER}
     * @param facility of {@link Role#FACILITY}
     * @param careFacility of {@link Role#CARE_FACILITY}
     * @param provider of {@link Role#PROVIDER}
     * @param registrar of {@link Role#REGISTRAR}
     * @param trustAdmin of {@link Role#TRUST_ADMIN}
     * @param tracer of {@link Role#TRACER}
     * @param unlimited names of clients that have no limit, neither here nor in {@link Payloads}; for load tests
     */
    public record Limits(
            RoleLimit verifier,
            RoleLimit facility,
            RoleLimit careFacility,
            RoleLimit provider,
            RoleLimit registrar,
            RoleLimit trustAdmin,
            RoleLimit tracer,
            Set<String> unlimited) {
        /** Copies the names. */
        public Limits {
            unlimited = Set.copyOf(unlimited);
        }

        /** {@return the limit of every role, in requests; the caller's to change} */
        public Map<Role, RateLimits.Limit> byRole() {
            Map<Role, RateLimits.Limit> byRole = new EnumMap<>(Role.class);
            for (Role role : Role.values()) {
                RoleLimit limit = switch (role) {
                    case VERIFIER -> verifier;
                    case FACILITY -> facility;
                    case CARE_FACILITY -> careFacility;
                    case PROVIDER -> provider;
                    case REGISTRAR -> registrar;
                    case TRUST_ADMIN -> trustAdmin;
                    case TRACER -> tracer;
                };
                byRole.put(role, new RateLimits.Limit(limit.perSecond, limit.burst));
            }
            return byRole;
        }
    }

    /**
     * What one client's payloads may cost, in units of a good one.
     *
     * @param perSecond in the long run; 0: what follows from other keys
     * @param burst at once; 0: what follows from other keys
     */
    public record CostLimit(long perSecond, long burst) {
        private static final long MOST = 1_000_000_000;
        private static final long PAYLOADS_PER_REQUEST = 10;
        private static final long FULL_REQUESTS = 4;

        /** Ten good payloads to a request, and a few full requests in any case. */
        private RateLimits.Limit limit(String key, RoleLimit requests, long maxPayloads) {
            long usual = Math.max(PAYLOADS_PER_REQUEST * requests.perSecond, maxPayloads);
            long atOnce = Math.max(PAYLOADS_PER_REQUEST * requests.burst, FULL_REQUESTS * maxPayloads);
            return new RateLimits.Limit(
                    Range.derivable(key + ".perSecond", perSecond, 1, MOST, usual),
                    Range.derivable(key + ".burst", burst, maxPayloads, MOST, atOnce));
        }
    }

    /**
     * What the payloads of clients may cost, of those roles that send some.
     *
     * @param verifier of {@link Role#VERIFIER}
     * @param facility of {@link Role#FACILITY}
     * @param careFacility of {@link Role#CARE_FACILITY}
     */
    public record Payloads(CostLimit verifier, CostLimit facility, CostLimit careFacility) {

        /**
         * What the payloads of each role that sends some may cost.
         *
         * @throws IllegalArgumentException that names the first key out of range, beginning with {@code payloads}
         */
        Map<Role, RateLimits.Limit> byRole(Limits requests, int maxPayloads) {
            return Map.of(
                    Role.VERIFIER, verifier.limit("payloads.verifier", requests.verifier, maxPayloads),
                    Role.FACILITY, facility.limit("payloads.facility", requests.facility, maxPayloads),
                    Role.CARE_FACILITY,
                            careFacility.limit("payloads.careFacility", requests.careFacility, maxPayloads));
        }
    }
}
