package io.passgate.issuance;

import io.passgate.dpop.DeviceKey;
import io.passgate.dpop.ProofProblem;
import io.passgate.issuance.wallet.Uncertifiable;
import io.passgate.model.OpaqueId;
import io.passgate.model.Slice;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What became of an {@link IssuanceRequest}. */
public sealed interface IssuanceResult {

    /**
     * A pass.
     *
     * @param id which only the provider can join with its holder
     * @param shown what it shows; nothing where it lets in and says no more
     * @param proof who remembers that the device's proof was used
     * @param picture of the payload, where one was asked for
     */
    record Passed(
            String payload,
            OpaqueId id,
            Instant issuedAt,
            Instant expiresAt,
            Set<ConsentScope> shown,
            RememberedBy proof,
            Optional<Slice> picture)
            implements IssuanceResult {
        public Passed {
            shown = Set.copyOf(shown);
        }

        @Override
        public String toString() {
            return "Passed[…]";
        }
    }

    /** Who remembers that a proof was used. */
    enum RememberedBy {
        /** There was none. */
        NOBODY,
        /** Every gateway. */
        ALL,
        /** This gateway alone: Redis is out of reach. */
        THIS_GATEWAY
    }

    /** Wallet certificates, to be kept before they are handed out. */
    record Certified(OpaqueId consent, List<Certificate> certificates, List<Withheld> withheld)
            implements IssuanceResult {
        public Certified {
            certificates = List.copyOf(certificates);
            withheld = List.copyOf(withheld);
        }

        @Override
        public String toString() {
            return "Certified[" + certificates.size() + "]";
        }
    }

    /** A certificate and what is kept of it. */
    record Certificate(String payload, IssuedCertificates.Issued issued) {
        @Override
        public String toString() {
            return "Certificate[…]";
        }
    }

    /** A record that no certificate can be made of. */
    record Withheld(ConsentScope consentScope, Uncertifiable reason) {}

    /** A device has shown that it holds this key. */
    record Proven(OpaqueId consent, DeviceKey device) implements IssuanceResult {}

    /** Nothing is issued, by a fault of the application. */
    record Denied(Denial why) implements IssuanceResult {}

    /** Nothing can be issued now; the text is for people. */
    record Impossible(String why) implements IssuanceResult {}

    /** It waited for too long before anything was done. */
    record TooLate() implements IssuanceResult {}

    /** Why nothing is issued. */
    sealed interface Denial {
        /** The provider has no such consent. */
        record ConsentUnknown() implements Denial {}

        /** The holder lets the provider show no record. */
        record NothingConsented() implements Denial {}

        /** None of the records that may be shown can be put into a certificate. */
        record NothingToCertify(List<Withheld> withheld) implements Denial {}

        /** The device did not prove itself. */
        record NotProven(ProofProblem problem) implements Denial {}
    }
}
