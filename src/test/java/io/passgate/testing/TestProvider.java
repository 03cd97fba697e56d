package io.passgate.testing;

import io.passgate.codec.Base45;
import io.passgate.format.entrypass.EntryPass;
import io.passgate.format.entrypass.EntryPassEncoder;
import io.passgate.model.Age.AgeBand;
import io.passgate.model.Algorithm;
import io.passgate.model.Event;
import io.passgate.model.Slice;
import io.passgate.trust.Signer;
import io.passgate.trust.SignerKind;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** A provider with a key and a self-signed certificate of its own, that makes entry passes. */
public final class TestProvider {
    private static final String PREFIX = "KP1:";

    private final String name;
    private final TestIssuer issuer;
    private final Random random = new Random(45);

    private TestProvider(String name, TestIssuer issuer) {
        this.name = name;
        this.issuer = issuer;
    }

    /** A provider with a fresh key. */
    public static TestProvider named(String name) {
        return of(name, TestIssuer.of(Algorithm.ES256, TestCertificate.named("KR")));
    }

    /** A provider that has the key and the certificate of an issuer. */
    public static TestProvider of(String name, TestIssuer issuer) {
        return new TestProvider(name, issuer);
    }

    public TestIssuer issuer() {
        return issuer;
    }

    /** The signer of its passes. */
    public Signer signer() {
        return signer(SignerKind.pass(name));
    }

    /** Its key as a signer of another kind. */
    public Signer signer(SignerKind kind) {
        Signer own = issuer.signer();
        return new Signer(own.kid(), own.key(), kind, own.usages(), own.certificate());
    }

    /** What a pass with an id and a tag of its own says. */
    public EntryPass says(Instant issuedAt, List<Event> events, Optional<AgeBand> ageBand) {
        byte[] id = new byte[EntryPass.ID_BYTES];
        byte[] tag = new byte[EntryPass.TAG_BYTES];
        random.nextBytes(id);
        random.nextBytes(tag);
        return new EntryPass(name, Slice.of(id), issuedAt, Slice.of(tag), events, ageBand);
    }

    /** The QR text of a pass, for entry only without events. */
    public String pass(Instant issuedAt, Event... events) {
        return pass(says(issuedAt, List.of(events), Optional.empty()));
    }

    public String pass(EntryPass pass) {
        return EntryPassEncoder.encode(pass, issuer.kid(), issuer::sign);
    }

    /** The COSE message inside a pass. */
    public static byte[] message(String pass) {
        byte[] text = pass.substring(PREFIX.length()).getBytes(StandardCharsets.US_ASCII);
        byte[] bytes = new byte[Base45.decodedLength(text.length)];
        int length = Base45.decode(text, 0, text.length, bytes);
        if (length < 0) {
            throw new IllegalArgumentException("not Base45");
        }
        return Arrays.copyOf(bytes, length);
    }

    /** The pass of any COSE message. */
    public static String ofMessage(byte[] message) {
        return PREFIX + Base45.encode(message);
    }

    /** The pass with one bit of its signature flipped: well formed, and refused. */
    public static String withBrokenSignature(String pass) {
        byte[] message = message(pass);
        message[message.length - 1] ^= 1;
        return ofMessage(message);
    }
}
