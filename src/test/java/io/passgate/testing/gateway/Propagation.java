package io.passgate.testing.gateway;

import io.passgate.access.NewToken;
import io.passgate.access.Role;
import io.passgate.access.TokenHash;
import io.passgate.app.Administration;
import io.passgate.app.Gateway;
import io.passgate.app.config.InvalidConfig;
import io.passgate.model.Algorithm;
import io.passgate.revocation.RevocationHashes;
import io.passgate.testing.CardSpec;
import io.passgate.testing.TestCertificate;
import io.passgate.testing.TestIssuer;
import io.passgate.testing.TestStores;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** How long a change made at one gateway takes until another answers by it. */
public final class Propagation implements AutoCloseable {
    private final SharedGateways all;
    private final Gateway here;
    private final Gateway there;
    private final Administration administration;
    private final Map<String, List<Duration>> took = new LinkedHashMap<>();

    /** Two gateways over the stores, whose database is as {@link TestStores#empty} leaves it. */
    public Propagation(TestStores stores, Path folder) throws IOException, InvalidConfig {
        all = new SharedGateways(stores, folder);
        here = all.gateway("");
        there = all.gateway("");
        administration = Administration.open(all.config("").build(), folder);
    }

    /** Runs so many trials of each kind, and returns their times by what was changed. */
    public Map<String, List<Duration>> measure(int trials) {
        for (int trial = 0; trial < trials; trial++) {
            signer();
            revocation();
            token();
        }
        return took;
    }

    private void time(String what, BooleanSupplier change, BooleanSupplier arrived) {
        long startedNs = System.nanoTime();
        if (!change.getAsBoolean()) {
            throw new AssertionError(what + " was not made");
        }
        SharedGateways.until(what, arrived);
        took.computeIfAbsent(what, kind -> new ArrayList<>()).add(Duration.ofNanos(System.nanoTime() - startedNs));
    }

    private void signer() {
        TestIssuer issuer = TestIssuer.of(
                Algorithm.ES256,
                TestCertificate.named("XX")
                        .valid(all.start.minus(Duration.ofDays(9)), all.start.plus(Duration.ofDays(99))));
        String card = card(issuer);
        String body = "{\"signers\":[{\"certificate\":\"" + base64(issuer.certificateDer()) + "\"}]}";
        time("signer", () -> isMade("POST", "/v1/signers", body), () -> isAccepted(card));
        String path = "/v1/signers/" + issuer.signer().id();
        time("signer removed", () -> isMade("DELETE", path, ""), () -> says(card, "signer_unknown"));
    }

    private void revocation() {
        String card = all.card;
        String body = "{\"revocations\":[{\"kind\":\"uci\",\"hash\":\""
                + base64(new RevocationHashes().ofUci(CardSpec.UCI).toByteArray()) + "\",\"expiresAt\":\""
                + all.start.plus(Duration.ofDays(30)) + "\"}]}";
        List<String> id = new ArrayList<>();
        time("revocation", () -> id.add(idOf(send("POST", "/v1/revocations", body))), () -> says(card, "revoked"));
        time(
                "revocation removed",
                () -> isMade("DELETE", "/v1/revocations/" + id.getFirst(), ""),
                () -> isAccepted(card));
    }

    private void token() {
        String token = new NewToken(new SecureRandom()).reveal();
        time(
                "token",
                () -> administration.run(adminCommands -> adminCommands.addClients(List.of(
                                SharedGateways.grant(token, Role.VERIFIER, all.start.plus(Duration.ofDays(1))))))
                        == 1,
                () -> statusOf(token) == 400);
        time(
                "token revoked",
                () -> administration.run(adminCommands -> adminCommands.revokeToken(TokenHash.ofToken(token))) == 1,
                () -> statusOf(token) == 401);
    }

    private int statusOf(String token) {
        return all.send(there, token, "POST", "/v1/verifications", "{}").statusCode();
    }

    private HttpResponse<String> send(String method, String path, String body) {
        return all.send(here, all.admin, method, path, body);
    }

    private boolean isMade(String method, String path, String body) {
        return send(method, path, body).statusCode() / 100 == 2;
    }

    private static String idOf(HttpResponse<String> added) {
        return added.body().replaceAll("[^0-9]", "");
    }

    private String card(TestIssuer issuer) {
        return issuer.card(CardSpec.vaccination()
                .issuedAt(all.start.minus(Duration.ofDays(1)))
                .expiresAt(all.start.plus(Duration.ofDays(50))));
    }

    private boolean isAccepted(String card) {
        return says(card, "\"accepted\"");
    }

    private boolean says(String card, String what) {
        return all.verify(there, card).contains(what);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    @Override
    public void close() {
        administration.close();
        all.close();
    }
}
