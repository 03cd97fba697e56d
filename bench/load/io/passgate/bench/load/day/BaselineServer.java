package io.passgate.bench.load.day;

import io.passgate.app.DefaultFormats;
import io.passgate.format.CredentialFormat;
import io.passgate.format.Decoded;
import io.passgate.format.Formats;
import io.passgate.format.entrypass.EntryPass;
import io.passgate.format.entrypass.EntryPassEncoder;
import io.passgate.model.Credential;
import io.passgate.model.Kid;
import io.passgate.model.Slice;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisClientType;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The same routes by the obvious way, so that one sees what the rest buys: a signature at a time by the JDK's provider,
 * a query for the key of each, SET NX for each pass, INSERT for each visit, and issuing in one queue with verification.
 * Nothing in it is slow on purpose; nothing bounds what waits.
 *
 * <pre>
 *   BaselineServer PORT JDBC_URL USER PASSWORD_FILE REDIS_URI...
 * </pre>
 */
public final class BaselineServer {
    /** Vert.x's own number of worker threads, each with a connection to PostgreSQL. */
    private static final int WORKERS = 20;

    private static final int MAX_BODY_BYTES = 4 << 20;
    private static final int PATIENCE_SECONDS = 10;
    private static final long PASS_KEPT_MS = 60_000;

    private final Vertx vertx;
    private final BlockingQueue<Connection> connections = new ArrayBlockingQueue<>(WORKERS);
    private final Redis redis;
    private final KeyPair issuer;
    private final SecureRandom random = new SecureRandom();

    private BaselineServer(Vertx vertx, Redis redis, KeyPair issuer) {
        this.vertx = vertx;
        this.redis = redis;
        this.issuer = issuer;
    }

