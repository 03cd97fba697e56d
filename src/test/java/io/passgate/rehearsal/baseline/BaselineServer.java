package io.passgate.rehearsal.baseline;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * The routes that a day needs by the obvious way, on the same PostgreSQL and the same Redis, so that one sees what the
 * rest buys: a signature at a time by the JDK's provider with a query for its key, a query for what is revoked, SET NX
 * for each pass, INSERT for each visit, and issuing in one queue with verification. Whatever comes is taken, and waits
 * for one of Vert.x's usual 20 workers; nobody is told 503. Takes the file of a {@link BaselineSettings}.
 *
 * <p>Decoding, policies, holder tags and the making of a pass's bytes are Passgate's own code. Nothing is slow on
 * purpose. What it leaves out, each to its own advantage: limits by client, pictures, languages and texts of an answer,
 * what is revoked by the identifier of a certificate, whether a key of a request comes again with other payloads,
 * whether a vaccination is complete, the audit, and every answer for stores that are out of reach, which is 500.
 */
public final class BaselineServer extends VerticleBase {
    /** Vert.x's own number. */
    private static final int WORKERS = 20;

    private static final int MAX_BODY_BYTES = 4 << 20;

    private final BaselineSettings settings;
    private final BaselineStores stores;
    private final BaselineDoor door;
    private final BaselineIssuing issuing;

    private BaselineServer(
            BaselineSettings settings, BaselineStores stores, BaselineDoor door, BaselineIssuing issuing) {
        this.settings = settings;
        this.stores = stores;
        this.door = door;
        this.issuing = issuing;
    }

    /** Serves until it is ended. */
    public static void main(String[] args) throws Exception {
        BaselineSettings settings = BaselineSettings.read(Path.of(args[0]));
        int cores = Runtime.getRuntime().availableProcessors();
        Vertx vertx = Vertx.vertx(new VertxOptions()
                .setPreferNativeTransport(true)
                .setEventLoopPoolSize(cores)
                .setWorkerPoolSize(WORKERS));
        BaselineStores stores = new BaselineStores(vertx, settings, WORKERS);
        BaselineDoor door = new BaselineDoor(stores, new BaselineVerifier(settings.policies()));
        BaselineIssuing issuing = new BaselineIssuing(stores, settings);
        stores.makeTables();
        issuing.makeKnown();
        var _ = vertx.deployVerticle(
                        () -> new BaselineServer(settings, stores, door, issuing),
                        new DeploymentOptions().setInstances(cores))
                .await();
    }

    @Override
    public Future<?> start() {
        Router router = Router.router(vertx);
        router.get("/health/ready").handler(context -> context.response().end("{}"));
        router.post().handler(BodyHandler.create(false).setBodyLimit(MAX_BODY_BYTES));
        route(router, "/v1/verifications", "verifier", door::verify);
        route(router, "/v1/check-ins", "facility", door::checkIn);
        route(router, "/v1/passes", "provider", issuing::pass);
        route(router, "/v1/consents", "provider", issuing::consent);
        return vertx.createHttpServer(new HttpServerOptions().setTcpNoDelay(true))
                .requestHandler(router)
                .listen(settings.port(), "127.0.0.1");
    }

    /** What one worker does for a request, with a connection to PostgreSQL. */
    interface Work {
        /**
         * Answers a request.
         *
         * @param client the name of whoever asks
         */
        Answer of(RoutingContext context, String client, Connection connection) throws Exception;
    }

    /** What a request is answered with. */
    record Answer(int status, JsonObject body) {
        static final Answer UNAUTHENTICATED = new Answer(401, new JsonObject());
        static final Answer FORBIDDEN = new Answer(403, new JsonObject());
        static final Answer NOT_FOUND = new Answer(404, new JsonObject());
    }

    private record Client(String name, String role) {}

    private void route(Router router, String path, String role, Work work) {
        router.post(path)
                .handler(context -> vertx.executeBlocking(
                                () -> stores.withConnection(connection -> {
                                    Optional<Client> client = client(context, connection);
                                    if (client.isEmpty()) {
                                        return Answer.UNAUTHENTICATED;
                                    }
                                    return client.get().role().equals(role)
                                            ? work.of(context, client.get().name(), connection)
                                            : Answer.FORBIDDEN;
                                }),
                                false)
                        .onSuccess(answer -> {
                            var _ = context.response().setStatusCode(answer.status());
                            var _ = context.json(answer.body());
                        })
                        .onFailure(failed -> context.fail(isOfClient(failed) ? 400 : 500, failed)));
    }

    private static boolean isOfClient(Throwable failed) {
        return failed instanceof DecodeException
                || failed instanceof IllegalArgumentException
                || failed instanceof ClassCastException
                || failed instanceof NullPointerException;
    }

    private static Optional<Client> client(RoutingContext context, Connection connection) throws Exception {
        String header = context.request().getHeader("authorization");
        String token = header == null ? "" : header.replaceFirst("^Bearer ", "");
        try (PreparedStatement query = connection.prepareStatement("SELECT name, role FROM client_token"
                + " WHERE sha256 = ? AND revoked_at IS NULL AND expires_at > now()")) {
            query.setBytes(1, MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
            return client(query);
        }
    }

    private static Optional<Client> client(PreparedStatement query) throws SQLException {
        try (ResultSet rows = query.executeQuery()) {
            return rows.next() ? Optional.of(new Client(rows.getString(1), rows.getString(2))) : Optional.empty();
        }
    }
}
