package io.passgate.crypto;

import io.passgate.model.Slice;
import java.security.Provider;
import java.util.List;
import java.util.stream.IntStream;

/** What every decision is checked on: the two providers, and tables beside the preferred one. */
enum OnProvider {
    PREFERRED(CryptoProviders.preferred(), false),
    FALLBACK(CryptoProviders.fallback(), false),
    /** Every ES256 key has its table before anything is decided. */
    TABLES(CryptoProviders.preferred(), true);

    private static final long PLENTY = 1L << 40;

    @SuppressWarnings("ImmutableEnumChecker")
    private final Provider provider;

    @SuppressWarnings("ImmutableEnumChecker")
    private final VerificationKeys keys;

    private final boolean withTables;

    OnProvider(Provider provider, boolean withTables) {
        this.provider = provider;
        this.keys = new VerificationKeys(provider);
        this.withTables = withTables;
    }

    Provider provider() {
        return provider;
    }

    KeyImport read(byte[] spki) {
        return keys.ofSpki(spki);
    }

    /** The key, which has to be usable. */
    VerificationKey key(byte[] spki) {
        return switch (read(spki)) {
            case KeyImport.Usable(var key) -> key;
            case KeyImport.Rejected(String why) -> throw new AssertionError(name() + ": " + why);
        };
    }

    /** A batch that decides on signatures by these keys. */
    SignatureBatch batch(int capacity, List<VerificationKey> of) {
        if (!withTables) {
            return new JcaSignatureBatch(provider, capacity);
        }
        KeyTableCache tables = KeyTableCache.within(PLENTY, Runnable::run, System::nanoTime, fault -> {
            throw new AssertionError(fault);
        });
        of.stream().distinct().forEach(key -> tables.valid(key, tables.nowNs()));
        return new TableSignatureBatch(tables, provider, capacity);
    }

    /** A signature to decide on. */
    record Signed(VerificationKey key, byte[] message, byte[] signature) {}

    /** Decides all in one batch. */
    List<SignatureBatch.Decision> decide(List<Signed> all) {
        SignatureBatch batch = batch(all.size(), all.stream().map(Signed::key).toList());
        for (Signed one : all) {
            var _ = batch.add(one.key(), Slice.of(one.message()), Slice.of(one.signature()));
        }
        batch.verify();
        return IntStream.range(0, all.size()).mapToObj(batch::decision).toList();
    }

    SignatureBatch.Decision decide(VerificationKey key, byte[] message, byte[] signature) {
        return decide(List.of(new Signed(key, message, signature))).getFirst();
    }
}
