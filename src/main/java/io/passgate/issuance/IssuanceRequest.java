package io.passgate.issuance;

import io.passgate.format.hcert.Subject;
import io.passgate.model.OpaqueId;
import io.passgate.qr.QrPicture;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a provider asks for in a holder's name.
 *
 * @param consent empty where the holder gave none
 * @param proofs every DPoP header of the request, as it came
 * @param at when the request arrived
 */
public record IssuanceRequest(
        ProviderTerms provider, Optional<OpaqueId> consent, List<String> proofs, Wish wish, Instant at) {
    public IssuanceRequest {
        proofs = List.copyOf(proofs);
    }

    /** What is asked for. */
    public sealed interface Wish {

        /** An entry pass, and where {@code picture} is set a picture of it. */
        record Pass(Optional<Picture> picture) implements Wish {}

        /** A wallet certificate of each record, in this name. */
        record Certificates(Subject subject) implements Wish {}

        /** That the key of the proof becomes the one of the consent. */
        record Registration() implements Wish {}
    }

    /**
     * A picture of a pass's QR code.
     *
     * @param pixels a side, in [{@link QrPicture#LEAST_PIXELS}, {@link QrPicture#MOST_PIXELS}]
     */
    public record Picture(Format format, int pixels) {
        /** How it is encoded. */
        public enum Format {
            PNG,
            SVG
        }
    }

    /** The provider only: the rest is a person's. */
    @Override
    public String toString() {
        return "Application[" + provider.name() + "]";
    }
}
