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

    record SignersAdded(List<Signer> signers) implements Change {
        public SignersAdded {
            signers = bounded(signers);
        }
    }

    /** @param ids of {@link Signer#id} */
    record SignersRemoved(Set<String> ids) implements Change {
        public SignersRemoved {
            ids = Set.copyOf(bounded(List.copyOf(ids)));
        }
    }

    /** An entry that was there gets the new expiry. */
    record RevocationsAdded(List<Revocation> revocations) implements Change {
        public RevocationsAdded {
            revocations = bounded(revocations);
        }
    }

    record RevocationsRemoved(List<RevocationKey> keys) implements Change {
        public RevocationsRemoved {
            keys = bounded(keys);
        }
    }

    record ClientsAdded(List<ClientToken> grants) implements Change {
        public ClientsAdded {
            grants = bounded(grants);
        }
    }

    record ClientsRemoved(List<TokenHash> tokens) implements Change {
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
