package io.passgate.http.response;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.Locale;

/** The kinds of problem a request can end in (RFC 9457), each with the one status it is sent with. */
public enum ProblemType {
    MALFORMED_REQUEST(400, "The request body is not what this route takes"),
    AMBIGUOUS_REQUEST(400, "The request is no HTTP/1.1, or can be read in more than one way"),
    UNKNOWN_POLICY(400, "There is no such policy"),
    UNAUTHENTICATED(401, "A valid bearer token is required"),
    FORBIDDEN(403, "The token's role may not do this"),
    PROOF_MISSING(403, "The device has to prove itself"),
    PROOF_INVALID(403, "The device's proof is not one for this request"),
    PROOF_LATE(403, "The device's proof is not of now"),
    PROOF_REPLAYED(403, "The device's proof has been used"),
    DEVICE_UNKNOWN(403, "No device is registered for the consent"),
    DEVICE_KEY_MISMATCH(403, "The proof is another device's than the registered one's"),
    NOTHING_CONSENTED(403, "The holder lets the provider show no record"),
    NOT_FOUND(404, "There is nothing here"),
    CONSENT_UNKNOWN(404, "The provider has no such consent"),
    METHOD_NOT_ALLOWED(405, "This route does not take the method"),
    NOT_ACCEPTABLE(406, "A pass is application/json, image/png or image/svg+xml"),
    BODY_TOO_SLOW(408, "The request's body did not arrive in time"),
    REQUEST_TOO_SLOW(408, "The request did not arrive in time"),
    CHANGED_MEANWHILE(409, "The consent or a record changed meanwhile; ask again"),
    BODY_TOO_LARGE(413, "The request is larger than allowed"),
    TOO_MANY_PAYLOADS(413, "The request has more payloads than allowed"),
    URI_TOO_LONG(414, "The request's first line is too long"),
    UNSUPPORTED_MEDIA_TYPE(415, "The request body must be application/json"),
    UNSUPPORTED_CONTENT_CODING(415, "The request body must not be compressed"),
    EXPECTATION_FAILED(417, "The only expectation that is met is 100-continue"),
    IDEMPOTENCY_KEY_REUSED(422, "The Idempotency-Key is that of another request, with other payloads"),
    SIGNERS_REJECTED(422, "Some of the signers cannot be taken, so none was"),
    TOO_MANY_VISITS(422, "The trace has more visits than are given out at once"),
    NOTHING_TO_CERTIFY(422, "None of the holder's records can be put into a certificate"),
    TOO_MANY_REQUESTS(429, "The client asks more than it may"),
    FIELDS_TOO_LONG(431, "The request's header fields are too long"),
    GATEWAY_FAULT(500, "The gateway failed"),
    OVERLOADED(503, "The gateway has more work than it can take; try again later"),
    SHUTTING_DOWN(503, "The gateway is shutting down; try another one"),
    NOT_READY(503, "The gateway has not loaded its clients yet; try another one"),
    CHECK_INS_UNAVAILABLE(503, "Nobody can be checked in through this gateway"),
    TRACES_UNAVAILABLE(503, "Nothing can be traced now"),
    ISSUING_UNAVAILABLE(503, "Nothing can be issued now"),
    AUTHORITY_UNAVAILABLE(503, "The change cannot be made now, and was not");

    private final int status;
    private final String title;

    ProblemType(int status, String title) {
        this.status = status;
        this.title = title;
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    /** The words that stand beside the status in HTTP/1.1; nobody reads them. */
    String reasonPhrase() {
        return HttpResponseStatus.valueOf(status).reasonPhrase();
    }

    /** The stable identifier in the member {@code type}. */
    public String uri() {
        return "urn:passgate:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
