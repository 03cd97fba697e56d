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
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Decides a batch of applications: one look-up of their consents and records, each device's proof, one use of the proofs'
 * ids, and then what is signed. Belongs to one thread.
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
     * @param clockIsOff whether our clock is too far off to stamp anything
     * @param nanoClock as {@link System#nanoTime}
     */
    public record Surroundings(
            InstantSource clock, BooleanSupplier clockIsOff, LongSupplier nanoClock, IssuingObserver observer) {}

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

    /** How far an application has come. */
    private sealed interface State {
        /** It is settled. */
        record Settled(IssuanceResult issuanceResult) implements State {}

        /** It may have what it asks for, if its proof was not used before. */
        record Cleared(Optional<ConsentState> standing, Optional<ProofCheck.Valid> proof) implements State {}
    }

    /** A decision for each, in order. */
    List<IssuanceResult> decide(List<IssuanceRequest> applications) {
        if (surroundings.clockIsOff.getAsBoolean()) {
            IssuanceResult off = new IssuanceResult.Impossible("This gateway's clock is off.");
            return applications.stream().map(each -> off).toList();
        }
        LongSupplier nanoClock = surroundings.nanoClock;
        long startedNs = nanoClock.getAsLong();
        List<State> states = examine(applications);
        long examinedNs = nanoClock.getAsLong();
        ReplayCache.Used used = replayCache.use(ids(states));
        long usedNs = nanoClock.getAsLong();
        List<IssuanceResult> decisions = conclude(applications, states, used, startedNs + FRESH_NS);
        IssuingObserver observer = surroundings.observer;
        observer.stageTook(IssuingObserver.Stage.EXAMINE, examinedNs - startedNs);
        observer.stageTook(IssuingObserver.Stage.USE_PROOFS, usedNs - examinedNs);
        observer.stageTook(IssuingObserver.Stage.SIGN, nanoClock.getAsLong() - usedNs);
        return decisions;
    }

    private List<State> examine(List<IssuanceRequest> applications) {
        Set<OpaqueId> consents = new HashSet<>();
        applications.forEach(issuanceRequest -> issuanceRequest.consent().ifPresent(consents::add));
        try {
            Map<OpaqueId, ConsentState> found = consentStates.find(consents);
            return applications.stream()
                    .map(issuanceRequest -> examine(issuanceRequest, standing(issuanceRequest, found)))
                    .toList();
        } catch (Unavailable lost) {
            State impossible = new State.Settled(new IssuanceResult.Impossible(lost.why()));
            return applications.stream()
                    .map(issuanceRequest -> issuanceRequest.consent().isPresent()
                            ? impossible
                            : examine(issuanceRequest, Optional.empty()))
                    .toList();
        }
    }

    /** A consent of another provider is none. */
    private static Optional<ConsentState> standing(IssuanceRequest issuanceRequest, Map<OpaqueId, ConsentState> found) {
        return issuanceRequest
                .consent()
                .flatMap(id -> Optional.ofNullable(found.get(id)))
                .filter(consentState -> consentState
                        .provider()
                        .equals(issuanceRequest.provider().name()));
    }

    private State examine(IssuanceRequest issuanceRequest, Optional<ConsentState> standing) {
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

    private static boolean needsProof(IssuanceRequest issuanceRequest) {
        return switch (issuanceRequest.wish()) {
            case IssuanceRequest.Wish.Pass unused -> issuanceRequest.provider().requiresProof();
            case IssuanceRequest.Wish.Certificates unused -> true;
            case IssuanceRequest.Wish.Registration() -> true;
        };
    }

    private ProofCheck check(IssuanceRequest issuanceRequest, ConsentState consentState) {
        ExpectedProof expected = new ExpectedProof(
                issuanceRequest.provider().name(),
                "POST",
                issuanceRequest.provider().htu(),
                issuanceRequest.consent().map(OpaqueId::text).orElse(""),
                issuanceRequest.at());
        return issuanceRequest.wish() instanceof IssuanceRequest.Wish.Registration
                ? proofs.checkRegistration(issuanceRequest.proofs(), expected)
                : proofs.check(issuanceRequest.proofs(), expected, consentState.device());
    }

    private static State denied(Denial why) {
        return new State.Settled(new IssuanceResult.Denied(why));
    }

    private static List<ProofId> ids(List<State> states) {
        List<ProofId> ids = new ArrayList<>();
        for (State state : states) {
            if (state instanceof State.Cleared(var standing, var proof)) {
                proof.ifPresent(valid -> ids.add(valid.id()));
            }
        }
        return ids;
    }

    private List<IssuanceResult> conclude(
            List<IssuanceRequest> applications, List<State> states, ReplayCache.Used used, long freshUntilNs) {
        RememberedBy memory = used.isShared() ? RememberedBy.ALL : RememberedBy.THIS_GATEWAY;
        List<IssuanceResult> decisions = new ArrayList<>(applications.size());
        int next = 0;
        for (int i = 0; i < applications.size(); i++) {
            switch (states.get(i)) {
                case State.Settled(var issuanceResult) -> decisions.add(issuanceResult);
                case State.Cleared(var standing, var proof) -> {
                    boolean isReplayed = proof.isPresent() && !used.isFirst(next++);
                    if (standing.isPresent() && isOld(applications.get(i).wish(), freshUntilNs)) {
                        decisions.add(new IssuanceResult.Impossible("The records took too long to be told."));
                    } else if (isReplayed) {
                        decisions.add(new IssuanceResult.Denied(new Denial.NotProven(ProofProblem.PROOF_REPLAYED)));
                    } else {
                        RememberedBy by = proof.isPresent() ? memory : RememberedBy.NOBODY;
                        decisions.add(conclude(applications.get(i), standing, proof, by));
                    }
                }
            }
        }
        return decisions;
    }

    /** A phone that has proven itself is told nothing, and its consent is looked up again by whoever keeps it. */
    private boolean isOld(IssuanceRequest.Wish wish, long freshUntilNs) {
        return !(wish instanceof IssuanceRequest.Wish.Registration)
                && surroundings.nanoClock.getAsLong() - freshUntilNs > 0;
    }

    private IssuanceResult conclude(
            IssuanceRequest issuanceRequest,
            Optional<ConsentState> standing,
            Optional<ProofCheck.Valid> proof,
            RememberedBy memory) {
        try {
            return switch (issuanceRequest.wish()) {
                case IssuanceRequest.Wish.Pass(var picture) ->
                    passes.make(
                            issuanceRequest.provider().name(), standing, surroundings.clock.instant(), memory, picture);
                case IssuanceRequest.Wish.Certificates(var subject) ->
                    certificates.make(issuanceRequest.consent().orElseThrow(), standing.orElseThrow(), subject);
                case IssuanceRequest.Wish.Registration() ->
                    new IssuanceResult.Proven(
                            issuanceRequest.consent().orElseThrow(),
                            proof.orElseThrow().key());
            };
        } catch (Unavailable lost) {
            return new IssuanceResult.Impossible(lost.why());
        }
    }
}
