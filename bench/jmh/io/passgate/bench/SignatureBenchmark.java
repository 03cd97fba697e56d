package io.passgate.bench;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import io.passgate.p256.EcdsaBatch;
import io.passgate.p256.Kernel;
import io.passgate.p256.KeyTable;
import io.passgate.p256.PublicPoint;
import java.security.DigestException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Provider;
import java.security.Security;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.conscrypt.OpenSSLProvider;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * ES256 verification on one thread, SHA-256 included, beside what else a Java program can verify with. One operation is
 * one signature; every method throws if one is not accepted.
 *
 * <pre>
 *   bench/run.sh signatures          five interleaved forks, the ratios and the allocation
 *   QUICK=1 bench/run.sh signatures  one fork, batches of 256 by 8 keys only
 * </pre>
 *
 * <p>{@code vector} and {@code scalar} are our two kernels, with a table for each key of the window that
 * {@code -Dpassgate.bench.window} names. The others take one signature after the other, with an engine for each key
 * that is initialised once. Conscrypt knows no raw signatures and is given DER.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class SignatureBenchmark {
    /** Signatures of one invocation, whatever the batch. */
    static final int SIGNATURES = 256;

    /** The window of the keys' tables. */
    static final int WINDOW_BITS = Integer.getInteger("passgate.bench.window", 12);

    /** The kernels are long methods, and until the last of them is compiled the vector kernel allocates. */
    static final int OUR_WARMUPS = 8;

    private static final int DIGEST_BYTES = 32;

    /** The messages, and which of them come next. */
    @State(Scope.Benchmark)
    public static class Messages {
        @Param({"8", "64"})
        int keys;

        SignedMessages signed;
        private int next;

        @Setup
        public void prepare() {
            signed = new SignedMessages(keys);
        }

        /** The first of {@link #SIGNATURES} messages. */
        int take() {
            int first = next;
            next = (next + SIGNATURES) % SignedMessages.SIZE;
            return first;
        }
    }

    private static void check(boolean accepted) {
        if (!accepted) {
            throw new IllegalStateException("a good signature was not accepted");
        }
    }

    /** A kernel's tables and batch, and the digest that feeds it. */
    private static final class Kit {
        private final MessageDigest sha256;
        private final byte[] digest = new byte[DIGEST_BYTES];
        private final List<KeyTable> tables = new ArrayList<>();
        private final EcdsaBatch batch;
        private final int size;

        Kit(Kernel kernel, Messages messages, int size) throws GeneralSecurityException {
            this.sha256 = MessageDigest.getInstance("SHA-256");
            this.batch = kernel.batch(size);
            this.size = size;
            for (ECPublicKey key : messages.signed.keys()) {
                PublicPoint point = PublicPoint.of(
                                key.getW().getAffineX(), key.getW().getAffineY())
                        .orElseThrow();
                tables.add(kernel.table(point, WINDOW_BITS));
            }
            System.out.printf("%s, windows of %d bits%n", kernel.description(), WINDOW_BITS);
        }

        void verifyAll(Messages messages) throws DigestException {
            SignedMessages signed = messages.signed;
            int first = messages.take();
            for (int done = 0; done < SIGNATURES; done += size) {
                batch.clear();
                for (int i = first + done; i < first + done + size; i++) {
                    sha256.update(signed.message(i));
                    int bytes = sha256.digest(digest, 0, DIGEST_BYTES);
                    check(bytes == DIGEST_BYTES);
                    int index = batch.add(tables.get(signed.signer(i)), digest, 0, signed.signature(i), 0);
                    check(index == i - first - done);
                }
                batch.verify();
                for (int i = 0; i < size; i++) {
                    check(batch.isValid(i));
                }
            }
        }
    }

    /** The vector kernel. */
    @State(Scope.Benchmark)
    public static class Vector {
        @Param({"1", "8", "64", "256"})
        int batch;

        private Kit kit;

        @Setup
        public void prepare(Messages messages) throws GeneralSecurityException {
            kit = new Kit(Kernel.VECTOR, messages, batch);
        }
    }

    /** The scalar kernel. */
    @State(Scope.Benchmark)
    public static class Scalar {
        @Param({"1", "8", "64", "256"})
        int batch;

        private Kit kit;

        @Setup
        public void prepare(Messages messages) throws GeneralSecurityException {
            kit = new Kit(Kernel.SCALAR, messages, batch);
        }
    }

    @Benchmark
    @OperationsPerInvocation(SIGNATURES)
    @Warmup(iterations = OUR_WARMUPS, time = 1)
    public void vector(Messages messages, Vector vector) throws DigestException {
        vector.kit.verifyAll(messages);
    }

    @Benchmark
    @OperationsPerInvocation(SIGNATURES)
    @Warmup(iterations = OUR_WARMUPS, time = 1)
    public void scalar(Messages messages, Scalar scalar) throws DigestException {
        scalar.kit.verifyAll(messages);
    }

    /** A rival of the JCA: an engine for each key, initialised once. */
    private static final class Engines {
        private final List<Signature> byKey = new ArrayList<>();
        private final byte[][] signatures = new byte[SignedMessages.SIZE][];

        Engines(Provider provider, SignatureForm form, Messages messages) throws GeneralSecurityException {
            KeyFactory factory = KeyFactory.getInstance("EC", provider);
            for (ECPublicKey key : messages.signed.keys()) {
                Signature engine = Signature.getInstance(form.algorithm(), provider);
                engine.initVerify(factory.generatePublic(new X509EncodedKeySpec(key.getEncoded())));
                byKey.add(engine);
            }
            for (int i = 0; i < signatures.length; i++) {
                signatures[i] = form.of(messages.signed.signature(i));
            }
        }

        void verifyAll(Messages messages) throws GeneralSecurityException {
            SignedMessages signed = messages.signed;
            int first = messages.take();
            for (int i = first; i < first + SIGNATURES; i++) {
                Signature engine = byKey.get(signed.signer(i));
                engine.update(signed.message(i));
                check(engine.verify(signatures[i]));
            }
        }
    }

    /** Amazon Corretto Crypto Provider (AWS-LC). */
    @State(Scope.Benchmark)
    public static class Corretto {
        private Engines engines;

        @Setup
        public void prepare(Messages messages) throws GeneralSecurityException {
            engines = new Engines(AmazonCorrettoCryptoProvider.INSTANCE, SignatureForm.RAW, messages);
        }
    }

    /** Conscrypt (BoringSSL). */
    @State(Scope.Benchmark)
    public static class Conscrypt {
        private Engines engines;

        @Setup
        public void prepare(Messages messages) throws GeneralSecurityException {
            engines = new Engines(new OpenSSLProvider(), SignatureForm.DER, messages);
        }
    }

    /** The JVM's own provider. */
    @State(Scope.Benchmark)
    public static class SunEc {
        private Engines engines;

        @Setup
        public void prepare(Messages messages) throws GeneralSecurityException {
            engines = new Engines(Security.getProvider("SunEC"), SignatureForm.RAW, messages);
        }
    }

    @Benchmark
    @OperationsPerInvocation(SIGNATURES)
    public void corretto(Messages messages, Corretto corretto) throws GeneralSecurityException {
        corretto.engines.verifyAll(messages);
    }

    @Benchmark
    @OperationsPerInvocation(SIGNATURES)
    public void conscrypt(Messages messages, Conscrypt conscrypt) throws GeneralSecurityException {
        conscrypt.engines.verifyAll(messages);
    }

    @Benchmark
    @OperationsPerInvocation(SIGNATURES)
    @Warmup(iterations = 6, time = 1)
    public void sunec(Messages messages, SunEc sunec) throws GeneralSecurityException {
        sunec.engines.verifyAll(messages);
    }

    /** BouncyCastle's lightweight signer, without the JCA around it. */
    @State(Scope.Benchmark)
    public static class BouncyCastle {
        private final List<ECDSASigner> byKey = new ArrayList<>();
        private MessageDigest sha256;

        @Setup
        public void prepare(Messages messages) throws GeneralSecurityException {
            sha256 = MessageDigest.getInstance("SHA-256");
            ECDomainParameters curve = new ECDomainParameters(CustomNamedCurves.getByName("secp256r1"));
            for (ECPublicKey key : messages.signed.keys()) {
                ECDSASigner signer = new ECDSASigner();
                signer.init(
                        false,
                        new ECPublicKeyParameters(
                                curve.getCurve()
                                        .createPoint(
                                                key.getW().getAffineX(),
                                                key.getW().getAffineY()),
                                curve));
                byKey.add(signer);
            }
        }
    }

    @Benchmark
    @OperationsPerInvocation(SIGNATURES)
    public void bouncycastle(Messages messages, BouncyCastle bouncyCastle) {
        SignedMessages signed = messages.signed;
        int first = messages.take();
        for (int i = first; i < first + SIGNATURES; i++) {
            byte[] signature = signed.signature(i);
            check(bouncyCastle
                    .byKey
                    .get(signed.signer(i))
                    .verifySignature(
                            bouncyCastle.sha256.digest(signed.message(i)),
                            SignatureForm.r(signature),
                            SignatureForm.s(signature)));
        }
    }
}
