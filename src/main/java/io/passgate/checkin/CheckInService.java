package io.passgate.checkin;

import io.passgate.checkin.OneTimeUse.Memory;
import io.passgate.checkin.OneTimeUse.Use;
import io.passgate.format.entrypass.PresentedPass;
import io.passgate.model.Credential;
import io.passgate.model.Korea;
import io.passgate.model.OpaqueId;
import io.passgate.model.PolicyResult;
import io.passgate.model.Reason;
import io.passgate.model.Verdict;
import io.passgate.model.VerificationResult;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Lets in whom the engine accepted: uses up the pass, writes the visit down, and says if the holder was just seen
 * elsewhere. Keeps nothing.
 */
public final class CheckInService {

    private final OneTimeUse uses;
    private final DuplicateHolders marks;
    private final HolderPseudonyms names;
    private final CheckInPolicy terms;
    private final CheckInObserver observer;
    private final RandomGenerator random;

    /**
     * Creates a service for all event loops.
     *
     * @param uses where it is known which passes have been used
     * @param marks where it is remembered that a holder was seen
     * @param names reads the holder's name for a day
     * @param terms how doors are kept
     * @param observer hears what becomes of check-ins
     * @param random for secrets, such as {@link java.security.SecureRandom}
     */
    public CheckInService(
            OneTimeUse uses,
            DuplicateHolders marks,
            HolderPseudonyms names,
            CheckInPolicy terms,
            CheckInObserver observer,
            RandomGenerator random) {
        this.uses = uses;
        this.marks = marks;
        this.names = names;
        this.terms = terms;
        this.observer = observer;
        this.random = random;
    }

    /**
     * One request of a facility.
     *
     * @param facility the name of its token
     * @param key its Idempotency-Key
     * @param payloads their digest, see {@link PayloadDigest}
     * @param at when it arrived
     */
    public record Request(String facility, String key, OpaqueId payloads, Instant at) {}

    /** What was accepted, on its way through the door. */
    private static final class Visitor {
        final int index;
        final VerificationResult verificationResult;
        final CheckInAttempt checkInAttempt;
        final Optional<OpaqueId> name;
        Set<Duplicate> duplicates = Set.of();

        Visitor(
                int index,
                VerificationResult verificationResult,
                CheckInAttempt checkInAttempt,
                Optional<OpaqueId> name) {
            this.index = index;
            this.verificationResult = verificationResult;
            this.checkInAttempt = checkInAttempt;
            this.name = name;
        }
    }

    /** {@return whether so many wait that no more should come} */
    public boolean isFull() {
        return uses.isFull();
    }

    /**
     * Checks in what was accepted of a request's payloads.
     *
     * @param request what the facility asked
     * @param judged the engine's results, one for each payload
     * @return the answer for all payloads in order; the future never fails
     */
    public Future<CheckInAnswer> checkIn(Request request, List<VerificationResult> judged) {
        KeyedRequest keyed = KeyedRequest.of(request);
        CheckInResult[] results = new CheckInResult[judged.size()];
        List<Visitor> visitors = new ArrayList<>(judged.size());
        for (int i = 0; i < results.length; i++) {
            VerificationResult verificationResult = judged.get(i);
            if (!(verificationResult.verdict() instanceof Verdict.Accepted)) {
                results[i] = CheckInResult.unchanged(verificationResult);
            } else if (isUnasked(verificationResult)) {
                results[i] = CheckInResult.because(Reason.WALLET_NOT_ADMITTED, verificationResult, Set.of());
            } else {
                visitors.add(visitor(request, keyed, i, verificationResult));
            }
        }
        Future<List<Visitor>> passed =
                terms.refusesDuplicates() ? withoutDuplicates(visitors, results) : Future.succeededFuture(visitors);
        return passed.compose(admitted -> use(admitted, results)).map(answer -> {
            if (answer instanceof CheckInAnswer.Decided decided) {
                observer.decided(decided.results(), request.at);
            }
            return answer;
        });
    }

    /** A wallet certificate that no policy let in. */
    private static boolean isUnasked(VerificationResult verificationResult) {
        return PresentedPass.of(verificationResult).isEmpty()
                && !(verificationResult.policyResult() instanceof PolicyResult.Met);
    }

