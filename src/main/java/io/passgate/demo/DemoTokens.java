package io.passgate.demo;

import io.passgate.access.Client;
import io.passgate.access.ClientToken;
import io.passgate.access.NewToken;
import io.passgate.access.Role;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.random.RandomGenerator;

/** The clients of one demonstration and their tokens. */
final class DemoTokens {
    static final String VERIFIER = "demo";
    static final String ADMIN = "demo-admin";
    static final String REGISTRAR = "registrar";
    static final String FACILITY = "museum";
    static final String HOSPITAL = "hospital";
    static final String TRACER = "tracer";

    private final Map<String, Role> roles = new LinkedHashMap<>();
    private final Map<String, NewToken> tokens = new LinkedHashMap<>();

    DemoTokens(RandomGenerator random) {
        roles.put(VERIFIER, Role.VERIFIER);
        roles.put(ADMIN, Role.TRUST_ADMIN);
        roles.put(REGISTRAR, Role.REGISTRAR);
        roles.put(FACILITY, Role.FACILITY);
        roles.put(HOSPITAL, Role.CARE_FACILITY);
        roles.put(TRACER, Role.TRACER);
        DemoStory.PROVIDERS.forEach(provider -> roles.put(provider, Role.PROVIDER));
        roles.keySet().forEach(name -> tokens.put(name, new NewToken(random)));
    }

    /** For verifications. */
    String verifier() {
        return of(VERIFIER);
    }

    /** For signers and revocations. */
    String admin() {
        return of(ADMIN);
    }

    /** Of the client with that name. */
    String of(String client) {
        return Objects.requireNonNull(tokens.get(client), client).reveal();
    }

    /** Every client's name. */
    Set<String> names() {
        return Collections.unmodifiableSet(tokens.keySet());
    }

    /** What the database has to know of them. */
    List<ClientToken> grants(Instant end) {
        List<ClientToken> grants = new ArrayList<>();
        tokens.forEach((name, token) -> grants.add(
                new ClientToken(token.hash(), new Client(name, Objects.requireNonNull(roles.get(name)), end))));
        return grants;
    }
}
