package io.passgate.engine;

import io.passgate.crypto.SignatureBatch;
import io.passgate.format.ClaimsReader;
import io.passgate.format.CredentialFormat;
import io.passgate.format.Decoded;
import io.passgate.format.Envelope;
import io.passgate.format.Formats;
import io.passgate.format.RevocationLookup;
import io.passgate.model.Claims;
import io.passgate.model.Credential;
import io.passgate.model.PolicyResult;
import io.passgate.model.Reason;
import io.passgate.model.Vaccinated;
import io.passgate.model.Verdict;
import io.passgate.model.VerificationResult;
import io.passgate.policy.Policy;
import io.passgate.revocation.RevocationSnapshot;
import io.passgate.trust.Signer;
import io.passgate.trust.TrustList;
import io.passgate.trust.TrustSnapshot;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Runs the stages for one batch: decode all, look up their signers in one snapshot, verify all signatures at once, then
 * judge each by its signer's rules, what is revoked and its policy. Belongs to one thread.
 */
public final class VerificationPipeline {
    private static final PolicyResult NOT_ASKED = new PolicyResult.NotAsked();

    /** Which items a batch is judged for. */
    private enum Pace {
        /** All of them. */
        ANY,
        /** Those that hold up no other; the rest is deferred. */
        QUICK,
        /** All of a batch of deferred ones. */
        SLOW_PATH
    }

    private final Formats formats;
    private final Envelope.Decoder decoder;
    private final Rejections rejections;

    /** Of each format, by its number. */
    private final RevocationLookup[] revocationLookups;

    private final ClaimsReader[] claimsReaders;
    private final SignatureBatch signatures;
    private final EngineObserver observer;

    /** The decoded credential of each item, or null where the item was decided before its signature. */
    private final @Nullable Credential[] credentials;

    /** The number of its format, of each item that has a credential. */
    private final int[] formatIndexes;

    /** Where an item's candidates start among the signatures; an item's end is the next one's start. */
    private final int[] firstSignature;

    private final @Nullable Signer[] signers;

    /** Candidate signatures of the batch so far. */
    private int gathered;

    /**
     * Creates a pipeline with the scratch of one thread.
     *
     * @param capacity payloads that a batch has at most
     * @param signatures with room for {@link #signatureCapacity} of that capacity; of use to nobody else from now on
     * @param observer hears what each stage took, and of faults
     * @param formats whose payloads are verified
     */
    public VerificationPipeline(int capacity, SignatureBatch signatures, EngineObserver observer, Formats formats) {
        this.formats = formats;
        this.decoder = formats.newDecoder();
        this.rejections = new Rejections(formats.ids());
        this.revocationLookups = new RevocationLookup[formats.size()];
        this.claimsReaders = new ClaimsReader[formats.size()];
        for (int i = 0; i < formats.size(); i++) {
            revocationLookups[i] = formats.get(i).newRevocationLookup();
            claimsReaders[i] = formats.get(i).newClaimsReader();
        }
        this.signatures = signatures;
        this.observer = observer;
        this.credentials = new Credential[capacity];
        this.formatIndexes = new int[capacity];
        this.firstSignature = new int[capacity + 1];
        this.signers = new Signer[signatureCapacity(capacity)];
    }

    /**
     * {@return how many signatures a batch may need to check}
     *
     * @param items payloads in the batch
     */
    public static int signatureCapacity(int items) {
        return items * TrustList.MAX_CANDIDATES;
    }

    /**
     * Decides every item of the batch. A fault of ours makes all of them indeterminate: it is never told as a fault of
     * a payload, and is not thrown.
     *
     * @param batch whose payloads are judged; holds the results afterwards
     * @param trustContext by which all of them are judged
     */
    public void judge(Batch batch, TrustContext trustContext) {
        run(batch, trustContext, Pace.ANY);
    }

    /** As {@link #judge}, but defers each item that would hold up the others. */
    void judgeQuick(Batch batch, TrustContext trustContext) {
        run(batch, trustContext, Pace.QUICK);
    }

    /** As {@link #judge}, for items that were deferred. */
    void judgeDeferred(Batch batch, TrustContext trustContext) {
        run(batch, trustContext, Pace.SLOW_PATH);
    }

    private void run(Batch batch, TrustContext trustContext, Pace pace) {
        try {
            runStages(batch, trustContext, pace);
        } catch (RuntimeException | Error fault) {
            batch.forgetResults();
            observer.failed(fault);
        }
        for (int i = 0; i < batch.size(); i++) {
            if (!batch.isDeferred(i)) {
                observer.judged(batch.checked(i));
            }
        }
    }

