package io.passgate.demo.phone;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Asks the gateway's issuing port in the names of the providers and of the registrar. Whatever is no answer about the
 * request itself is {@link PhoneFault#tryAgain}: a gateway that is away or busy, and a token that it does not take. Its
 * event loop.
 */
final class IssuingClient {
    /** Longer than the gateway takes at most. */
    private static final long PATIENCE_MS = 6_000;

    private static final int CONNECT_MS = 1_000;
    private static final int MOST_CONNECTIONS = 16;
    private static final int MOST_WAITING = 256;
    private static final int FIRST_ERROR = 400;
    private static final String TYPE = "urn:passgate:problem:";

    /** What is the matter with the phone, the consent or the records, and may be told. */
    private static final Set<String> TOLD = Set.of(
            "proof-missing",
            "proof-invalid",
            "proof-late",
            "proof-replayed",
            "device-unknown",
            "device-key-mismatch",
            "consent-unknown",
            "nothing-consented",
            "nothing-to-certify");

    private final HttpClient http;
    private final PhonePlan plan;

    IssuingClient(Vertx vertx, PhonePlan plan) {
        this.plan = plan;
        this.http = vertx.createHttpClient(
                new HttpClientOptions()
                        .setConnectTimeout(CONNECT_MS)
                        .setDefaultHost(plan.issuing().getHost())
                        .setDefaultPort(plan.issuing().getPort()),
                new PoolOptions().setHttp1MaxSize(MOST_CONNECTIONS).setMaxWaitQueueSize(MOST_WAITING));
    }

    /**
     * Posts JSON, and is done with the answer's.
     *
     * @param client whose token is shown
     * @param path behind {@code /v1/}
     * @param proof of the phone, where the request needs one
     * @param members that an answer has, or it is none
     */
    Future<JsonObject> post(String client, String path, JsonObject body, Optional<String> proof, List<String> members) {
        return send(HttpMethod.POST, client, path, body.toBuffer(), proof)
                .compose(answer -> members.stream().allMatch(name -> answer.getValue(name) != null)
                        ? Future.succeededFuture(answer)
                        : Future.failedFuture(PhoneFault.tryAgain()));
    }

    /** Deletes, and is done when it is gone. */
    Future<JsonObject> delete(String client, String path) {
        return send(HttpMethod.DELETE, client, path, Buffer.buffer(), Optional.empty());
    }

    private Future<JsonObject> send(
            HttpMethod method, String client, String path, Buffer body, Optional<String> proof) {
        RequestOptions options = new RequestOptions()
                .setMethod(method)
                .setURI("/v1/" + path)
                .setIdleTimeout(PATIENCE_MS)
                .putHeader(HttpHeaders.AUTHORIZATION, "Bearer " + plan.tokens().getOrDefault(client, ""))
                .putHeader(HttpHeaders.ACCEPT, "application/json");
        if (method.equals(HttpMethod.POST)) {
            options.putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
        }
        proof.ifPresent(text -> options.putHeader("DPoP", text));
        return http.request(options)
                .compose(request -> exchange(request, body))
                .timeout(PATIENCE_MS, TimeUnit.MILLISECONDS)
                .recover(IssuingClient::away);
    }

    private static Future<JsonObject> exchange(HttpClientRequest request, Buffer body) {
        return request.send(body).compose(response -> response.body().compose(answer -> read(response, answer)));
    }

    private static Future<JsonObject> read(HttpClientResponse response, Buffer answer) {
        JsonObject read;
        try {
            read = answer.length() == 0 ? new JsonObject() : new JsonObject(answer);
        } catch (DecodeException garbled) {
            return Future.failedFuture(PhoneFault.tryAgain());
        }
        return response.statusCode() < FIRST_ERROR ? Future.succeededFuture(read) : refusal(response, read);
    }

    private static Future<JsonObject> refusal(HttpClientResponse response, JsonObject problem) {
        String type = String.valueOf(problem.getValue("type"));
        String code = type.startsWith(TYPE) ? type.substring(TYPE.length()) : "";
        return Future.failedFuture(
                TOLD.contains(code)
                        ? PhoneFault.refused(response.statusCode(), code)
                        : PhoneFault.tryAgain(seconds(response.getHeader("retry-after"))));
    }

    private static int seconds(@Nullable String retryAfter) {
        return retryAfter != null && retryAfter.matches("\\d{1,4}") ? Integer.parseInt(retryAfter) : 0;
    }

    private static Future<JsonObject> away(Throwable failed) {
        return Future.failedFuture(failed instanceof PhoneFault ? failed : PhoneFault.tryAgain());
    }
}
