package io.passgate.http.response;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.Locale;

/** The kinds of problem a request can end in (RFC 9457), each with the one status it is sent with. */
public enum ProblemType {
    /** The body, or a header of the route's own, has another shape than the route takes. */
    MALFORMED_REQUEST(400, "The request body is not what this route takes"),
    /** The request breaks HTTP's grammar, or a proxy in front might have read another one. */
    AMBIGUOUS_REQUEST(400, "The request is no HTTP/1.1, or can be read in more than one way"),
    /** No policy has the name or id that is asked for. */
    UNKNOWN_POLICY(400, "There is no such policy"),
    /** There is no token, or none that is valid; the client is not told which. */
    UNAUTHENTICATED(401, "A valid bearer token is required"),
    /** The token is valid, but not for what is asked. */
    FORBIDDEN(403, "The token's role may not do this"),
    /** The header {@code DPoP} is not there, though it is needed. */
    PROOF_MISSING(403, "The device has to prove itself"),
    /** The header {@code DPoP} is not one signed proof for this request and this consent. */
    PROOF_INVALID(403, "The device's proof is not one for this request"),
    /** The device's proof was not made within the minute before the request. */
    PROOF_LATE(403, "The device's proof is not of now"),
    /** The device's proof was used for a request before. */
    PROOF_REPLAYED(403, "The device's proof has been used"),
    /** The consent that a proof came with has no registered device. */
    DEVICE_UNKNOWN(403, "No device is registered for the consent"),
    /** The proof is signed by another key than the registered device's. */
    DEVICE_KEY_MISMATCH(403, "The proof is another device's than the registered one's"),
    /** The consent is there, and its scope is empty, as it is after a withdrawal. */
    NOTHING_CONSENTED(403, "The holder lets the provider show no record"),
    /** No route has the path, or what its id names is not there. */
    NOT_FOUND(404, "There is nothing here"),
    /** The provider has no consent of that id. */
    CONSENT_UNKNOWN(404, "The provider has no such consent"),
    /** The path is there; {@code Allow} says by which methods. */
    METHOD_NOT_ALLOWED(405, "This route does not take the method"),
    /** The client takes none of the media types in which a pass can be written. */
    NOT_ACCEPTABLE(406, "A pass is application/json, image/png or image/svg+xml"),
    /** The body was not there within its time after the headers. */
    BODY_TOO_SLOW(408, "The request's body did not arrive in time"),
    /** A request that no route saw was not there within its time. */
    REQUEST_TOO_SLOW(408, "The request did not arrive in time"),
    /** What a certificate was made of changed before it could be kept, so it was dropped. */
    CHANGED_MEANWHILE(409, "The consent or a record changed meanwhile; ask again"),
    /** The body has more bytes than one request may have. */
    BODY_TOO_LARGE(413, "The request is larger than allowed"),
    /** The array of payloads is longer than one request may have it. */
    TOO_MANY_PAYLOADS(413, "The request has more payloads than allowed"),
    /** The picture's header says that it has more pixels, or its file more bytes, than one may have. */
    PICTURE_TOO_LARGE(413, "The picture is larger than allowed"),
    /** The first line of a request is beyond its bound, and no route saw the request. */
    URI_TOO_LONG(414, "The request's first line is too long"),
    /** The body is not declared as {@code application/json}; the detail says where a route takes pictures too. */
    UNSUPPORTED_MEDIA_TYPE(415, "The request body must be application/json"),
    /** The body is compressed; {@code Accept-Encoding} says which coding is taken. */
    UNSUPPORTED_CONTENT_CODING(415, "The request body must not be compressed"),
    /** The header {@code Expect} asks for something else than {@code 100-continue}. */
    EXPECTATION_FAILED(417, "The only expectation that is met is 100-continue"),
    /** A check-in was asked again by its key, but with other payloads. */
    IDEMPOTENCY_KEY_REUSED(422, "The Idempotency-Key is that of another request, with other payloads"),
    /** The picture was searched to its end, and there is nothing to judge. */
    NO_CODE_FOUND(422, "There is no QR code in the picture"),
    /** The body is said to be a picture, and is none that can be decoded; the detail says why. */
    PICTURE_UNREADABLE(422, "The body is no PNG or JPEG that can be read"),
    /** A signer cannot be taken; the detail names up to ten by their place in the request. */
    SIGNERS_REJECTED(422, "Some of the signers cannot be taken, so none was"),
    /** A trace that asks for a shorter time can be answered. */
    TOO_MANY_VISITS(422, "The trace has more visits than are given out at once"),
    /** The consent shows no record that a certificate can be made of; the detail says why. */
    NOTHING_TO_CERTIFY(422, "None of the holder's records can be put into a certificate"),
    /** The client is beyond its rate; {@code Retry-After} says until when. */
    TOO_MANY_REQUESTS(429, "The client asks more than it may"),
    /** The header fields are beyond their bound, and no route saw the request. */
    FIELDS_TOO_LONG(431, "The request's header fields are too long"),
    /** A fault of ours; the log has it under the request's id. */
    GATEWAY_FAULT(500, "The gateway failed"),
    /** There is no room, in memory, queue or time; {@code Retry-After} says when to come again. */
    OVERLOADED(503, "The gateway has more work than it can take; try again later"),
    /** The engine takes no more work. */
    SHUTTING_DOWN(503, "The gateway is shutting down; try another one"),
    /** The tokens of the clients have not been loaded yet. */
    NOT_READY(503, "The gateway has not loaded its clients yet; try another one"),
    /** Check-ins have no database here, or it is not known whether passes were used. */
    CHECK_INS_UNAVAILABLE(503, "Nobody can be checked in through this gateway"),
    /** Traces have no database here, or it did not answer. */
    TRACES_UNAVAILABLE(503, "Nothing can be traced now"),
    /** Issuing is not set up here, or what it needs is out of reach. */
    ISSUING_UNAVAILABLE(503, "Nothing can be issued now"),
    /** The lists have no database here, or it did not take the change. */
    AUTHORITY_UNAVAILABLE(503, "The change cannot be made now, and was not");

    private final int status;
    private final String title;

    ProblemType(int status, String title) {
        this.status = status;
        this.title = title;
    }

    /** {@return the HTTP status it is sent with} */
    public int status() {
        return status;
    }

    /** {@return one English sentence, the same for all problems of the kind} */
    public String title() {
        return title;
    }

    /** The words that stand beside the status in HTTP/1.1; nobody reads them. */
    String reasonPhrase() {
        return HttpResponseStatus.valueOf(status).reasonPhrase();
    }

    /** {@return the stable identifier in the member {@code type}, such as {@code urn:passgate:problem:not-found}} */
    public String uri() {
        return "urn:passgate:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
