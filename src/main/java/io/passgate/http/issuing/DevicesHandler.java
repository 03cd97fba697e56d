package io.passgate.http.issuing;

import com.fasterxml.jackson.databind.JsonNode;
import io.passgate.dpop.DeviceKey;
import io.passgate.http.response.Problem;
import io.passgate.http.response.ProblemType;
import io.passgate.http.response.Responses;
import io.passgate.http.server.JsonBody;
import io.passgate.issuance.IssuanceResult;
import io.passgate.issuance.ProviderTerms;
import io.passgate.issuance.RequestKind;
import io.passgate.model.OpaqueId;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.Set;

/** {@code POST /v1/devices}: the phone of a consent, shown by a proof with its key. */
public final class DevicesHandler {
    private static final Set<String> MEMBERS = Set.of("consent");

    private final Applications applications;

    /**
     * The route of one event loop.
     *
     * @param applications carries requests to the issuing side
     */
    public DevicesHandler(Applications applications) {
        this.applications = applications;
    }

    /**
     * Makes the phone whose proof comes along the one of a consent, and answers 201 with the thumbprint of its key.
     *
     * @param context of {@code POST}, whose body is there
     */
    public void register(RoutingContext context) {
        applications.handleOfProvider(context, (side, terms) -> {
            OpaqueId consent = consent(JsonBody.object(context, MEMBERS))
                    .orElseThrow(() -> new JsonBody.Wrong("The body has no \"consent\"."));
            applications.submit(
                    context,
                    side,
                    terms,
                    Optional.of(consent),
                    new RequestKind.Registration(),
                    proven -> keep(context, side, terms, proven));
        });
    }

    /** The consent that a body names; one that cannot be is not told from one that is not. */
    static Optional<OpaqueId> consent(JsonNode body) throws JsonBody.Wrong {
        Optional<String> text = JsonBody.text(body, JsonBody.BODY, "consent");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(OpaqueId.ofText(text.get())
                .orElseThrow(() -> new JsonBody.Wrong("The body: \"consent\" is not a consent's id.")));
    }

    private void keep(RoutingContext context, IssuingSide side, ProviderTerms terms, IssuanceResult.Proven proven) {
        DeviceKey device = proven.device();
        applications.store(
                context, () -> side.consents().register(terms.name(), proven.consent(), device), replaced -> {
                    if (replaced.isEmpty()) {
                        Problem.of(ProblemType.CONSENT_UNKNOWN).send(context);
                        return;
                    }
                    Responses.json(
                            context,
                            201,
                            new JsonObject().put("device", device.thumbprint()).put("replaced", replaced.get()));
                });
    }
}
