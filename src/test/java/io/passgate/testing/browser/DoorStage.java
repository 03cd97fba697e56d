package io.passgate.testing.browser;

import io.passgate.access.Client;
import io.passgate.access.ClientToken;
import io.passgate.access.Role;
import io.passgate.access.TokenHash;
import io.passgate.app.Administration;
import io.passgate.app.Gateway;
import io.passgate.app.config.InvalidConfig;
import io.passgate.testing.TestStores;
import io.passgate.testing.gateway.IssuingGateways;
import io.passgate.testing.gateway.SharedGateways;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A gateway with the page of the door, over a real PostgreSQL and Redis, on a day of 2021; its clock stands. */
public final class DoorStage implements AutoCloseable {
    /** Noon in Seoul. */
    private static final Instant NOW = Instant.parse("2021-08-01T03:00:00Z");

    /** Of passes from before it a fresh memory cannot tell whether they were used. */
    private static final Duration SINCE_THE_START = Duration.ofMinutes(1);

    private static final String PROVIDER = "kakao";

    public final IssuingGateways country;
    public final Gateway gateway;
    private final TestStores stores;
    private final Path own;

    /** Starts it; files are written to {@code folder}. */
    public DoorStage(Path folder) throws IOException, SQLException, InvalidConfig {
        stores = new TestStores(folder);
        stores.empty();
        own = Files.createDirectory(folder.resolve("gateway"));
        country = new IssuingGateways(stores, own, NOW);
        gateway = country.start(country.config().with("http.door", true).with("http.docs", true));
        country.time.advance(SINCE_THE_START);
    }

    /** Where the page is. */
    public String address() {
        return "http://127.0.0.1:" + gateway.port() + "/door";
    }

    /** Where the page of the interface is. */
    public String docsAddress() {
        return "http://127.0.0.1:" + gateway.port() + "/docs";
    }

    /** A fresh token of a facility, which the gateway takes for so long. */
    public String newToken(String facility, Duration life) throws InvalidConfig {
        Client client =
                new Client(facility, Role.FACILITY, country.time.instant().plus(life));
        ClientToken granted = new ClientToken(TokenHash.ofToken(IssuingGateways.token(facility)), client);
        try (Administration administration =
                Administration.open(country.config().build(), own)) {
            var _ = administration.run(adminCommands -> adminCommands.addClients(List.of(granted)));
        }
        SharedGateways.until("a token is taken", () -> isTaken(facility));
        return IssuingGateways.token(facility);
    }

    /** Revokes a facility's tokens. */
    public void revoke(String facility) throws InvalidConfig {
        try (Administration administration =
                Administration.open(country.config().build(), own)) {
            var _ = administration.run(adminCommands -> adminCommands.revokeClient(facility));
        }
        SharedGateways.until("a token is refused", () -> !isTaken(facility));
    }

    private boolean isTaken(String facility) {
        return country.send(gateway.port(), facility, "POST", "/v1/check-ins", new JsonObject())
                        .status()
                == 400;
    }

    /** The consent of a fresh person who was vaccinated on these days, of a series of two. */
    public String person(String... days) {
        String holder = UUID.randomUUID().toString().replace("-", "");
        JsonObject[] doses = new JsonObject[days.length];
        for (int i = 0; i < days.length; i++) {
            doses[i] = new JsonObject()
                    .put("id", holder + i)
                    .put("kind", "immunization")
                    .put("holder", holder)
                    .put("product", "EU/1/20/1528")
                    .put("dose", i + 1)
                    .put("of", 2)
                    .put("date", days[i]);
        }
        if (days.length > 0) {
            int status = country.send(
                            gateway.port(), "registrar", "POST", "/v1/records", IssuingGateways.records(doses))
                    .status();
            if (status != 200) {
                throw new AssertionError("records: " + status);
            }
        }
        return country.consent(gateway.port(), PROVIDER, holder);
    }

    /** The consent of somebody whose vaccination is complete since long. */
    public String complete() {
        return person("2021-06-01", "2021-06-28");
    }

    /** A fresh pass. */
    public String pass(String consent) {
        return country.passOf(gateway.port(), PROVIDER, consent);
    }

    /** Passes of as many people whose vaccination is complete. */
    public List<String> passes(int count) {
        List<String> passes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            passes.add(pass(complete()));
        }
        return passes;
    }

    @Override
    public void close() throws IOException {
        country.close();
        stores.close();
    }
}
