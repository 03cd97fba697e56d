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
 * @param provider who asks, and what holds for it
 * @param consent empty where the holder gave none
 * @param proofs every DPoP header of the request, as it came
 * @param kind what is asked for
 * @param at when the request arrived
 */
public record IssuanceRequest<R>(
        ProviderTerms provider, Optional<OpaqueId> consent, List<String> proofs, RequestKind<R> kind, Instant at) {
    /** Copies {@code proofs}. */
    public IssuanceRequest {
        proofs = List.copyOf(proofs);
    }

    /**
     * A picture of a pass's QR code.
     *
     * @param format how it is encoded
     * @param pixels a side, in [{@link QrPicture#LEAST_PIXELS}, {@link QrPicture#MOST_PIXELS}]
     */
    public record Picture(Format format, int pixels) {
        /** How it is encoded. */
        public enum Format {
            /** Pixels of one bit each. */
            PNG,
            /** A drawing that can be scaled. */
            SVG
        }
    }

    /** The provider only: the rest is a person's. */
    @Override
    public String toString() {
        return "IssuanceRequest[" + provider.name() + "]";
    }
}
