package io.passgate.format.toy;

import io.passgate.codec.CborCursor;
import io.passgate.codec.CborKeys;
import io.passgate.codec.MalformedException;
import io.passgate.format.ClaimsReader;
import io.passgate.format.RevocationLookup;
import io.passgate.format.hcert.HcertFormat;
import io.passgate.model.Credential;
import io.passgate.model.EventKind;
import io.passgate.model.FormatId;
import io.passgate.model.Reason;
import io.passgate.model.Slice;
import io.passgate.trust.Signer;
import io.passgate.trust.SignerKinds;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** A toy in an HCERT: a text under key -6 of claim -260, signed by who signs other toys. */
public record ToyCertificate(ToyFormat toy) implements HcertFormat {
    public static final long CLAIM_KEY = -6;
    private static final FormatId ID = FormatId.of("toy-hcert");

    @Override
    public long claimKey() {
        return CLAIM_KEY;
    }

    @Override
    public Set<EventKind> kinds(CborCursor cursor, CborKeys keys, Slice content) throws MalformedException {
        cursor.resume(content);
        if (cursor.peekMajor() != CborCursor.TEXT) {
            throw MalformedException.of(Reason.HCERT_INVALID);
        }
        return Set.of();
    }

    @Override
    public FormatId id() {
        return ID;
    }

    @Override
    public SignerKinds.Declared signers() {
        return toy.signers();
    }

    @Override
    public boolean maySign(Signer signer, Credential credential) {
        return toy.maySign(signer, credential);
    }

    @Override
    public boolean needsExactClock() {
        return toy.needsExactClock();
    }

    @Override
    public Optional<Reason> violation(Credential credential, Signer signer, Instant at) {
        return toy.violation(credential, signer, at);
    }

    @Override
    public long lastValidSecond(Credential credential, Signer signer) {
        return toy.lastValidSecond(credential, signer);
    }

    @Override
    public RevocationLookup newRevocationLookup() {
        return toy.newRevocationLookup();
    }

    @Override
    public ClaimsReader newClaimsReader() {
        return toy.newClaimsReader();
    }

    @Override
    public Reason unreadable() {
        return toy.unreadable();
    }
}
