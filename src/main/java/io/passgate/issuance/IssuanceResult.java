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

    /**
     * Tells one of two, on the caller's thread.
     *
     * @param granted gets what was asked for
     * @param refused gets why there is nothing, if there is nothing
     */
    void tell(Consumer<? super R> granted, Consumer<Refused<R>> refused);

    /**
     * A pass.
     *
     * @param payload the text of its QR code
     * @param id which only the provider can join with its holder
     * @param issuedAt in whole seconds
     * @param expiresAt what the pass says; whoever verifies it may tolerate a little more
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
        /** Copies {@code shown}. */
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

    /**
     * Wallet certificates, to be kept before they are handed out.
     *
     * @param consent by which they were asked for
     * @param certificates at least one
     * @param withheld the records of the consent's scope that none was made of
     */
    record Certified(OpaqueId consent, List<Certificate> certificates, List<Withheld> withheld)
            implements IssuanceResult<Certified> {
        /** Copies both lists. */
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

    /**
     * A certificate and what is kept of it.
     *
     * @param payload the text of its QR code
     * @param issued what is kept
     */
    record Certificate(String payload, IssuedCertificates.Issued issued) {
        @Override
        public String toString() {
            return "Certificate[…]";
        }
    }

    /**
     * A record that no certificate can be made of.
     *
     * @param consentScope what kind of record it is
     * @param reason why none can be made
     */
    record Withheld(ConsentScope consentScope, Uncertifiable reason) {}

    /**
     * A device has shown that it holds this key.
     *
     * @param consent for which it is to be registered
     * @param device the key; nothing has been kept of it yet
     */
    record Proven(OpaqueId consent, DeviceKey device) implements IssuanceResult<Proven> {
        @Override
        public void tell(Consumer<? super Proven> granted, Consumer<Refused<Proven>> refused) {
            granted.accept(this);
        }
    }

    /**
     * Nothing is issued.
     *
     * @param <R> what was asked for
     */
    sealed interface Refused<R> extends IssuanceResult<R> {
        @Override
        default void tell(Consumer<? super R> granted, Consumer<Refused<R>> refused) {
            refused.accept(this);
        }
    }

    /**
     * Nothing is issued, by a fault of the application.
     *
     * @param <R> what was asked for
     * @param why what the fault is
     */
    record Denied<R>(Denial why) implements Refused<R> {}

    /**
     * Nothing can be issued now.
     *
     * @param <R> what was asked for
     * @param why a text for people
     */
    record Impossible<R>(String why) implements Refused<R> {}

    /**
     * It waited for too long before anything was done.
     *
     * @param <R> what was asked for
     */
    record TooLate<R>() implements Refused<R> {}

    /** Why nothing is issued. */
    sealed interface Denial {
        /** The provider has no such consent. */
        record ConsentUnknown() implements Denial {}

        /** The holder lets the provider show no record. */
        record NothingConsented() implements Denial {}

        /**
         * None of the records that may be shown can be put into a certificate.
         *
         * @param withheld each of them; none where there are no such records
         */
        record NothingToCertify(List<Withheld> withheld) implements Denial {}

        /**
         * The device did not prove itself.
         *
         * @param problem what is wrong with its proof
         */
        record NotProven(ProofProblem problem) implements Denial {}
    }
}
