package io.passgate.testing.gateway;

import io.passgate.access.Client;
import io.passgate.access.ClientToken;
import io.passgate.access.Role;
import io.passgate.access.TokenHash;
import io.passgate.app.Administration;
import io.passgate.app.Gateway;
import io.passgate.app.config.InvalidConfig;
import io.passgate.app.config.TestConfig;
import io.passgate.crypto.CryptoProviders;
import io.passgate.crypto.VerificationKeys;
import io.passgate.crypto.signing.KeyPurpose;
import io.passgate.crypto.signing.KeyStoreFile;
import io.passgate.crypto.signing.SigningKey;
import io.passgate.crypto.signing.SigningKeys;
import io.passgate.dpop.ProofMaker;
import io.passgate.testing.ManualTime;
import io.passgate.testing.TestStores;
import io.passgate.trust.CertificateImporter;
import io.passgate.trust.Signer;
import io.passgate.trust.SignerKind;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Whole gateways over one PostgreSQL and one Redis that issue for five providers, with a clock that a test moves. */
public final class IssuingGateways implements AutoCloseable {
    private static final Map<String, Integer> MANY = Map.of("perSecond", 10_000, "burst", 20_000);

    public static final List<String> PROVIDERS = List.of("kakao", "naver", "toss", "pass", "coov");

    public static final List<String> FACILITIES = List.of("museum", "cinema");
    public static final String HOSPITAL = "hospital";
    public static final String TRACER = "tracer";

    private static final String PASSWORD = "for a test";
    private static final Duration KEY_LIFE = Duration.ofDays(400);
    private static final Duration INSISTING = Duration.ofSeconds(30);
    private static final Duration BEFORE_ASKING_AGAIN = Duration.ofMillis(100);

    public final ManualTime time;
    public final KeyStoreFile keystore;
    private final TestStores stores;
    private final Path folder;
    private final List<Gateway> gateways = new CopyOnWriteArrayList<>();

    /** From the public port to the issuing one. */
    private final Map<Integer, Integer> issuingPorts = new ConcurrentHashMap<>();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** Sets everything up as of an instant; no gateway runs yet. */
    public IssuingGateways(TestStores stores, Path folder, Instant start) throws IOException, InvalidConfig {
        this.stores = stores;
        this.folder = folder;
        this.time = new ManualTime(start);
        var _ = Files.writeString(folder.resolve("password"), stores.database().password());
        var _ = Files.writeString(folder.resolve("keystore-password"), PASSWORD);
        byte[] pepper = new byte[32];
        new SecureRandom().nextBytes(pepper);
        var _ = Files.writeString(folder.resolve("pepper"), Base64.getEncoder().encodeToString(pepper));
        keystore = new KeyStoreFile(folder.resolve("keys.p12"), PASSWORD.toCharArray(), CryptoProviders.preferred());
        List<SigningKey> keys = new ArrayList<>();
        PROVIDERS.forEach(provider -> keys.add(key(new KeyPurpose.Passes(provider), start.minusSeconds(60))));
        keys.add(key(new KeyPurpose.Certificates(), start.minusSeconds(60)));
        keystore.save(SigningKeys.of(keys));
        try (Administration administration = Administration.open(config().build(), folder)) {
            List<ClientToken> grants = new ArrayList<>();
            PROVIDERS.forEach(provider -> grants.add(grant(provider, Role.PROVIDER)));
            grants.add(grant("registrar", Role.REGISTRAR));
            grants.add(grant("verifier", Role.VERIFIER));
            grants.add(grant("admin", Role.TRUST_ADMIN));
            FACILITIES.forEach(facility -> grants.add(grant(facility, Role.FACILITY)));
            grants.add(grant(HOSPITAL, Role.CARE_FACILITY));
            grants.add(grant(TRACER, Role.TRACER));
            var _ = administration.run(adminCommands -> adminCommands.addClients(grants));
            var _ = administration.run(adminCommands -> adminCommands.addSigners(
                    keys.stream().map(IssuingGateways::signer).toList()));
        }
    }

    /** A fresh key whose certificate begins then. */
    public static SigningKey key(KeyPurpose purpose, Instant notBefore) {
        return SigningKey.make(
                CryptoProviders.preferred(),
                new SecureRandom(),
                purpose,
                "Passgate Test",
                notBefore,
                notBefore.plus(KEY_LIFE));
    }

