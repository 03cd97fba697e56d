package io.passgate.issuance;

import io.passgate.dpop.DeviceProofs;
import io.passgate.dpop.ExpectedProof;
import io.passgate.dpop.ProofCheck;
import io.passgate.dpop.ProofId;
import io.passgate.dpop.ProofProblem;
import io.passgate.dpop.ReplayCache;
import io.passgate.issuance.IssuanceResult.Denial;
import io.passgate.issuance.IssuanceResult.RememberedBy;
import io.passgate.model.OpaqueId;
import io.passgate.model.Unavailable;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Decides a batch of applications: one look-up of their consents and records, each device's proof, one use of the
 * proofs' ids, and then what is signed. Belongs to one thread.
 */
public final class IssuanceWorker {
    /** What was looked up so long ago is no longer told: a consent may have been withdrawn meanwhile. */
    private static final long FRESH_NS = TimeUnit.MILLISECONDS.toNanos(800);

    private final ConsentStates consentStates;
    private final DeviceProofs proofs;
    private final ReplayCache replayCache;
    private final PassMaker passes;
    private final CertificateMaker certificates;
    private final Surroundings surroundings;

    /**
     * What deciding needs of the process.
     *
     * @param clock when passes are issued
     * @param impossibleBecause why nothing at all can be issued now, such as by a clock that is too far off
     * @param nanoClock as {@link System#nanoTime}
     * @param observer hears how long the parts of the work take
     */
    public record Surroundings(
            InstantSource clock,
            Supplier<Optional<String>> impossibleBecause,
            LongSupplier nanoClock,
            IssuingObserver observer) {}

    /**
     * The worker of one thread.
     *
     * @param consentStates where consents and records are looked up
     * @param proofs checks the proofs of devices
     * @param replayCache where the ids of proofs are used up
     * @param passes makes entry passes
     * @param certificates makes wallet certificates
     * @param surroundings what it needs of the process
     */
    public IssuanceWorker(
            ConsentStates consentStates,
            DeviceProofs proofs,
            ReplayCache replayCache,
            PassMaker passes,
            CertificateMaker certificates,
            Surroundings surroundings) {
        this.consentStates = consentStates;
        this.proofs = proofs;
        this.replayCache = replayCache;
        this.passes = passes;
        this.certificates = certificates;
        this.surroundings = surroundings;
    }

    /** How far a request has come. */
    private sealed interface State {
        /** It is refused. */
        record Denied(Denial why) implements State {}

        /** Nothing can be issued for now. */
        record Impossible(String why) implements State {}

        /** It may have what it asks for, if its proof was not used before. */
        record Cleared(Optional<ConsentState> standing, Optional<ProofCheck.Valid> proof) implements State {}
    }

    /** Settles each of a batch. */
    void settle(List<? extends QueuedRequest<?>> batch) {
        Optional<String> impossible = surroundings.impossibleBecause.get();
        if (impossible.isPresent()) {
            batch.forEach(one -> one.settleAsImpossible(impossible.get()));
            return;
        }
        LongSupplier nanoClock = surroundings.nanoClock;
        long startedNs = nanoClock.getAsLong();
        List<State> states = examine(batch.stream().map(QueuedRequest::request).toList());
        long examinedNs = nanoClock.getAsLong();
        ReplayCache.Used used = replayCache.use(ids(states));
        long usedNs = nanoClock.getAsLong();
        conclude(batch, states, used, startedNs + FRESH_NS);
        IssuingObserver observer = surroundings.observer;
        observer.stageTook(IssuingObserver.Stage.EXAMINE, examinedNs - startedNs);
        observer.stageTook(IssuingObserver.Stage.USE_PROOFS, usedNs - examinedNs);
        observer.stageTook(IssuingObserver.Stage.SIGN, nanoClock.getAsLong() - usedNs);
    }

    private List<State> examine(List<? extends IssuanceRequest<?>> applications) {
        Set<OpaqueId> consents = new HashSet<>();
        applications.forEach(issuanceRequest -> issuanceRequest.consent().ifPresent(consents::add));
        try {
            Map<OpaqueId, ConsentState> found = consentStates.find(consents);
            return applications.stream()
                    .map(issuanceRequest -> examine(issuanceRequest, standing(issuanceRequest, found)))
                    .toList();
        } catch (Unavailable lost) {
            State impossible = new State.Impossible(lost.why());
            return applications.stream()
                    .map(issuanceRequest -> issuanceRequest.consent().isPresent()
                            ? impossible
                            : examine(issuanceRequest, Optional.empty()))
                    .toList();
        }
    }

    /** A consent of another provider is none. */
    private static Optional<ConsentState> standing(
            IssuanceRequest<?> issuanceRequest, Map<OpaqueId, ConsentState> found) {
        return issuanceRequest
                .consent()
                .flatMap(id -> Optional.ofNullable(found.get(id)))
                .filter(consentState -> consentState
                        .provider()
                        .equals(issuanceRequest.provider().name()));
    }

