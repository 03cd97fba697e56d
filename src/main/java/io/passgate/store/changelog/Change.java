package io.passgate.store.changelog;

import io.passgate.access.ClientToken;
import io.passgate.access.TokenHash;
import io.passgate.revocation.Revocation;
import io.passgate.revocation.RevocationKey;
import io.passgate.trust.Signer;
import java.util.List;
import java.util.Set;

/** What happened under one sequence number. Applying it twice is applying it once. */
public sealed interface Change {
    /** How much one change may hold: what a stream entry carries stays well below a mebibyte. */
    int MAX_ITEMS = 1_000;

    /**
     * Signers are trusted from now on.
     *
     * @param signers of which those that are there already count once
     */
    record SignersAdded(List<Signer> signers) implements Change {
        /**
         * Copies the signers.
         *
         * @throws IllegalArgumentException if there are more than {@link Change#MAX_ITEMS}
         */
        public SignersAdded {
            signers = bounded(signers);
        }
    }

    /**
     * Signers are trusted no more.
     *
     * @param ids of {@link Signer#id}; one that is unknown changes nothing
     */
    record SignersRemoved(Set<String> ids) implements Change {
        /**
         * Copies the ids.
         *
         * @throws IllegalArgumentException if there are more than {@link Change#MAX_ITEMS}
         */
        public SignersRemoved {
            ids = Set.copyOf(bounded(List.copyOf(ids)));
        }
    }

    /**
     * Credentials are revoked. An entry that was there gets the new expiry.
     *
     * @param revocations with their expiry
     */
    record RevocationsAdded(List<Revocation> revocations) implements Change {
        /**
         * Copies the entries.
         *
         * @throws IllegalArgumentException if there are more than {@link Change#MAX_ITEMS}
         */
        public RevocationsAdded {
            revocations = bounded(revocations);
        }
    }

    /**
     * Revocations are taken back.
     *
     * @param keys of the entries, whatever their expiry
     */
    record RevocationsRemoved(List<RevocationKey> keys) implements Change {
        /**
         * Copies the keys.
         *
         * @throws IllegalArgumentException if there are more than {@link Change#MAX_ITEMS}
         */
        public RevocationsRemoved {
            keys = bounded(keys);
        }
    }

    /**
     * Tokens are valid from now on. One that was there gets the new client.
     *
     * @param grants the tokens, by their hashes, and whose they are
     */
    record ClientsAdded(List<ClientToken> grants) implements Change {
        /**
         * Copies the grants.
         *
         * @throws IllegalArgumentException if there are more than {@link Change#MAX_ITEMS}
         */
        public ClientsAdded {
            grants = bounded(grants);
        }
    }

    /**
     * Tokens are revoked.
     *
     * @param tokens by their hashes
     */
    record ClientsRemoved(List<TokenHash> tokens) implements Change {
        /**
         * Copies the hashes.
         *
         * @throws IllegalArgumentException if there are more than {@link Change#MAX_ITEMS}
         */
        public ClientsRemoved {
            tokens = bounded(tokens);
        }
    }

    private static <T> List<T> bounded(List<T> items) {
        if (items.size() > MAX_ITEMS) {
            throw new IllegalArgumentException("a change has at most " + MAX_ITEMS + " items, not " + items.size());
        }
        return List.copyOf(items);
    }
}
