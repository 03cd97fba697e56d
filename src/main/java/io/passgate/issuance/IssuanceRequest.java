package io.passgate.issuance;

import io.passgate.model.OpaqueId;
import io.passgate.qr.QrPicture;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a provider asks for in a holder's name.
 *
 * @param <R> what it comes to where nothing stands against it
 * @param consent empty where the holder gave none
 * @param proofs every DPoP header of the request, as it came
 * @param at when the request arrived
 */
public record IssuanceRequest<R>(
        ProviderTerms provider, Optional<OpaqueId> consent, List<String> proofs, RequestKind<R> kind, Instant at) {
    public IssuanceRequest {
        proofs = List.copyOf(proofs);
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
        return "IssuanceRequest[" + provider.name() + "]";
    }
}
