package io.passgate.dpop;

import io.passgate.crypto.P256Verifier;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Checks that a request comes from a device: its DPoP proof (RFC 9449 section 4.3) against what it has to say.
 * Thread-safe; takes some 60 µs of a core, nearly all of it for the signature, which is looked at last.
 *
 * <p>Whether the proof is used for the first time is for a memory of its {@link ProofId} to tell, such as {@link
 * LocalReplayCache}, and for a {@link ProofCheck.Valid} proof only: nobody else can use an id up.
 */
public final class DeviceProofs {
    /** A proof is accepted until so long after it was made, this instant included. */
    static final Duration MAX_AGE = Duration.ofSeconds(60);

    /** A phone's clock may be so far ahead, this instant included. */
    static final Duration MAX_AHEAD = Duration.ofSeconds(5);

    private final P256Verifier verifier;

    /**
     * Creates one for all threads.
     *
     * @param verifier of the proofs' signatures
     */
    public DeviceProofs(P256Verifier verifier) {
        this.verifier = verifier;
    }

    /**
     * Checks the proof of a registered device.
     *
     * @param headers every DPoP header of the request; more than one is refused
     * @param expected what the proof has to say
     * @param registered the device that the request says it comes from, if there is one
     * @return the proof's id and key, or the first problem
     * @throws IllegalStateException if the provider of signatures fails, so that nothing can be said
     */
    public ProofCheck check(List<String> headers, ExpectedProof expected, Optional<DeviceKey> registered) {
        return check(headers, expected, proof -> registered);
    }

    /**
     * Checks the proof of a device that is to be registered: that it has the private key to the one it names.
     *
     * @param headers every DPoP header of the request; more than one is refused
     * @param expected what the proof has to say
     * @return the proof's id and the key to register, or the first problem
     * @throws IllegalStateException if the provider of signatures fails, so that nothing can be said
     */
    public ProofCheck checkRegistration(List<String> headers, ExpectedProof expected) {
        return check(headers, expected, proof -> Optional.of(proof.key()));
    }

    private ProofCheck check(
            List<String> headers, ExpectedProof expected, Function<DeviceProof, Optional<DeviceKey>> registered) {
        if (headers.isEmpty()) {
            return new ProofCheck.Refused(ProofProblem.PROOF_MISSING);
        }
        if (headers.size() > 1) {
            return new ProofCheck.Refused(ProofProblem.PROOF_INVALID);
        }
        return switch (ProofParser.parse(headers.getFirst())) {
            case ProofReading.Malformed() -> new ProofCheck.Refused(ProofProblem.PROOF_INVALID);
            case ProofReading.Parsed(DeviceProof proof) -> check(proof, expected, registered.apply(proof));
        };
    }

    /** What costs least comes first; {@link ProofProblem} promises this order. */
    private ProofCheck check(DeviceProof proof, ExpectedProof expected, Optional<DeviceKey> registered) {
        ProofClaims claims = proof.claims();
        if (!expected.isMadeFor(claims)) {
            return new ProofCheck.Refused(ProofProblem.PROOF_INVALID);
        }
        if (!isTimely(claims.issuedAt(), expected.now())) {
            return new ProofCheck.Refused(ProofProblem.PROOF_LATE);
        }
        if (registered.isEmpty()) {
            return new ProofCheck.Refused(ProofProblem.DEVICE_UNKNOWN);
        }
        if (!registered.get().equals(proof.key())) {
            return new ProofCheck.Refused(ProofProblem.DEVICE_KEY_MISMATCH);
        }
        if (!proof.isSigned(verifier)) {
            return new ProofCheck.Refused(ProofProblem.PROOF_INVALID);
        }
        ProofId id = ProofId.of(expected.provider(), expected.consent(), claims.jti());
        return new ProofCheck.Valid(id, proof.key());
    }

    private static boolean isTimely(Instant issuedAt, Instant now) {
        return !issuedAt.isBefore(now.minus(MAX_AGE)) && !issuedAt.isAfter(now.plus(MAX_AHEAD));
    }
}
