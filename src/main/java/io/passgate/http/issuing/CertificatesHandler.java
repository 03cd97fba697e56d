package io.passgate.http.issuing;

import com.fasterxml.jackson.databind.JsonNode;
import io.passgate.format.hcert.Subject;
import io.passgate.http.response.Problem;
import io.passgate.http.response.ProblemType;
import io.passgate.http.response.Responses;
import io.passgate.http.server.JsonBody;
import io.passgate.issuance.IssuanceResult;
import io.passgate.issuance.RequestKind;
import io.passgate.model.OpaqueId;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.Set;

/** {@code POST /v1/certificates} and {@code DELETE /v1/certificates/{id}}: certificates for a wallet. */
public final class CertificatesHandler {
    private static final Set<String> MEMBERS = Set.of("consent", "name", "birthDate");
    private static final Set<String> NAMES = Set.of("family", "given", "familyTransliterated", "givenTransliterated");

    private final Applications applications;

    /**
     * The routes of one event loop.
     *
     * @param applications carries requests to the issuing side
     */
    public CertificatesHandler(Applications applications) {
        this.applications = applications;
    }

    /**
     * Has certificates made of what a consent shows, and kept, and answers 201 with them and with what was withheld.
     *
     * @param context of {@code POST}, whose body is there
     */
    public void make(RoutingContext context) {
        applications.handleOfProvider(context, (side, terms) -> {
            JsonNode body = JsonBody.object(context, MEMBERS);
            OpaqueId consent = JsonBody.required(DevicesHandler.consent(body), JsonBody.BODY, "consent");
            applications.submit(
                    context,
                    side,
                    terms,
                    Optional.of(consent),
                    new RequestKind.Certificates(subject(body)),
                    certified -> keep(context, side, certified));
        });
    }

    private static Subject subject(JsonNode body) throws JsonBody.Wrong {
        JsonNode name = body.path("name");
        if (name.isMissingNode()) {
            throw new JsonBody.Wrong("The body has no \"name\".");
        }
        JsonBody.onlyHas(name, "name", NAMES);
        try {
            return new Subject(
                    JsonBody.required(name, "name", "familyTransliterated"),
                    JsonBody.required(name, "name", "givenTransliterated"),
                    JsonBody.text(name, "name", "family"),
                    JsonBody.text(name, "name", "given"),
                    JsonBody.required(body, JsonBody.BODY, "birthDate"));
        } catch (IllegalArgumentException notInADcc) {
            throw new JsonBody.Wrong(
                    "The name or the birth date cannot stand in a certificate: transliterated names have up to 80"
                            + " of A to Z and <, others up to 80 characters, and the date is as 1990-05-17, 1990-05"
                            + " or 1990.");
        }
    }

    private void keep(RoutingContext context, IssuingSide side, IssuanceResult.Certified certified) {
        var issued = certified.certificates().stream()
                .map(IssuanceResult.Certificate::issued)
                .toList();
        applications.store(context, () -> side.certificates().keep(certified.consent(), issued), kept -> {
            if (kept) {
                Responses.json(context, 201, render(certified));
            } else {
                Problem.of(ProblemType.CHANGED_MEANWHILE).send(context);
            }
        });
    }

    private static JsonObject render(IssuanceResult.Certified certified) {
        JsonArray certificates = new JsonArray();
        certified
                .certificates()
                .forEach(made -> certificates.add(new JsonObject()
                        .put("id", made.issued().id().text())
                        .put("shows", made.issued().consentScope().code())
                        .put("payload", made.payload())
                        .put("expiresAt", made.issued().expiresAt().toString())));
        JsonArray withheld = new JsonArray();
        certified
                .withheld()
                .forEach(left -> withheld.add(new JsonObject()
                        .put("shows", left.consentScope().code())
                        .put("reason", left.reason().code())));
        return new JsonObject().put("certificates", certificates).put("withheld", withheld);
    }

    /**
     * Revokes a certificate and answers 204; 404 where the provider has none of that id in force.
     *
     * @param context of {@code DELETE}
     */
    public void revoke(RoutingContext context) {
        applications.handleOfProvider(context, (side, terms) -> {
            Optional<OpaqueId> id = OpaqueId.ofText(context.pathParam("id"));
            if (id.isEmpty()) {
                Problem.of(ProblemType.NOT_FOUND).send(context);
                return;
            }
            applications.store(context, () -> side.certificates().revoke(terms.name(), id.get()), revoked -> {
                if (revoked) {
                    Responses.end(context, 204);
                } else {
                    Problem.of(ProblemType.NOT_FOUND).send(context);
                }
            });
        });
    }
}
