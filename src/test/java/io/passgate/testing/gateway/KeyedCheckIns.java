package io.passgate.testing.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.app.config.InvalidConfig;
import io.passgate.app.config.TestConfig;
import io.passgate.model.Algorithm;
import io.passgate.testing.CardSpec;
import io.passgate.testing.TestIssuer;
import io.passgate.testing.TestProvider;
import io.passgate.testing.TestStores;
import io.passgate.testing.gateway.IssuingGateways.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Gateways that a facility asks under keys of its choice, and what they say. */
public final class KeyedCheckIns implements AutoCloseable {
    public static final Optional<String> NONE = Optional.empty();

    private static final Instant START = Instant.parse("2021-07-12T03:00:00Z");
    private static final Optional<String> KOREA = Optional.of("kr");

    public final IssuingGateways country;
    public final TestProvider provider = TestProvider.named("kakao");
    private final TestIssuer issuer = TestIssuer.shared(Algorithm.ES256);
    private final TestStores stores;

    public KeyedCheckIns(TestStores stores, Path folder) throws IOException, SQLException, InvalidConfig {
        this.stores = stores;
        stores.empty();
        country = new IssuingGateways(stores, folder, START);
    }

    public int gateway() {
        return gateway(country.config());
    }

    /** A gateway that trusts the provider's passes and the issuer's certificates. */
    public int gateway(TestConfig config) {
        int port = country.start(config).port();
        Answer added = country.send(
                port,
                "admin",
                "POST",
                "/v1/signers",
                new JsonObject()
                        .put(
                                "signers",
                                new JsonArray()
                                        .add(signer(provider.issuer(), "pass").put("provider", "kakao"))
                                        .add(signer(issuer, "dcc"))));
        assertThat(added.status()).as("%s", added).isEqualTo(201);
        country.time.advance(Duration.ofSeconds(1));
        SharedGateways.until(
                "its signers",
                () -> country.verify(port, pass(), NONE).getString("verdict").equals("accepted")
                        && country.verify(port, certificate(), NONE)
                                .getString("verdict")
                                .equals("accepted"));
        return port;
    }

    private static JsonObject signer(TestIssuer issuer, String kind) {
        return new JsonObject()
                .put("certificate", Base64.getEncoder().encodeToString(issuer.certificateDer()))
                .put("kind", kind);
    }

    public synchronized String pass() {
        return provider.pass(country.time.instant());
    }

    public List<String> passes(int count) {
        return Stream.generate(this::pass).limit(count).toList();
    }

    /** A wallet certificate that the policy of Korea lets in. */
    public String certificate() {
        return issuer.card(CardSpec.vaccination());
    }

    /** That of somebody else. */
    public String anotherCertificate() {
        return issuer.card(CardSpec.vaccination().birthDate("1991-02-28"));
    }

    public static String key() {
        return UUID.randomUUID().toString();
    }

    public Answer ask(int port, String key, String... payloads) {
        return country.checkIn(port, "museum", key, policy(payloads), List.of(payloads));
    }

    private static Optional<String> policy(String... payloads) {
        return Stream.of(payloads).allMatch(payload -> payload.startsWith("HC1:")) ? KOREA : NONE;
    }

    /** The status, or what was said of each payload, and whether it was said before. */
    public static List<String> said(Answer answer) {
        if (answer.status() != 200) {
            return List.of(answer.status() + " " + answer.problem());
        }
        List<String> all = new ArrayList<>();
        for (Object result : answer.json().getJsonArray("results")) {
            JsonObject one = (JsonObject) result;
            all.add(one.getString("reason", one.getString("verdict")));
        }
        if (answer.json().getBoolean("repeated", false)) {
            all.add("repeated");
        }
        return all;
    }

    public List<String> saidTo(int port, String key, String... payloads) {
        return said(ask(port, key, payloads));
    }

    public long rows() throws SQLException {
        SharedGateways.until("empty streams", () -> {
            try {
                return stores.entriesOnTheirWay() == 0;
            } catch (IOException failed) {
                throw new AssertionError(failed);
            }
        });
        return stores.number("SELECT count(*) FROM entry_log");
    }

    @Override
    public void close() {
        country.close();
    }
}
