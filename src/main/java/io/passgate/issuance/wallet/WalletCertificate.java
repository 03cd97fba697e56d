package io.passgate.issuance.wallet;

import io.passgate.model.EventKind;
import java.time.Instant;

/** What became of one event of a record. */
public sealed interface WalletCertificate {
    /** The entry it was made of: its index in the list given. */
    int entry();

    EventKind kind();

    /**
     * A certificate was made.
     *
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

    /** None was made. */
    record Withheld(int entry, EventKind kind, Uncertifiable reason) implements WalletCertificate {
        /** The reason only: the rest is a person's. */
        @Override
        public String toString() {
            return "Withheld[" + reason.code() + "]";
        }
    }
}
