package io.passgate.http.server;

import io.passgate.access.Client;
import io.passgate.access.ClientDirectory;
import io.passgate.access.Role;
import io.passgate.http.connection.Peer;
import io.passgate.http.response.AuthenticationFailure;
import io.passgate.http.response.Problem;
import io.passgate.http.response.ProblemType;
import io.passgate.http.response.RetryAfter;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.SecurityPolicyHandler;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Lets a request pass whose bearer token (RFC 6750) belongs to a client of a role. Runs before the body is read. */
public final class Authentication implements SecurityPolicyHandler {
    private static final String SCHEME = "bearer ";
    private static final String CLIENT = "client";

    /** From here on each answer says when the token is over, so that its owner asks for the next one in time. */
    static final Duration SOON = Duration.ofDays(7);

    private static final CharSequence TOKEN_EXPIRES = HttpHeaders.createOptimized("token-expires");

    /** 256 bits take 43 characters in Base64; a longer text is not hashed. */
    private static final int MAX_TOKEN_CHARS = 128;

    private final Supplier<Optional<ClientDirectory>> clients;
    private final Set<Role> roles;
    private final InstantSource clock;
    private final RetryAfter retryAfter;
    private final SlowRefusals refusals;
    private final Problem forbidden;

    /**
     * The guard of one route.
     *
     * @param clients empty as long as they have not been loaded; asked at each request
     * @param roles that the route is for; any of them will do
     * @param clock by which tokens expire
     * @param retryAfter what those are told who come before the clients are loaded
     * @param refusals answer whoever is not let pass
     */
    public Authentication(
            Supplier<Optional<ClientDirectory>> clients,
            Set<Role> roles,
            InstantSource clock,
            RetryAfter retryAfter,
            SlowRefusals refusals) {
        this.clients = clients;
        this.roles = Set.copyOf(roles);
        this.clock = clock;
        this.retryAfter = retryAfter;
        this.refusals = refusals;
        this.forbidden = new Problem(
                ProblemType.FORBIDDEN,
                "This route is for the role "
                        + roles.stream().map(Role::code).sorted().collect(Collectors.joining(" or ")) + ".");
    }

    @Override
    public void handle(RoutingContext context) {
        Optional<ClientDirectory> known = clients.get();
        if (known.isEmpty()) {
            context.response().putHeader("retry-after", retryAfter.next());
            Problem.of(ProblemType.NOT_READY).send(context);
            return;
        }
        String header = context.request().getHeader(HttpHeaders.AUTHORIZATION);
        if (header == null || header.isEmpty()) {
            refuse(context, AuthenticationFailure.MISSING);
        } else if (!isBearer(header)) {
            refuse(context, AuthenticationFailure.MALFORMED);
        } else {
            admit(context, known.get(), header.substring(SCHEME.length()).strip());
        }
    }

    private void admit(RoutingContext context, ClientDirectory known, String token) {
        Instant now = clock.instant();
        Optional<Client> client = known.find(token, now);
        if (client.isEmpty()) {
            refuse(context, known.knows(token) ? AuthenticationFailure.EXPIRED : AuthenticationFailure.UNKNOWN);
        } else if (!roles.contains(client.get().role())) {
            refusals.refuse(context, AuthenticationFailure.WRONG_ROLE, forbidden);
        } else {
            Peer.hasShownToken(context.request().connection());
            context.put(CLIENT, client.get());
            Instant expiresAt = client.get().expiresAt();
            if (expiresAt.isBefore(now.plus(SOON))) {
                context.response().putHeader(TOKEN_EXPIRES, expiresAt.toString());
            }
            context.next();
        }
    }

    private void refuse(RoutingContext context, AuthenticationFailure why) {
        refusals.refuse(context, why, Problem.of(ProblemType.UNAUTHENTICATED));
    }

    private static boolean isBearer(String header) {
        return header.length() > SCHEME.length()
                && header.length() <= SCHEME.length() + MAX_TOKEN_CHARS
                && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    }

    /**
     * {@return who asks; only behind this handler}
     *
     * @param context of a request that was let pass
     */
    public static Client client(RoutingContext context) {
        if (context.get(CLIENT) instanceof Client client) {
            return client;
        }
        throw new IllegalStateException("a route without authentication");
    }
}
