package io.passgate.sample;

import io.passgate.model.Reason;
import java.util.Optional;

/**
 * One payload, and what a gateway has to say of it that trusts the signers of its samples.
 *
 * @param text of the QR code
 * @param refusedFor why it is refused; empty where it is accepted
 */
public record SamplePayload(String text, Optional<Reason> refusedFor) {
    /** Nothing of the payload. */
    @Override
    public String toString() {
        return "SamplePayload[" + refusedFor + "]";
    }
}