    private State examine(IssuanceRequest<?> issuanceRequest, Optional<ConsentState> standing) {
        if (issuanceRequest.consent().isPresent() && standing.isEmpty()) {
            return denied(new Denial.ConsentUnknown());
        }
        if (!needsProof(issuanceRequest) && issuanceRequest.proofs().isEmpty()) {
            return new State.Cleared(standing, Optional.empty());
        }
        if (issuanceRequest.proofs().isEmpty()) {
            return denied(new Denial.NotProven(ProofProblem.PROOF_MISSING));
        }
        if (standing.isEmpty()) {
            return denied(new Denial.NotProven(ProofProblem.DEVICE_UNKNOWN));
        }
        ProofCheck check = check(issuanceRequest, standing.get());
        return switch (check) {
            case ProofCheck.Refused(var problem) -> denied(new Denial.NotProven(problem));
            case ProofCheck.Valid valid -> new State.Cleared(standing, Optional.of(valid));
        };
    }

    private static boolean needsProof(IssuanceRequest<?> issuanceRequest) {
        return switch (issuanceRequest.kind()) {
            case RequestKind.Pass _ -> issuanceRequest.provider().requiresProof();
            case RequestKind.Certificates _ -> true;
            case RequestKind.Registration() -> true;
        };
    }

    private ProofCheck check(IssuanceRequest<?> issuanceRequest, ConsentState consentState) {
        ExpectedProof expected = new ExpectedProof(
                issuanceRequest.provider().name(),
                "POST",
                issuanceRequest.provider().htu(),
                issuanceRequest.consent().map(OpaqueId::text).orElse(""),
                issuanceRequest.at());
        return issuanceRequest.kind() instanceof RequestKind.Registration
                ? proofs.checkRegistration(issuanceRequest.proofs(), expected)
                : proofs.check(issuanceRequest.proofs(), expected, consentState.device());
    }

    private static State denied(Denial why) {
        return new State.Denied(why);
    }

    private static List<ProofId> ids(List<State> states) {
        List<ProofId> ids = new ArrayList<>();
        for (State state : states) {
            if (state instanceof State.Cleared cleared) {
                cleared.proof.ifPresent(valid -> ids.add(valid.id()));
            }
        }
        return ids;
    }

    private void conclude(
            List<? extends QueuedRequest<?>> batch, List<State> states, ReplayCache.Used used, long freshUntilNs) {
        RememberedBy memory = used.isShared() ? RememberedBy.ALL : RememberedBy.THIS_GATEWAY;
        int next = 0;
        for (int i = 0; i < batch.size(); i++) {
            QueuedRequest<?> one = batch.get(i);
            switch (states.get(i)) {
                case State.Denied(var why) -> one.settleAsDenied(why);
                case State.Impossible(var why) -> one.settleAsImpossible(why);
                case State.Cleared cleared -> {
                    boolean isReplayed = cleared.proof.isPresent() && !used.isFirst(next++);
                    if (cleared.standing.isPresent() && isOld(one.request().kind(), freshUntilNs)) {
                        one.settleAsImpossible("The records took too long to be told.");
                    } else if (isReplayed) {
                        one.settleAsDenied(new Denial.NotProven(ProofProblem.PROOF_REPLAYED));
                    } else {
                        RememberedBy by = cleared.proof.isPresent() ? memory : RememberedBy.NOBODY;
                        conclude(one, cleared, by);
                    }
                }
            }
        }
    }

    /** A phone that has proven itself is told nothing, and its consent is looked up again by whoever keeps it. */
    private boolean isOld(RequestKind<?> kind, long freshUntilNs) {
        return !(kind instanceof RequestKind.Registration) && surroundings.nanoClock.getAsLong() - freshUntilNs > 0;
    }

    private void conclude(QueuedRequest<?> one, State.Cleared cleared, RememberedBy memory) {
        try {
            one.settleBy(new ClearedMaker(one.request(), cleared, memory));
        } catch (Unavailable lost) {
            one.settleAsImpossible(lost.why());
        }
    }

    /** Makes what a cleared request asks for. */
    private final class ClearedMaker implements RequestKind.Maker {
        private final IssuanceRequest<?> request;
        private final State.Cleared cleared;
        private final RememberedBy memory;

        ClearedMaker(IssuanceRequest<?> request, State.Cleared cleared, RememberedBy memory) {
            this.request = request;
            this.cleared = cleared;
            this.memory = memory;
        }

        @Override
        public IssuanceResult<IssuanceResult.Passed> make(RequestKind.Pass asked) {
            return passes.make(
                    request.provider().name(), cleared.standing, surroundings.clock.instant(), memory, asked.picture());
        }

        @Override
        public IssuanceResult<IssuanceResult.Certified> make(RequestKind.Certificates asked) {
            return certificates.make(request.consent().orElseThrow(), cleared.standing.orElseThrow(), asked.subject());
        }

        @Override
        public IssuanceResult<IssuanceResult.Proven> make(RequestKind.Registration asked) {
            return new IssuanceResult.Proven(
                    request.consent().orElseThrow(), cleared.proof.orElseThrow().key());
        }
    }
}
