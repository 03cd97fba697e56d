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
import java.util.function.Consumer;

/**
 * What became of an {@link IssuanceRequest}.
 *
 * @param <R> what was asked for
 */
public sealed interface IssuanceResult<R> {

    /** Hands what was asked for to {@code granted}, or else why there is nothing to {@code refused}. */
    void tell(Consumer<? super R> granted, Consumer<Refused<R>> refused);

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
            implements IssuanceResult<Passed> {
        public Passed {
            shown = Set.copyOf(shown);
        }

        @Override
        public void tell(Consumer<? super Passed> granted, Consumer<Refused<Passed>> refused) {
            granted.accept(this);
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
            implements IssuanceResult<Certified> {
        public Certified {
            certificates = List.copyOf(certificates);
            withheld = List.copyOf(withheld);
        }

        @Override
        public void tell(Consumer<? super Certified> granted, Consumer<Refused<Certified>> refused) {
            granted.accept(this);
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
    record Proven(OpaqueId consent, DeviceKey device) implements IssuanceResult<Proven> {
        @Override
        public void tell(Consumer<? super Proven> granted, Consumer<Refused<Proven>> refused) {
            granted.accept(this);
        }
    }

    /** Nothing is issued. */
    sealed interface Refused<R> extends IssuanceResult<R> {
        @Override
        default void tell(Consumer<? super R> granted, Consumer<Refused<R>> refused) {
            refused.accept(this);
        }
    }

    /** Nothing is issued, by a fault of the application. */
    record Denied<R>(Denial why) implements Refused<R> {}

    /** Nothing can be issued now; the text is for people. */
    record Impossible<R>(String why) implements Refused<R> {}

    /** It waited for too long before anything was done. */
    record TooLate<R>() implements Refused<R> {}

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