    private Visitor visitor(Request request, KeyedRequest keyed, int index, VerificationResult verificationResult) {
        Optional<PresentedPass> shown = PresentedPass.of(verificationResult);
        if (shown.isEmpty()) {
            OpaqueId id = keyed.entry(index, new byte[0]);
            LocalDate day = Korea.dayOf(request.at);
            Visit visit = new Visit(day, id, request.facility, Visit.WALLET, OpaqueId.random(random), request.at);
            CheckInAttempt checkInAttempt =
                    new CheckInAttempt(visit, Optional.empty(), keyed.keptUntil(), Optional.of(keyed));
            return new Visitor(index, verificationResult, checkInAttempt, Optional.empty());
        }
        PresentedPass pass = shown.get();
        byte[] passId = pass.id().toByteArray();
        Instant issuedAt =
                verificationResult.credential().map(Credential::validFrom).orElseThrow();
        LocalDate day = Korea.dayOf(issuedAt);
        Visit visit = new Visit(
                day, keyed.entry(index, passId), request.facility, pass.provider(), OpaqueId.of(passId), request.at);
        Instant keptUntil = pass.expiresAt().plus(terms.useKept());
        CheckInAttempt checkInAttempt = new CheckInAttempt(visit, Optional.of(issuedAt), keptUntil, Optional.of(keyed));
        return new Visitor(index, verificationResult, checkInAttempt, names.of(pass, day));
    }

    private Future<List<Visitor>> withoutDuplicates(List<Visitor> visitors, CheckInResult[] results) {
        return mark(visitors).map(marked -> {
            List<Visitor> left = new ArrayList<>(visitors.size());
            for (Visitor visitor : visitors) {
                if (visitor.duplicates.isEmpty()) {
                    left.add(visitor);
                } else {
                    results[visitor.index] = CheckInResult.because(
                            Reason.DUPLICATE_HOLDER, visitor.verificationResult, visitor.duplicates);
                }
            }
            return left;
        });
    }

    private Future<CheckInAnswer> use(List<Visitor> visitors, CheckInResult[] results) {
        if (visitors.isEmpty()) {
            return Future.succeededFuture(new CheckInAnswer.Decided(Arrays.asList(results), false));
        }
        List<CheckInAttempt> showings =
                visitors.stream().map(visitor -> visitor.checkInAttempt).toList();
        return uses.use(showings).compose(used -> {
            List<Visitor> admitted = new ArrayList<>(visitors.size());
            boolean isRepeated = false;
            for (int i = 0; i < visitors.size(); i++) {
                Visitor visitor = visitors.get(i);
                switch (used.get(i).answer()) {
                    case FIRST -> admitted.add(visitor);
                    case AGAIN -> {
                        admitted.add(visitor);
                        isRepeated = true;
                    }
                    case KEY_REUSED -> {
                        return Future.succeededFuture(new CheckInAnswer.KeyReused());
                    }
                    case USED -> refuse(Reason.ALREADY_USED, visitor, results);
                    case UNKNOWN -> refuse(Reason.ONE_TIME_UNKNOWN, visitor, results);
                    case NOT_LOGGED -> refuse(Reason.ENTRY_LOG_UNAVAILABLE, visitor, results);
                }
            }
            Future<?> marked = terms.refusesDuplicates() ? Future.succeededFuture() : mark(admitted);
            boolean isAskedAgain = isRepeated;
            return marked.map(done -> {
                for (int i = 0; i < visitors.size(); i++) {
                    Visitor visitor = visitors.get(i);
                    if (results[visitor.index] == null) {
                        results[visitor.index] = admitted(visitor, used.get(i));
                    }
                }
                return new CheckInAnswer.Decided(Arrays.asList(results), isAskedAgain);
            });
        });
    }

    private static void refuse(Reason reason, Visitor visitor, CheckInResult[] results) {
        results[visitor.index] = CheckInResult.because(reason, visitor.verificationResult, visitor.duplicates);
    }

    private static CheckInResult admitted(Visitor visitor, Use use) {
        Optional<Memory> memory =
                visitor.checkInAttempt.issuedAt().isPresent() ? Optional.of(use.memory()) : Optional.empty();
        return new CheckInResult(visitor.verificationResult, memory, visitor.duplicates);
    }

    private Future<?> mark(List<Visitor> visitors) {
        List<Visitor> named =
                visitors.stream().filter(visitor -> visitor.name.isPresent()).toList();
        if (named.isEmpty()) {
            return Future.succeededFuture();
        }
        List<DuplicateHolders.Mark> seen = named.stream()
                .map(visitor -> new DuplicateHolders.Mark(visitor.name.orElseThrow(), visitor.checkInAttempt.visit()))
                .toList();
        return marks.mark(seen).map(found -> {
            for (int i = 0; i < named.size(); i++) {
                named.get(i).duplicates = found.get(i);
            }
            return found;
        });
    }
}