    public static void main(String[] args) throws Exception {
        int port = Integer.parseInt(args[0]);
        String password = Files.readString(Path.of(args[3])).strip();
        List<String> nodes = List.of(args).subList(4, args.length);
        Vertx vertx =
                Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setWorkerPoolSize(WORKERS));
        RedisOptions options = new RedisOptions()
                .setEndpoints(nodes)
                .setType(nodes.size() > 1 ? RedisClientType.CLUSTER : RedisClientType.STANDALONE)
                .setMaxPoolSize(WORKERS)
                .setMaxPoolWaiting(1 << 16);
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        BaselineServer server =
                new BaselineServer(vertx, Redis.createClient(vertx, options), generator.generateKeyPair());
        for (int i = 0; i < WORKERS; i++) {
            server.connections.add(DriverManager.getConnection(args[1], args[2], password));
        }
        server.makeTables();
        server.listen(port);
    }

    private void makeTables() throws SQLException, InterruptedException {
        Connection connection = connections.take();
        try (Statement statement = connection.createStatement()) {
            boolean _ = statement.execute("CREATE TABLE IF NOT EXISTS baseline_visit"
                    + " (facility text, request text, pass bytea, at timestamptz, PRIMARY KEY (request, pass))");
            boolean _ =
                    statement.execute("CREATE TABLE IF NOT EXISTS baseline_consent (id bytea PRIMARY KEY, body text)");
        } finally {
            connections.add(connection);
        }
    }

    private void listen(int port) {
        Router router = Router.router(vertx);
        router.get("/health/ready").handler(context -> context.response().end("{}"));
        router.post().handler(BodyHandler.create(false).setBodyLimit(MAX_BODY_BYTES));
        route(router, "/v1/verifications", this::verify);
        route(router, "/v1/check-ins", this::checkIn);
        route(router, "/v1/passes", this::pass);
        route(router, "/v1/consents", this::consent);
        vertx.createHttpServer(new HttpServerOptions().setTcpNoDelay(true))
                .requestHandler(router)
                .listen(port, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    /** What one worker does for a request, with a connection to PostgreSQL. */
    private interface Work {
        JsonObject of(RoutingContext context, String client, Connection connection) throws Exception;
    }

    private void route(Router router, String path, Work work) {
        router.post(path)
                .handler(context -> vertx.executeBlocking(
                                () -> {
                                    Connection connection = connections.take();
                                    try {
                                        Optional<String> client = client(context, connection);
                                        return client.isEmpty()
                                                ? Optional.<JsonObject>empty()
                                                : Optional.of(work.of(context, client.get(), connection));
                                    } finally {
                                        connections.add(connection);
                                    }
                                },
                                false)
                        .onSuccess(answer -> {
                            if (answer.isPresent()) {
                                var _ = context.json(answer.get());
                            } else {
                                context.fail(401);
                            }
                        })
                        .onFailure(context::fail));
    }

    private static Optional<String> client(RoutingContext context, Connection connection)
            throws SQLException, GeneralSecurityException {
        String header = context.request().getHeader("authorization");
        String token = header == null ? "" : header.replaceFirst("^Bearer ", "");
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT name FROM client_token WHERE sha256 = ? AND revoked_at IS NULL AND expires_at > now()")) {
            query.setBytes(1, sha256(token));
            try (ResultSet rows = query.executeQuery()) {
                return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
            }
        }
    }

    private static byte[] sha256(String text) throws GeneralSecurityException {
        return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    }

    private JsonObject verify(RoutingContext context, String client, Connection connection) throws Exception {
        JsonArray results = new JsonArray();
        for (Object payload : context.body().asJsonObject().getJsonArray("payloads")) {
            results.add(
                    new JsonObject().put("verdict", isGenuine((String) payload, connection) ? "accepted" : "refused"));
        }
        return new JsonObject().put("results", results);
    }

    private boolean isGenuine(String payload, Connection connection) throws SQLException, GeneralSecurityException {
        List<CredentialFormat> formats = DefaultFormats.usual();
        Decoded decoded =
                new Formats(formats).newDecoder().decode(Slice.of(payload.getBytes(StandardCharsets.US_ASCII)));
        if (!(decoded instanceof Decoded.Well(Credential credential))
                || credential.expiresAt().isBefore(Instant.now())) {
            return false;
        }
        try (PreparedStatement query = connection.prepareStatement("SELECT public_key FROM signer WHERE kid = ?")) {
            query.setBytes(1, credential.kid().toByteArray());
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    if (isSignedBy(rows.getBytes(1), credential)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static boolean isSignedBy(byte[] spki, Credential credential) throws GeneralSecurityException {
        PublicKey key = KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(spki));
        Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
        signature.initVerify(key);
        signature.update(credential.toBeSigned().toByteArray());
        return signature.verify(credential.signature().toByteArray());
    }

    private JsonObject checkIn(RoutingContext context, String client, Connection connection) throws Exception {
        String request = context.request().getHeader("idempotency-key");
        JsonArray results = new JsonArray();
        for (Object payload : context.body().asJsonObject().getJsonArray("payloads")) {
            boolean isAccepted = isGenuine((String) payload, connection)
                    && isFirstUse(sha256((String) payload), String.valueOf(request));
            if (isAccepted) {
                write(connection, client, String.valueOf(request), sha256((String) payload));
            }
            results.add(new JsonObject().put("verdict", isAccepted ? "accepted" : "refused"));
        }
        return new JsonObject().put("results", results);
    }

    private boolean isFirstUse(byte[] pass, String request)
            throws ExecutionException, InterruptedException, TimeoutException {
        String key = "baseline:" + HexFormat.of().formatHex(pass);
        Response set = ask(Request.cmd(Command.SET)
                .arg(key)
                .arg(request)
                .arg("NX")
                .arg("PX")
                .arg(PASS_KEPT_MS));
        return set != null
                || request.equals(String.valueOf(ask(Request.cmd(Command.GET).arg(key))));
    }

    private Response ask(Request request) throws ExecutionException, InterruptedException, TimeoutException {
        return redis.send(request).toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private static void write(Connection connection, String facility, String request, byte[] pass) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO baseline_visit VALUES (?, ?, ?, now()) ON CONFLICT DO NOTHING")) {
            insert.setString(1, facility);
            insert.setString(2, request);
            insert.setBytes(3, pass);
            int _ = insert.executeUpdate();
        }
    }

    private JsonObject pass(RoutingContext context, String client, Connection connection) throws Exception {
        String consent = context.body().asJsonObject().getString("consent");
        List<String> doses = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT r.product FROM consent c JOIN record r USING (holder) WHERE c.provider = ? AND c.id = ?")) {
            query.setString(1, client);
            query.setBytes(2, HexFormat.of().parseHex(consent.replace("-", "")));
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    doses.add(String.valueOf(rows.getString(1)));
                }
            }
        }
        byte[] id = random(EntryPass.ID_BYTES);
        EntryPass pass = new EntryPass(
                client,
                Slice.of(id),
                Instant.now().truncatedTo(ChronoUnit.SECONDS),
                Slice.of(random(EntryPass.TAG_BYTES)),
                List.of(),
                Optional.empty());
        byte[] kid = Arrays.copyOf(
                MessageDigest.getInstance("SHA-256").digest(issuer.getPublic().getEncoded()), EntryPass.KID_BYTES);
        String payload = EntryPassEncoder.encode(pass, Kid.of(Slice.of(kid)).orElseThrow(), this::sign);
        return new JsonObject()
                .put("payload", payload)
                .put("id", HexFormat.of().formatHex(id))
                .put("doses", doses.size());
    }

    private byte[] random(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private byte[] sign(byte[] toBeSigned) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(issuer.getPrivate());
            signature.update(toBeSigned);
            return signature.sign();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has ES256", impossible);
        }
    }

    private JsonObject consent(RoutingContext context, String client, Connection connection) throws Exception {
        byte[] id = random(EntryPass.ID_BYTES);
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO baseline_consent VALUES (?, ?)")) {
            insert.setBytes(1, id);
            insert.setString(2, client);
            int _ = insert.executeUpdate();
        }
        return new JsonObject().put("consent", HexFormat.of().formatHex(id));
    }
}
