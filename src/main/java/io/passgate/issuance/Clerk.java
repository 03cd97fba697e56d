package io.passgate.issuance;

import io.passgate.dpop.DeviceProofs;
import io.passgate.dpop.ExpectedProof;
import io.passgate.dpop.ProofCheck;
import io.passgate.dpop.ProofId;
import io.passgate.dpop.ReplayCache;
import io.passgate.dpop.ProofProblem;
import io.passgate.issuance.Decision.Denial;
import io.passgate.issuance.Decision.RememberedBy;
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
public final class Clerk {
    /** What was looked up so long ago is no longer told: a consent may have been withdrawn meanwhile. */
    private static final long FRESH_NS = TimeUnit.MILLISECONDS.toNanos(800);

    private final Standings standings;
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

    public Clerk(
            Standings standings,
            DeviceProofs proofs,
            ReplayCache replayCache,
            PassMaker passes,
            CertificateMaker certificates,
            Surroundings surroundings) {
        this.standings = standings;
        this.proofs = proofs;
        this.replayCache = replayCache;
        this.passes = passes;
        this.certificates = certificates;
        this.surroundings = surroundings;
    }

    /** How far an application has come. */
    private sealed interface State {
        /** It is settled. */
        record Settled(Decision decision) implements State {}

        /** It may have what it asks for, if its proof was not used before. */
        record Cleared(Optional<Standing> standing, Optional<ProofCheck.Valid> proof) implements State {}
    }

    /** A decision for each, in order. */
    List<Decision> decide(List<Application> applications) {
        if (surroundings.clockIsOff.getAsBoolean()) {
            Decision off = new Decision.Impossible("This gateway's clock is off.");
            return applications.stream().map(each -> off).toList();
        }
        LongSupplier nanoClock = surroundings.nanoClock;
        long startedNs = nanoClock.getAsLong();
        List<State> states = examine(applications);
        long examinedNs = nanoClock.getAsLong();
        ReplayCache.Used used = replayCache.use(ids(states));
        long usedNs = nanoClock.getAsLong();
        List<Decision> decisions = conclude(applications, states, used, startedNs + FRESH_NS);
        IssuingObserver observer = surroundings.observer;
        observer.stageTook(IssuingObserver.Stage.EXAMINE, examinedNs - startedNs);
        observer.stageTook(IssuingObserver.Stage.USE_PROOFS, usedNs - examinedNs);
        observer.stageTook(IssuingObserver.Stage.SIGN, nanoClock.getAsLong() - usedNs);
        return decisions;
    }

    private List<State> examine(List<Application> applications) {
        Set<OpaqueId> consents = new HashSet<>();
        applications.forEach(application -> application.consent().ifPresent(consents::add));
        try {
            Map<OpaqueId, Standing> found = standings.find(consents);
            return applications.stream()
                    .map(application -> examine(application, standing(application, found)))
                    .toList();
        } catch (Unavailable lost) {
            State impossible = new State.Settled(new Decision.Impossible(lost.why()));
            return applications.stream()
                    .map(application ->
                            application.consent().isPresent() ? impossible : examine(application, Optional.empty()))
                    .toList();
        }
    }

    /** A consent of another provider is none. */
    private static Optional<Standing> standing(Application application, Map<OpaqueId, Standing> found) {
        return application
                .consent()
                .flatMap(id -> Optional.ofNullable(found.get(id)))
                .filter(standing ->
                        standing.provider().equals(application.provider().name()));
    }

    private State examine(Application application, Optional<Standing> standing) {
        if (application.consent().isPresent() && standing.isEmpty()) {
            return denied(new Denial.ConsentUnknown());
        }
        if (!needsProof(application) && application.proofs().isEmpty()) {
            return new State.Cleared(standing, Optional.empty());
        }
        if (application.proofs().isEmpty()) {
            return denied(new Denial.NotProven(ProofProblem.PROOF_MISSING));
        }
        if (standing.isEmpty()) {
            return denied(new Denial.NotProven(ProofProblem.DEVICE_UNKNOWN));
        }
        ProofCheck check = check(application, standing.get());
        return switch (check) {
            case ProofCheck.Refused(var problem) -> denied(new Denial.NotProven(problem));
            case ProofCheck.Valid valid -> new State.Cleared(standing, Optional.of(valid));
        };
    }

    private static boolean needsProof(Application application) {
        return switch (application.wish()) {
            case Application.Wish.Pass unused -> application.provider().requiresProof();
            case Application.Wish.Certificates unused -> true;
            case Application.Wish.Registration() -> true;
        };
    }

    private ProofCheck check(Application application, Standing standing) {
        ExpectedProof expected = new ExpectedProof(
                application.provider().name(),
                "POST",
                application.provider().htu(),
                application.consent().map(OpaqueId::text).orElse(""),
                application.at());
        return application.wish() instanceof Application.Wish.Registration
                ? proofs.checkRegistration(application.proofs(), expected)
                : proofs.check(application.proofs(), expected, standing.device());
    }

    private static State denied(Denial why) {
        return new State.Settled(new Decision.Denied(why));
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

    private List<Decision> conclude(
            List<Application> applications, List<State> states, ReplayCache.Used used, long freshUntilNs) {
        RememberedBy memory = used.isShared() ? RememberedBy.ALL : RememberedBy.THIS_GATEWAY;
        List<Decision> decisions = new ArrayList<>(applications.size());
        int next = 0;
        for (int i = 0; i < applications.size(); i++) {
            switch (states.get(i)) {
                case State.Settled(var decision) -> decisions.add(decision);
                case State.Cleared(var standing, var proof) -> {
                    boolean isReplayed = proof.isPresent() && !used.isFirst(next++);
                    if (standing.isPresent() && isOld(applications.get(i).wish(), freshUntilNs)) {
                        decisions.add(new Decision.Impossible("The records took too long to be told."));
                    } else if (isReplayed) {
                        decisions.add(new Decision.Denied(new Denial.NotProven(ProofProblem.PROOF_REPLAYED)));
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
    private boolean isOld(Application.Wish wish, long freshUntilNs) {
        return !(wish instanceof Application.Wish.Registration)
                && surroundings.nanoClock.getAsLong() - freshUntilNs > 0;
    }

    private Decision conclude(
            Application application,
            Optional<Standing> standing,
            Optional<ProofCheck.Valid> proof,
            RememberedBy memory) {
        try {
            return switch (application.wish()) {
                case Application.Wish.Pass(var picture) ->
                    passes.make(application.provider().name(), standing, surroundings.clock.instant(), memory, picture);
                case Application.Wish.Certificates(var subject) ->
                    certificates.make(application.consent().orElseThrow(), standing.orElseThrow(), subject);
                case Application.Wish.Registration() ->
                    new Decision.Proven(
                            application.consent().orElseThrow(),
                            proof.orElseThrow().key());
            };
        } catch (Unavailable lost) {
            return new Decision.Impossible(lost.why());
        }
    }
}