    /** Whom gateways trust by a key. */
    public static Signer signer(SigningKey key) {
        SignerKind kind = switch (key.purpose()) {
            case KeyPurpose.Passes(var provider) -> SignerKind.pass(provider);
            case KeyPurpose.Certificates() -> SignerKind.DCC;
        };
        Signer read = new CertificateImporter(new VerificationKeys(CryptoProviders.preferred()))
                .ofDer("a key", key.certificate())
                .signers()
                .getFirst();
        return new Signer(read.kid(), read.key(), kind, read.usages(), read.certificate());
    }

    private ClientToken grant(String name, Role role) {
        return new ClientToken(
                TokenHash.ofToken(token(name)),
                new Client(name, role, time.instant().plus(KEY_LIFE)));
    }

    /** The token of a client. */
    public static String token(String name) {
        return "token-of-" + name;
    }

    /** What a provider's proofs name as their target. */
    public static String htu(String provider) {
        return "https://" + provider + ".example/entry";
    }

    public TestConfig config() {
        return RunningGateway.config()
                .with("tokens", List.of())
                .with("database.uri", stores.database().uri().toString())
                .with("database.user", stores.database().user())
                .with("database.passwordFile", "password")
                .with("redis.endpoints", List.of(stores.redis.uri().toString()))
                .with("clock.hardOffset", Duration.ofDays(3_650))
                .with("clock.warnOffset", Duration.ofDays(3_650))
                .with("limits.facility", MANY)
                .with("limits.careFacility", MANY)
                .with("limits.tracer", MANY)
                .with("issuing.port", 0)
                .with("issuing.keystore", "keys.p12")
                .with("issuing.keystorePasswordFile", "keystore-password")
                .with("issuing.pepperFile", "pepper")
                .with("audit.keyFile", "pepper")
                .with(
                        "issuing.providers",
                        PROVIDERS.stream()
                                .map(name -> Map.of(
                                        "name",
                                        name,
                                        "deviceProof",
                                        name.equals("pass") ? "required" : "optional",
                                        "htu",
                                        htu(name)))
                                .toList());
    }

    /** Starts a gateway, and returns its public port. */
    public int start() {
        return start(config()).port();
    }

    public Gateway start(TestConfig config) {
        Gateway gateway = Gateway.start(config.build(), folder, false, time);
        gateways.add(gateway);
        issuingPorts.put(gateway.port(), gateway.issuingPort());
        return gateway;
    }

    /** Stops the gateway with that public port. */
    public void stop(int port) {
        gateways.stream().filter(gateway -> gateway.port() == port).forEach(Gateway::close);
    }

    /** Where the gateways' files are. */
    public Path folder() {
        return folder;
    }

    /** Sends a request without a device proof. */
    public Answer send(int port, String client, String method, String path, JsonObject body) {
        return send(port, client, method, path, body, Optional.empty(), "application/json");
    }

