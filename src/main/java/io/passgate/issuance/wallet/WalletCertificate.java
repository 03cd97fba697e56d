package io.passgate.issuance.wallet;

import io.passgate.model.EventKind;
import java.time.Instant;

/** What became of one event of a record. */
public sealed interface WalletCertificate {
    /** {@return the record it was made of: its index in the list given, from 0} */
    int entry();

    /** {@return what kind of event the record is} */
    EventKind kind();

    /**
     * A certificate was made.
     *
     * @param entry the index of its record
     * @param kind of the event that it shows
     * @param payload the text of a QR code, {@code "HC1:"} and Base45
     * @param uci its unique identifier (DCC {@code ci}), by which it can be revoked
     * @param expiresAt the last second of its validity
     */
    record Issued(int entry, EventKind kind, String payload, String uci, Instant expiresAt)
            implements WalletCertificate {
        /** Without what it is about. */
        @Override
        public String toString() {
            return "Issued[…]";
        }
    }

    /**
     * None was made.
     *
     * @param entry the index of the record
     * @param kind of the event that it would have shown
     * @param reason why
     */
    record Withheld(int entry, EventKind kind, Uncertifiable reason) implements WalletCertificate {
        /** The reason only: the rest is a person's. */
        @Override
        public String toString() {
            return "Withheld[" + reason.code() + "]";
        }
    }
}
