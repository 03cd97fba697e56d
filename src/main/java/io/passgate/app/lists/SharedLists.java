package io.passgate.app.lists;

import io.passgate.access.ClientDirectory;
import io.passgate.engine.TrustContext;
import io.passgate.http.admin.AdminOperations;
import io.passgate.revocation.Revocation;
import io.passgate.store.feed.AdminCommands;
import io.passgate.store.feed.ChangeFeed;
import io.passgate.trust.Rejection;
import io.passgate.trust.Signer;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The lists that all gateways share, from PostgreSQL through Redis. */
public final class SharedLists implements ListSource {
    private final ChangeFeed changeFeed;

    /**
     * Follows nothing before it is started.
     *
     * @param changeFeed which the lists come from, and which is closed with them
     */
    public SharedLists(ChangeFeed changeFeed) {
        this.changeFeed = changeFeed;
    }

    @Override
    public void start() {
        changeFeed.start();
    }

    @Override
    public TrustContext lists() {
        boolean clockOff = changeFeed.clockCheck().isOff();
        return changeFeed.lists((trust, revocations) -> new TrustContext(trust, revocations, clockOff));
    }

    @Override
    public Optional<ClientDirectory> clients() {
        return changeFeed.clients();
    }

    @Override
    public Optional<AdminOperations> authority() {
        return Optional.of(new StoredAuthority(changeFeed.authority()));
    }

    /** The interface's own words for what the store does. */
    private record StoredAuthority(AdminCommands store) implements AdminOperations {
        @Override
        public Future<List<Rejection>> addSigners(String by, List<Signer> signers) {
            return store.addSigners(by, signers);
        }

        @Override
        public Future<Boolean> removeSigner(String by, String id) {
            return store.removeSigners(by, List.of(id)).map(removed -> removed > 0);
        }

        @Override
        public Future<List<Long>> addRevocations(List<Revocation> revocations) {
            return store.addRevocations(revocations);
        }

        @Override
        public Future<Boolean> removeRevocation(long id) {
            return store.removeRevocation(id);
        }
    }

    @Override
    public List<String> notReadyBecause() {
        return changeFeed.clockCheck().isOff()
                ? List.of("this gateway's clock is off those of PostgreSQL and Redis")
                : List.of();
    }

    @Override
    public List<String> warnings() {
        return changeFeed.warnings();
    }

    @Override
    public void close(Duration patience) {
        changeFeed.close(patience);
    }
}