    private void runStages(Batch batch, TrustContext trustContext, Pace pace) {
        try {
            long started = System.nanoTime();
            decode(batch);
            long decoded = System.nanoTime();
            gather(batch, trustContext.trust(), pace == Pace.QUICK);
            signatures.verify();
            long verified = System.nanoTime();
            decide(batch, trustContext);
            long decided = System.nanoTime();
            if (pace == Pace.SLOW_PATH) {
                observer.stageTook(EngineObserver.Stage.SLOW_PATH, decided - started);
            } else {
                observer.stageTook(EngineObserver.Stage.DECODE, decoded - started);
                observer.stageTook(EngineObserver.Stage.SIGNATURE, verified - decoded);
                observer.stageTook(EngineObserver.Stage.POLICY, decided - verified);
            }
        } finally {
            wipe();
            signatures.clear();
            Arrays.fill(credentials, 0, batch.size(), null);
            Arrays.fill(signers, 0, gathered, null);
        }
    }

    private void wipe() {
        decoder.wipe();
        for (int i = 0; i < claimsReaders.length; i++) {
            claimsReaders[i].wipe();
            revocationLookups[i].wipe();
        }
    }

    private void decode(Batch batch) {
        for (int i = 0; i < batch.size(); i++) {
            switch (decoder.decode(batch.payload(i))) {
                case Decoded.Well(var credential) -> {
                    credentials[i] = credential;
                    formatIndexes[i] = formats.indexOf(credential.format());
                }
                case Decoded.Malformed malformed -> {
                    batch.cost(i, Cost.refused(malformed.reason()));
                    batch.decide(i, rejections.because(malformed.reason(), malformed.format()));
                }
            }
        }
    }

    /** Puts every candidate signature of every item into the batch, and decides or defers the items that have none. */
    private void gather(Batch batch, TrustSnapshot trust, boolean deferring) {
        gathered = 0;
        for (int i = 0; i < batch.size(); i++) {
            firstSignature[i] = gathered;
            Credential credential = credentials[i];
            if (credential == null) {
                continue;
            }
            CredentialFormat format = formats.get(formatIndexes[i]);
            List<Signer> candidates =
                    trust.isStale(batch.at(i)) ? List.of() : trust.list().candidates(credential.kid());
            if (deferring && wouldHoldUp(candidates, credential, format)) {
                credentials[i] = null;
                batch.defer(i);
                continue;
            }
            int cost = 0;
            for (int c = 0; c < candidates.size(); c++) {
                Signer signer = candidates.get(c);
                if (fits(signer, credential, format)) {
                    boolean quick = deferring || signatures.hasKeyTable(signer.key());
                    cost += Cost.signature(credential.algorithm(), quick);
                    var _ = signatures.add(signer.key(), credential.toBeSigned(), credential.signature());
                    signers[gathered++] = signer;
                }
            }
            batch.cost(i, Math.max(Cost.LEAST, cost));
            if (gathered == firstSignature[i]) {
                credentials[i] = null;
                Reason reason = withoutSigner(trust, batch.at(i), candidates, credential, format);
                batch.decide(i, rejections.because(reason, credential.format()));
            }
        }
        firstSignature[batch.size()] = gathered;
    }

    private boolean wouldHoldUp(List<Signer> candidates, Credential credential, CredentialFormat format) {
        for (int c = 0; c < candidates.size(); c++) {
            Signer signer = candidates.get(c);
            if (fits(signer, credential, format) && !signatures.hasKeyTable(signer.key())) {
                return true;
            }
        }
        return false;
    }

    private static boolean fits(Signer signer, Credential credential, CredentialFormat format) {
        return format.maySign(signer, credential) && signer.algorithm() == credential.algorithm();
    }

    /** An old list may lack the signer that was meant, and a crowded KID may hide it. */
    private static Reason withoutSigner(
            TrustSnapshot trust, Instant at, List<Signer> candidates, Credential credential, CredentialFormat format) {
        if (trust.isStale(at)) {
            return Reason.TRUST_STALE;
        }
        if (trust.list().isCrowded(credential.kid())) {
            return Reason.SIGNER_AMBIGUOUS;
        }
        if (candidates.stream().anyMatch(signer -> format.maySign(signer, credential))) {
            return Reason.ALGORITHM_MISMATCH;
        }
        if (trust.isDoubtful(at)) {
            return Reason.TRUST_STALE;
        }
        return candidates.isEmpty() ? Reason.SIGNER_UNKNOWN : Reason.SIGNER_KIND_MISMATCH;
    }

