package io.passgate.format.toy;

import io.passgate.codec.Base45;
import io.passgate.format.ClaimsReader;
import io.passgate.format.CredentialFormat;
import io.passgate.format.Decoded;
import io.passgate.format.Envelope;
import io.passgate.format.RevocationLookup;
import io.passgate.format.SignatureRevocation;
import io.passgate.format.SignerWindow;
import io.passgate.model.Age;
import io.passgate.model.Algorithm;
import io.passgate.model.Claims;
import io.passgate.model.Credential;
import io.passgate.model.FormatId;
import io.passgate.model.Kid;
import io.passgate.model.Reason;
import io.passgate.model.Slice;
import io.passgate.testing.TestIssuer;
import io.passgate.trust.Signer;
import io.passgate.trust.SignerKind;
import io.passgate.trust.SignerKinds;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A format that the main tree does not know, with its envelope and its kind of signer, in this one class:
 *
 * <pre>TOY1: Base45(8 bytes KID | u32 exp | 64 bytes ES256 over what is before)</pre>
 */
public final class ToyFormat implements CredentialFormat, Envelope {
    private static final FormatId ID = FormatId.of("toy");
    private static final SignerKind SIGNERS = new SignerKind("toy-maker", "");
    private static final byte[] PREFIX = "TOY1:".getBytes(StandardCharsets.US_ASCII);
    private static final int KID_BYTES = 8;
    private static final int SIGNED_BYTES = KID_BYTES + Integer.BYTES;
    private static final int BYTES = SIGNED_BYTES + 64;

    /** A toy that ends at {@code expiresAt}. */
    public static String made(TestIssuer by, Instant expiresAt) {
        byte[] signed = ByteBuffer.allocate(SIGNED_BYTES)
                .put(by.kid().toByteArray())
                .putInt((int) expiresAt.getEpochSecond())
                .array();
        byte[] toy = ByteBuffer.allocate(BYTES).put(signed).put(by.sign(signed)).array();
        return "TOY1:" + Base45.encode(toy);
    }

    /** The signature of a toy. */
    public static Slice signature(String toy) {
        byte[] bytes = new byte[BYTES];
        byte[] text = toy.getBytes(StandardCharsets.US_ASCII);
        if (Base45.decode(text, PREFIX.length, text.length - PREFIX.length, bytes) != BYTES) {
            throw new AssertionError("no toy");
        }
        return Slice.of(bytes, SIGNED_BYTES, BYTES - SIGNED_BYTES);
    }

    @Override
    public FormatId id() {
        return ID;
    }

    @Override
    public Envelope envelope() {
        return this;
    }

    @Override
    public boolean recognises(Slice payload) {
        int start = payload.offset();
        return payload.length() > PREFIX.length
                && Arrays.equals(payload.array(), start, start + PREFIX.length, PREFIX, 0, PREFIX.length);
    }

    @Override
    public Envelope.Decoder newDecoder(List<CredentialFormat> formats) {
        return new Envelope.Decoder() {
            private byte[] last = {};

            @Override
            public Decoded decode(Slice payload) {
                int chars = payload.length() - PREFIX.length;
                last = new byte[Base45.decodedLength(chars)];
                int length = Base45.decode(payload.array(), payload.offset() + PREFIX.length, chars, last);
                return length == BYTES
                        ? new Decoded.Well(credential(last))
                        : new Decoded.Malformed(Reason.BASE45_INVALID, Optional.of(ID));
            }

            @Override
            public void wipe() {
                Arrays.fill(last, (byte) 0);
            }
        };
    }

    private static Credential credential(byte[] toy) {
        return new Credential(
                ID,
                Algorithm.ES256,
                Kid.of(Arrays.copyOf(toy, KID_BYTES)),
                Optional.empty(),
                Instant.EPOCH,
                Instant.ofEpochSecond(ByteBuffer.wrap(toy).getInt(KID_BYTES)),
                Set.of(),
                Slice.of(toy, 0, SIGNED_BYTES),
                Slice.of(toy, SIGNED_BYTES, BYTES - SIGNED_BYTES),
                Slice.of(toy, 0, SIGNED_BYTES));
    }

    @Override
    public SignerKinds.Declared signers() {
        return new SignerKinds.Declared(SIGNERS.code(), false);
    }

    @Override
    public boolean maySign(Signer signer, Credential credential) {
        return signer.kind().equals(SIGNERS);
    }

    @Override
    public boolean needsExactClock() {
        return false;
    }

    @Override
    public Optional<Reason> violation(Credential credential, Signer signer, Instant at) {
        Optional<Reason> window = SignerWindow.violation(signer, at);
        return window.isEmpty() && at.isAfter(credential.expiresAt()) ? Optional.of(Reason.EXPIRED) : window;
    }

    @Override
    public long lastValidSecond(Credential credential, Signer signer) {
        return SignerWindow.lastSecond(credential.expiresAt(), signer);
    }

    @Override
    public RevocationLookup newRevocationLookup() {
        return new SignatureRevocation();
    }

    @Override
    public ClaimsReader newClaimsReader() {
        return new ClaimsReader() {
            @Override
            public Optional<Claims> read(Slice claims) {
                return Optional.of(new Claims(List.of(), new Age.Unknown()));
            }

            @Override
            public void wipe() {}
        };
    }

    @Override
    public Reason unreadable() {
        return Reason.CBOR_INVALID;
    }
}
