package io.passgate.crypto;

import io.passgate.model.Slice;
import java.security.Provider;
import java.util.List;
import java.util.stream.IntStream;

/** The two providers that every decision is checked on. */
enum OnProvider {
    PREFERRED(CryptoProviders.preferred()),
    FALLBACK(CryptoProviders.fallback());

    private final Provider provider;
    private final IssuerKeys keys;

    OnProvider(Provider provider) {
        this.provider = provider;
        this.keys = new IssuerKeys(provider);
    }

    Provider provider() {
        return provider;
    }

    KeyImport read(byte[] spki) {
        return keys.ofSpki(spki);
    }

    /** The key, which has to be usable. */
    IssuerKey key(byte[] spki) {
        return switch (read(spki)) {
            case KeyImport.Usable(var key) -> key;
            case KeyImport.Rejected(String why) -> throw new AssertionError(name() + ": " + why);
        };
    }

    /** A signature to decide on. */
    record Signed(IssuerKey key, byte[] message, byte[] signature) {}

    /** Decides all in one batch. */
    List<SignatureBatch.Decision> decide(List<Signed> all) {
        JcaSignatureBatch batch = new JcaSignatureBatch(provider, all.size());
        for (Signed one : all) {
            int unused = batch.add(one.key(), Slice.of(one.message()), Slice.of(one.signature()));
        }
        batch.verify();
        return IntStream.range(0, all.size()).mapToObj(batch::decision).toList();
    }

    SignatureBatch.Decision decide(IssuerKey key, byte[] message, byte[] signature) {
        return decide(List.of(new Signed(key, message, signature))).getFirst();
    }
}
