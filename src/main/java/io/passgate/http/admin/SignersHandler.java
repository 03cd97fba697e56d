package io.passgate.http.admin;

import io.passgate.http.response.EntityTags;
import io.passgate.http.response.Responses;
import io.passgate.model.EventKind;
import io.passgate.trust.Signer;
import io.passgate.trust.SignerCertificate;
import io.passgate.trust.TrustList;
import io.passgate.trust.TrustSnapshot;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Base64;
import java.util.Locale;
import java.util.function.Supplier;

/** {@code GET /v1/signers}: whom this gateway trusts, as public keys, rendered once a list. */
public final class SignersHandler implements Handler<RoutingContext> {
    private final Supplier<TrustSnapshot> trust;
    private volatile Rendered rendered = new Rendered(TrustList.empty());

    /**
     * The route of all event loops.
     *
     * @param trust the list in force; asked at each request
     */
    public SignersHandler(Supplier<TrustSnapshot> trust) {
        this.trust = trust;
    }

    @Override
    public void handle(RoutingContext context) {
        Rendered current = current();
        context.response().putHeader("etag", current.etag).putHeader("cache-control", "no-cache");
        if (EntityTags.match(context.request(), current.etag)) {
            Responses.end(context, 304);
        } else {
            context.response().putHeader("content-type", "application/json");
            Responses.end(context, current.body);
        }
    }

    private Rendered current() {
        Rendered last = rendered;
        TrustList list = trust.get().list();
        if (last.list != list) {
            last = new Rendered(list);
            rendered = last;
        }
        return last;
    }

    private static final class Rendered {
        private final TrustList list;
        private final String etag;
        private final Buffer body;

        private Rendered(TrustList list) {
            this.list = list;
            this.etag = '"' + list.version() + '"';
            JsonArray signers = new JsonArray();
            list.signers().forEach(signer -> signers.add(render(signer)));
            this.body = new JsonObject().put("signers", signers).toBuffer();
        }

        private static JsonObject render(Signer signer) {
            JsonArray usages = new JsonArray();
            signer.signs().stream()
                    .sorted()
                    .map(EventKind::name)
                    .forEach(usage -> usages.add(usage.toLowerCase(Locale.ROOT)));
            JsonObject object = new JsonObject()
                    .put("id", signer.id())
                    .put("kid", signer.kid().toBase64())
                    .put("algorithm", signer.algorithm().name())
                    .put(
                            "publicKey",
                            Base64.getEncoder()
                                    .encodeToString(signer.publicKey().toByteArray()))
                    .put("usages", usages);
            object.put("kind", signer.kind().code());
            if (!signer.kind().party().isEmpty()) {
                object.put("provider", signer.kind().party());
            }
            if (signer.certificate().isPresent()) {
                SignerCertificate certificate = signer.certificate().get();
                certificate.country().ifPresent(country -> object.put("country", country));
                object.put("notBefore", certificate.notBefore().toString());
                object.put("notAfter", certificate.notAfter().toString());
            }
            return object;
        }
    }
}
