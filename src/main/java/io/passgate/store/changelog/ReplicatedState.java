package io.passgate.store.changelog;

import io.passgate.access.ClientDirectory;
import io.passgate.revocation.RevocationList;
import io.passgate.trust.TrustList;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** What all changes up to one position come to. Immutable. */
public record ReplicatedState(
        LogPosition logPosition, TrustList signers, RevocationList revocations, ClientDirectory clientDirectory) {

    /** This with one change more. */
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

    public boolean wantsMerge() {
        return revocations.wantsMerge() || clientDirectory.wantsMerge();
    }

    /** The same with its overlays worked into what they lie over, and without what has expired. */
    public ReplicatedState merged(Instant now) {
        return new ReplicatedState(
                logPosition,
                signers,
                revocations.wantsMerge() ? revocations.merged(now) : revocations,
                clientDirectory.wantsMerge() ? clientDirectory.merged(now) : clientDirectory);
    }
}
