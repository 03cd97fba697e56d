package io.passgate.crypto;

import io.passgate.model.Algorithm;
import io.passgate.model.Slice;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Provider;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A {@link SignatureBatch} on a JCA provider: one signature after the other, with one reused engine an algorithm. */
public final class JcaSignatureBatch implements SignatureBatch {
    /** PS256 (RFC 8230 section 2): the salt is as long as the hash. */
    private static final PSSParameterSpec PS256 =
            new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, PSSParameterSpec.TRAILER_FIELD_BC);

    private final Map<Algorithm, Signature> engines = new EnumMap<>(Algorithm.class);
    private final @Nullable VerificationKey[] keys;
    private final Slice[] messages;
    private final Slice[] signatures;
    private final Decision[] decisions;
    private int size;

    /**
     * Creates an empty batch.
     *
     * @param provider the one that the keys were imported for
     * @param capacity signatures that it holds at most
     * @throws IllegalStateException if the provider lacks an algorithm
     */
    public JcaSignatureBatch(Provider provider, int capacity) {
        this.keys = new VerificationKey[capacity];
        this.messages = new Slice[capacity];
        this.signatures = new Slice[capacity];
        this.decisions = new Decision[capacity];
        Arrays.fill(messages, Slice.empty());
        Arrays.fill(signatures, Slice.empty());
        Arrays.fill(decisions, Decision.FAILED);
        for (Algorithm algorithm : Algorithm.values()) {
            engines.put(algorithm, engine(provider, algorithm));
        }
    }

    private static Signature engine(Provider provider, Algorithm algorithm) {
        try {
            return switch (algorithm) {
                case ES256 -> Signature.getInstance("SHA256withECDSAinP1363Format", provider);
                case ES384 -> Signature.getInstance("SHA384withECDSAinP1363Format", provider);
                case PS256 -> {
                    Signature pss = Signature.getInstance("RSASSA-PSS", provider);
                    pss.setParameter(PS256);
                    yield pss;
                }
            };
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(provider.getName() + " has no " + algorithm, missing);
        }
    }

    @Override
    public void clear() {
        Arrays.fill(keys, 0, size, null);
        Arrays.fill(messages, 0, size, Slice.empty());
        Arrays.fill(signatures, 0, size, Slice.empty());
        size = 0;
    }

    @Override
    public int add(VerificationKey key, Slice message, Slice signature) {
        if (size == keys.length) {
            throw new IllegalStateException("the batch is full at " + size);
        }
        keys[size] = key;
        messages[size] = message;
        signatures[size] = signature;
        decisions[size] = Decision.FAILED;
        return size++;
    }

    @Override
    public void verify() {
        for (int i = 0; i < size; i++) {
            VerificationKey key = keys[i];
            if (key != null) {
                decisions[i] = decide(key, messages[i], signatures[i]);
            }
        }
    }

    @Override
    public Decision decision(int index) {
        return decisions[index];
    }

    private Decision decide(VerificationKey key, Slice message, Slice signature) {
        Algorithm algorithm = key.algorithm();
        if (signature.length() != key.signatureLength()) {
            return Decision.INVALID;
        }
        if (algorithm != Algorithm.PS256 && !EcdsaSignature.isInRange(algorithm, signature)) {
            return Decision.INVALID;
        }
        Signature engine = engines.get(algorithm);
        if (engine == null) {
            return Decision.FAILED;
        }
        try {
            engine.initVerify(key.jcaKey());
            engine.update(message.array(), message.offset(), message.length());
            boolean valid = engine.verify(signature.array(), signature.offset(), signature.length());
            return valid ? Decision.VALID : Decision.INVALID;
        } catch (SignatureException refused) {
            return Decision.INVALID;
        } catch (InvalidKeyException | RuntimeException fault) {
            return Decision.FAILED;
        }
    }
}
