package io.passgate.http.issuing;

import com.fasterxml.jackson.databind.JsonNode;
import io.passgate.http.response.MediaRanges;
import io.passgate.http.response.Problem;
import io.passgate.http.response.ProblemType;
import io.passgate.http.response.ResponseHeaders;
import io.passgate.http.response.Responses;
import io.passgate.http.server.JsonBody;
import io.passgate.issuance.IssuanceRequest.Picture;
import io.passgate.issuance.IssuanceResult;
import io.passgate.issuance.RequestKind;
import io.passgate.qr.QrPicture;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code POST /v1/passes}: an entry pass, as JSON or as a picture of its QR code. */
public final class PassesHandler {
    private static final Set<String> MEMBERS = Set.of("consent", "size");
    private static final String PNG = "image/png";
    private static final String SVG = "image/svg+xml";
    private static final List<String> OFFERED = List.of(Responses.JSON_TYPE, PNG, SVG);

    private final Applications applications;

    /**
     * The route of one event loop.
     *
     * @param applications carries requests to the issuing side
     */
    public PassesHandler(Applications applications) {
        this.applications = applications;
    }

    /**
     * Has a pass made and answers 200 with it, in the media type that the client likes best.
     *
     * @param context of {@code POST}, whose body is there
     */
    public void make(RoutingContext context) {
        applications.handleOfProvider(context, (side, terms) -> {
            Optional<String> type = mediaType(context);
            if (type.isEmpty()) {
                Problem.of(ProblemType.NOT_ACCEPTABLE).send(context);
                return;
            }
            JsonNode body = JsonBody.object(context, MEMBERS);
            int pixels = JsonBody.whole(body, JsonBody.BODY, "size").orElse(QrPicture.USUAL_PIXELS);
            if (pixels < QrPicture.LEAST_PIXELS || pixels > QrPicture.MOST_PIXELS) {
                throw new JsonBody.Wrong("The body: \"size\" is not in [" + QrPicture.LEAST_PIXELS + ", "
                        + QrPicture.MOST_PIXELS + "] pixels.");
            }
            Optional<Picture> picture = switch (type.get()) {
                case PNG -> Optional.of(new Picture(Picture.Format.PNG, pixels));
                case SVG -> Optional.of(new Picture(Picture.Format.SVG, pixels));
                default -> Optional.empty();
            };
            applications.submit(
                    context,
                    side,
                    terms,
                    DevicesHandler.consent(body),
                    new RequestKind.Pass(picture),
                    pass -> answer(context, type.get(), pass));
        });
    }

    /** JSON where the client does not say. */
    private static Optional<String> mediaType(RoutingContext context) {
        List<String> lines = context.request().headers().getAll(HttpHeaders.ACCEPT);
        return MediaRanges.best(lines == null ? "" : String.join(",", lines), OFFERED);
    }

    private static void answer(RoutingContext context, String type, IssuanceResult.Passed pass) {
        HttpServerResponse response = context.response();
        if (!Responses.isOpen(response)) {
            return;
        }
        if (pass.picture().isEmpty()) {
            Responses.json(context, 200, render(pass));
            return;
        }
        response.putHeader(HttpHeaders.CONTENT_TYPE, type)
                .putHeader("passgate-pass", pass.id().text())
                .putHeader("passgate-expires", pass.expiresAt().toString());
        memory(pass).ifPresent(who -> response.putHeader("passgate-jti", who));
        if (type.equals(SVG)) {
            response.putHeader("content-security-policy", ResponseHeaders.PICTURE_POLICY);
        }
        Responses.end(context, Buffer.buffer(pass.picture().get().toByteArray()));
    }

    private static JsonObject render(IssuanceResult.Passed pass) {
        JsonObject body = new JsonObject()
                .put("payload", pass.payload())
                .put("id", pass.id().text())
                .put("issuedAt", pass.issuedAt().toString())
                .put("expiresAt", pass.expiresAt().toString())
                .put("shows", ConsentsHandler.codes(pass.shown()));
        memory(pass).ifPresent(who -> body.put("jti", who));
        return body;
    }

    /** Who remembers the proof, where there was one. */
    private static Optional<String> memory(IssuanceResult.Passed pass) {
        return switch (pass.proof()) {
            case NOBODY -> Optional.empty();
            case ALL -> Optional.of("shared");
            case THIS_GATEWAY -> Optional.of("local");
        };
    }
}
