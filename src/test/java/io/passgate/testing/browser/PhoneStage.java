package io.passgate.testing.browser;

import io.passgate.app.Gateway;
import io.passgate.app.config.InvalidConfig;
import io.passgate.demo.phone.PhonePlan;
import io.passgate.demo.phone.RunningPhone;
import io.passgate.testing.TestStores;
import io.passgate.testing.gateway.IssuingGateways;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;

/** A gateway with the page of the door, over a real PostgreSQL and Redis, and the page of the phone; all of today. */
public final class PhoneStage implements AutoCloseable {
    private static final String REGISTRAR = "registrar";

    public final IssuingGateways country;
    public final Gateway gateway;
    public final RunningPhone phone;
    private final TestStores stores;

    /** Starts it; files are written to {@code folder}. */
    public PhoneStage(Path folder) throws IOException, SQLException, InvalidConfig {
        stores = new TestStores(folder);
        stores.empty();
        Path own = Files.createDirectory(folder.resolve("gateway"));
        country = new IssuingGateways(stores, own, Instant.now().truncatedTo(ChronoUnit.SECONDS));
        gateway = Gateway.start(country.config().with("http.door", true).build(), own, false);
        phone = RunningPhone.start(plan(gateway.issuingPort()));
    }

    /** What a page needs that asks the gateway at that port. */
    public static PhonePlan plan(int issuingPort) {
        Map<String, String> tokens = new HashMap<>();
        IssuingGateways.PROVIDERS.forEach(name -> tokens.put(name, IssuingGateways.token(name)));
        tokens.put(REGISTRAR, IssuingGateways.token(REGISTRAR));
        return new PhonePlan(
                0,
                URI.create("http://127.0.0.1:" + issuingPort),
                tokens,
                REGISTRAR,
                IssuingGateways.PROVIDERS.stream()
                        .map(name -> new PhonePlan.Provider(name, IssuingGateways.htu(name)))
                        .toList(),
                InstantSource.system());
    }

    /** Where the page of the phone is. */
    public String address() {
        return "http://127.0.0.1:" + phone.port() + "/phone";
    }

    @Override
    public void close() throws IOException {
        phone.close();
        gateway.close();
        country.close();
        stores.close();
    }
}
