package io.passgate.store.changelog;

import io.passgate.access.ClientDirectory;
import io.passgate.revocation.RevocationList;
import io.passgate.trust.TrustList;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * What all changes up to one position come to. Immutable.
 *
 * @param logPosition the position of the last of them
 * @param signers that are trusted
 * @param revocations that are in force, and those that ran out since they were last put in order
 * @param clientDirectory whose tokens are valid, and those that ran out since they were last put in order
 */
public record ReplicatedState(
        LogPosition logPosition, TrustList signers, RevocationList revocations, ClientDirectory clientDirectory) {

    /**
     * {@return this with one change more}
     *
     * @param change that follows on this
     * @param after the position behind it, taken as it is
     */
    public ReplicatedState after(Change change, LogPosition after) {
        return switch (change) {
            case Change.SignersAdded(var added) ->
                new ReplicatedState(after, signers.with(added, Set.of()), revocations, clientDirectory);
            case Change.SignersRemoved(var ids) ->
                new ReplicatedState(after, signers.with(List.of(), ids), revocations, clientDirectory);
            case Change.RevocationsAdded(var added) ->
                new ReplicatedState(after, signers, revocations.with(added, List.of()), clientDirectory);
            case Change.RevocationsRemoved(var keys) ->
                new ReplicatedState(after, signers, revocations.with(List.of(), keys), clientDirectory);
            case Change.ClientsAdded(var grants) ->
                new ReplicatedState(after, signers, revocations, clientDirectory.with(grants, List.of()));
            case Change.ClientsRemoved(var tokens) ->
                new ReplicatedState(after, signers, revocations, clientDirectory.with(List.of(), tokens));
        };
    }

    /** {@return whether an overlay has grown so large that {@link #merged} is worth its time} */
    public boolean wantsMerge() {
        return revocations.wantsMerge() || clientDirectory.wantsMerge();
    }

    /**
     * {@return the same with the overlays that have grown large worked into what they lie over}
     *
     * @param now what has expired by then is left out of them
     */
    public ReplicatedState merged(Instant now) {
        return new ReplicatedState(
                logPosition,
                signers,
                revocations.wantsMerge() ? revocations.merged(now) : revocations,
                clientDirectory.wantsMerge() ? clientDirectory.merged(now) : clientDirectory);
    }
}