    /** Sends any request to a gateway, known by its public port: to the port of the part that answers it. */
    public Answer send(
            int port,
            String client,
            String method,
            String path,
            JsonObject body,
            Optional<String> proof,
            String accept) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + portOf(port, path) + path))
                .header("authorization", "Bearer " + token(client))
                .header("content-type", "application/json")
                .header("accept", accept)
                .timeout(Duration.ofSeconds(20))
                .method(
                        method,
                        method.equals("DELETE") ? BodyPublishers.noBody() : BodyPublishers.ofString(body.encode()));
        proof.ifPresent(text -> request.header("DPoP", text));
        return send(request);
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            return new Answer(http.send(request.build(), BodyHandlers.ofByteArray()));
        } catch (IOException failed) {
            throw new AssertionError(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    private int portOf(int port, String path) {
        boolean isVerifying = path.startsWith("/v1/verifications")
                || path.startsWith("/v1/check-ins")
                || path.startsWith("/v1/traces")
                || path.startsWith("/v1/signers")
                || path.startsWith("/v1/revocations");
        return isVerifying ? port : issuingPorts.getOrDefault(port, port);
    }

    /** What a gateway answered. */
    public record Answer(HttpResponse<byte[]> response) {
        public int status() {
            return response.statusCode();
        }

        public JsonObject json() {
            return new JsonObject(Buffer.buffer(response.body()));
        }

        /** The last part of a problem's type. */
        public String problem() {
            String type = json().getString("type", "none");
            return type.substring(type.lastIndexOf(':') + 1);
        }

        @Override
        public String toString() {
            return status() + " " + new String(response.body(), StandardCharsets.UTF_8);
        }
    }

    /** The records of a request. */
    public static JsonObject records(JsonObject... records) {
        return new JsonObject().put("records", new JsonArray(List.of(records)));
    }

    /**
     * Asks again, as a client does, while the gateway says that it cannot tell now (503). Issuing has little weight,
     * and beside gateways that have just started on the same cores it may be out of time.
     */
    public static Answer insist(Supplier<Answer> request) {
        long deadlineNs = System.nanoTime() + INSISTING.toNanos();
        Answer answer = request.get();
        while (answer.status() == 503 && System.nanoTime() - deadlineNs < 0) {
            LockSupport.parkNanos(BEFORE_ASKING_AGAIN.toNanos());
            answer = request.get();
        }
        return answer;
    }

    /** What a gateway has counted. */
    public String metrics(Gateway gateway) {
        URI uri = URI.create("http://127.0.0.1:" + gateway.managementPort() + "/metrics");
        try {
            return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                    .body();
        } catch (IOException failed) {
            throw new AssertionError(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    /** A fresh proof, as of now. */
    public String proof(ProofMaker device, String provider, String consent) {
        return device.proof(
                htu(provider), consent, time.instant(), UUID.randomUUID().toString());
    }

    /** A holder's consent at a provider. */
    public String consent(int port, String provider, String holder, String... scope) {
        JsonObject body = new JsonObject().put("holder", holder);
        if (scope.length > 0) {
            body.put("scope", new JsonArray(List.of(scope)));
        }
        return send(port, provider, "POST", "/v1/consents", body).json().getString("consent");
    }

    /** Registers a phone. */
    public Answer register(int port, String provider, String consent, ProofMaker device) {
        return insist(() -> registerOnce(port, provider, consent, device));
    }

    public Answer registerOnce(int port, String provider, String consent, ProofMaker device) {
        return send(
                port,
                provider,
                "POST",
                "/v1/devices",
                new JsonObject().put("consent", consent),
                Optional.of(proof(device, provider, consent)),
                "application/json");
    }

    /** Asks for a pass. */
    public Answer pass(int port, String provider, Optional<String> consent, Optional<String> proof) {
        JsonObject body = new JsonObject();
        consent.ifPresent(id -> body.put("consent", id));
        return send(port, provider, "POST", "/v1/passes", body, proof, "application/json");
    }

    /** The one result of verifying a payload. */
    public JsonObject verify(int port, String payload, Optional<String> policy) {
        JsonObject body = new JsonObject().put("payloads", new JsonArray(List.of(payload)));
        policy.ifPresent(name -> body.put("policy", name));
        return send(port, "verifier", "POST", "/v1/verifications", body)
                .json()
                .getJsonArray("results")
                .getJsonObject(0);
    }

    /** Checks payloads in at a facility. */
    public Answer checkIn(int port, String facility, String key, Optional<String> policy, List<String> payloads) {
        JsonObject body = new JsonObject().put("payloads", new JsonArray(payloads));
        policy.ifPresent(name -> body.put("policy", name));
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/check-ins"))
                .header("authorization", "Bearer " + token(facility))
                .header("content-type", "application/json")
                .header("idempotency-key", key)
                .header("accept-language", "en")
                .timeout(Duration.ofSeconds(20))
                .POST(BodyPublishers.ofString(body.encode())));
    }

    /** The one result of checking a payload in. */
    public JsonObject checkIn(int port, String facility, String key, Optional<String> policy, String payload) {
        Answer answer = checkIn(port, facility, key, policy, List.of(payload));
        if (answer.status() != 200) {
            throw new AssertionError(answer.toString());
        }
        return answer.json().getJsonArray("results").getJsonObject(0);
    }

    /** A pass of a provider that asks phones for nothing. */
    public String passOf(int port, String provider, String consent) {
        Answer made = insist(() -> pass(port, provider, Optional.of(consent), Optional.empty()));
        if (made.status() != 200) {
            throw new AssertionError(made.toString());
        }
        return made.json().getString("payload");
    }

    /** What a trace finds at a facility. */
    public Answer trace(int port, String facility, Instant from, Instant until) {
        JsonObject question = new JsonObject()
                .put("case", "outbreak-7")
                .put("facility", facility)
                .put("from", from.toString())
                .put("until", until.toString());
        return send(port, TRACER, "POST", "/v1/traces", question);
    }

    @Override
    public void close() {
        gateways.forEach(Gateway::close);
        http.close();
    }
}
