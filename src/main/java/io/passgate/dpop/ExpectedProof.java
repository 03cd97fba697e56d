package io.passgate.dpop;

import java.time.Instant;

/**
 * What the proof of one request has to say; all texts are compared exactly.
 *
 * @param provider the name of the provider that asks, from its token
 * @param htm the request's method, such as {@code POST}
 * @param htu the address of the request as the provider's configuration has it, so that no header of a proxy decides
 * @param consent the id of the consent that the request names
 * @param now the instant of the request
 */
public record ExpectedProof(String provider, String htm, String htu, String consent, Instant now) {

    /** Whether the claims are made for this request, at whatever time. */
    boolean isMadeFor(ProofClaims claims) {
        return claims.htm().equals(htm)
                && claims.htu().equals(htu)
                && claims.consent().filter(consent::equals).isPresent();
    }
}