    private void decide(Batch batch, TrustContext trustContext) {
        for (int i = 0; i < batch.size(); i++) {
            Credential credential = credentials[i];
            if (credential != null) {
                batch.decide(i, decide(batch, i, credential, trustContext));
            }
        }
    }

    private VerificationResult decide(Batch batch, int index, Credential credential, TrustContext trustContext) {
        CredentialFormat format = formats.get(formatIndexes[index]);
        Reason lack = Reason.SIGNATURE_INVALID;
        boolean failed = false;
        for (int s = firstSignature[index]; s < firstSignature[index + 1]; s++) {
            Signer signer = signers[s];
            if (signer == null) {
                throw new IllegalStateException("a signature without its signer");
            }
            switch (signatures.decision(s)) {
                case VALID -> {
                    batch.cost(index, Cost.valid(credential.algorithm(), batch.cost(index)));
                    if (trustContext.clockOff() && format.needsExactClock()) {
                        return rejections.because(Reason.CLOCK_OFF, credential.format());
                    }
                    Optional<Reason> violation = format.violation(credential, signer, batch.at(index));
                    if (violation.isEmpty()) {
                        return signed(credential, signer, trustContext.revocations(), batch, index);
                    }
                    lack = lack.stage() == Reason.Stage.TIME ? lack : violation.get();
                }
                case INVALID -> {
                    // Another signer with the KID may have signed it.
                }
                case FAILED -> failed = true;
            }
        }
        return rejections.because(
                failed ? Reason.GATEWAY_FAULT : orAmbiguous(lack, credential, trustContext.trust()),
                credential.format());
    }

    /** A signer that is not tried may lack nothing; the times of a credential are its own, whoever signed it. */
    private static Reason orAmbiguous(Reason lack, Credential credential, TrustSnapshot trust) {
        boolean ofSigner = lack.stage() != Reason.Stage.TIME;
        return ofSigner && trust.list().isCrowded(credential.kid()) ? Reason.SIGNER_AMBIGUOUS : lack;
    }

    /** What is said of a credential that its signer has signed, and might sign. */
    private VerificationResult signed(
            Credential credential, Signer signer, RevocationSnapshot revocations, Batch batch, int index) {
        int format = formatIndexes[index];
        Optional<Reason> objection =
                revocationLookups[format].objection(credential, signer, revocations, batch.at(index));
        return objection.isPresent()
                ? rejections.because(objection.get(), credential.format())
                : accepted(credential, formats.get(format).lastValidSecond(credential, signer), batch, index);
    }

    private VerificationResult accepted(Credential credential, long lastSecond, Batch batch, int index) {
        Optional<Policy> policy = batch.policy(index);
        Optional<Policy> shownBy = batch.shownBy(index);
        Instant at = batch.at(index);
        if (policy.isEmpty() && shownBy.isEmpty()) {
            return checked(credential, NOT_ASKED, new Verdict.Accepted(lastSecond), Optional.empty());
        }
        int format = formatIndexes[index];
        Optional<Claims> claims = claimsReaders[format].read(credential.claims());
        if (claims.isEmpty()) {
            return rejections.because(formats.get(format).unreadable(), credential.format());
        }
        Optional<Vaccinated> vaccinated =
                shownBy.isEmpty() ? Optional.empty() : shownBy.get().vaccinated(claims.get(), at);
        PolicyResult policyResult = policy.isEmpty() ? NOT_ASKED : policy.get().judge(claims.get(), at);
        return switch (policyResult) {
            case PolicyResult.Met(var rule, var until) -> {
                long last = until.isPresent() ? Math.min(lastSecond, until.get().getEpochSecond()) : lastSecond;
                yield checked(credential, policyResult, new Verdict.Accepted(last), vaccinated);
            }
            case PolicyResult.NotMet(var reason) ->
                checked(credential, policyResult, new Verdict.Refused(reason), vaccinated);
            case PolicyResult.NotAsked() ->
                checked(credential, policyResult, new Verdict.Accepted(lastSecond), vaccinated);
        };
    }

    /** A credential that is not accepted is let go at once: its bytes are whatever somebody sent. */
    private static VerificationResult checked(
            Credential credential, PolicyResult policyResult, Verdict verdict, Optional<Vaccinated> vaccinated) {
        boolean accepted = verdict instanceof Verdict.Accepted;
        Optional<Credential> kept = accepted ? Optional.of(credential) : Optional.empty();
        return new VerificationResult(kept, Optional.of(credential.format()), policyResult, verdict, vaccinated);
    }
}
