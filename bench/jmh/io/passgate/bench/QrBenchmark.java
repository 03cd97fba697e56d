package io.passgate.bench;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import io.passgate.crypto.CryptoProviders;
import io.passgate.format.Decoded;
import io.passgate.format.hcert.HcertDecoder;
import io.passgate.model.Credential;
import io.passgate.model.Kid;
import io.passgate.policy.Policy;
import io.passgate.policy.file.PolicyFiles;
import io.passgate.trust.Signer;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
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
import se.digg.dgc.service.DGCDecoder;
import se.digg.dgc.service.impl.DefaultDGCDecoder;
import se.digg.dgc.signatures.CertificateProvider;
import se.digg.dgc.signatures.impl.DefaultDGCSignatureVerifier;

/**
 * From QR text to verdict on one thread, beside the Java library that does the same ({@code se.digg.dgc}) and beside
 * the signature provider alone. One operation is one payload; every method throws if a payload is not accepted.
 *
 * <pre>
 *   bench/run.sh qr              five interleaved forks, and the ratios
 *   QUICK=1 bench/run.sh qr      one fork, batch 256 only
 * </pre>
 *
 * <p>What is compared with what:
 *
 * <ul>
 *   <li>{@code passgate}: signature, trust, time, country and usage; the events stay unread. Its equal is {@code
 *       peerToBytes}, which leaves them unread too.
 *   <li>{@code passgateWithPolicy}: also reads the events and judges them by {@code eu@2022-02-01}. The nearest is
 *       {@code peer}, the call its README shows, which reads all fields and knows no rules.
 *   <li>{@code peerOnCorretto}: {@code peer} for a user who installs the fast provider in front of the JVM's own.
 *   <li>{@code signatureOnly}: the provider that {@code passgate} verifies with, with prepared keys, over the bytes as
 *       they were signed.
 * </ul>
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 2, time = 1)
@Fork(1)
public class QrBenchmark {
    /** Payloads of one invocation, whatever the batch. */
    static final int PAYLOADS = 256;

    /** The JVM's own provider is Java code that needs this long until it is compiled. */
    static final int PEER_WARMUPS = 6;

    /** The texts, and which of them come next. */
    @State(Scope.Benchmark)
    public static class Cards {
        @Param({"1", "8", "64", "256"})
        int batch;

        Corpus corpus = Corpus.make();
        List<String> texts = corpus.texts();
        private int next;

        /** The first of {@link #PAYLOADS} texts. */
        int take() {
            int first = next;
            next = (next + PAYLOADS) % texts.size();
            return first;
        }
    }

    /** One worker's judge, and a policy. */
    @State(Scope.Benchmark)
    public static class Gateway {
        SoloPipeline judge;
        Optional<Policy> policy;

        @Setup
        public void prepare(Cards cards) {
            judge = new SoloPipeline(cards.batch, cards.corpus.trust(CryptoProviders.preferred()));
            policy = PolicyFiles.read(Path.of("config", "policies")).find("eu@2022-02-01", SeededCards.POLICY_INSTANT);
        }

        void judgeAll(Cards cards, Instant at, Optional<Policy> by) {
            int first = cards.take();
            int accepted = 0;
            for (int done = 0; done < PAYLOADS; done += cards.batch) {
                accepted += judge.judge(cards.texts, first + done, at, by);
            }
            if (accepted != PAYLOADS) {
                throw new IllegalStateException((PAYLOADS - accepted) + " good payloads were not accepted");
            }
        }
    }

    @Benchmark
    @OperationsPerInvocation(PAYLOADS)
    public void passgate(Cards cards, Gateway gateway) {
        gateway.judgeAll(cards, Instant.now(), Optional.empty());
    }

    @Benchmark
    @OperationsPerInvocation(PAYLOADS)
    public void passgateWithPolicy(Cards cards, Gateway gateway) {
        gateway.judgeAll(cards, SeededCards.POLICY_INSTANT, gateway.policy);
    }

    /** The peer's decoder, made once, with a map from KID to certificate as its source of certificates. */
    @State(Scope.Benchmark)
    public static class Peer {
        DGCDecoder decoder;

        @Setup
        public void prepare(Cards cards) throws GeneralSecurityException {
            decoder = new DefaultDGCDecoder(new DefaultDGCSignatureVerifier(), certificates(cards.corpus));
        }

        private static CertificateProvider certificates(Corpus corpus) throws GeneralSecurityException {
            Map<ByteBuffer, List<X509Certificate>> byKid = new HashMap<>();
            byte[] pem = corpus.signersPem().getBytes(StandardCharsets.US_ASCII);
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem))) {
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
                byKid.put(ByteBuffer.wrap(digest, 0, 8).slice(), List.of((X509Certificate) certificate));
            }
            return (country, kid) -> byKid.getOrDefault(ByteBuffer.wrap(kid), List.of());
        }
    }

    /** The peer for a user who installs Amazon Corretto Crypto Provider first. */
    @State(Scope.Benchmark)
    public static class PeerOnCorretto {
        Peer peer = new Peer();

        @Setup
        public void prepare(Cards cards) throws GeneralSecurityException {
            if (Security.insertProviderAt(AmazonCorrettoCryptoProvider.INSTANCE, 1) != 1) {
                throw new IllegalStateException("the provider was installed before");
            }
            peer.prepare(cards);
        }
    }

    @Benchmark
    @OperationsPerInvocation(PAYLOADS)
    @Warmup(iterations = PEER_WARMUPS, time = 1)
    public int peer(Cards cards, Peer peer) throws Exception {
        return decodeAll(cards, peer);
    }

    @Benchmark
    @OperationsPerInvocation(PAYLOADS)
    public int peerOnCorretto(Cards cards, PeerOnCorretto peer) throws Exception {
        return decodeAll(cards, peer.peer);
    }

    /** The peer throws when it does not accept. */
    private static int decodeAll(Cards cards, Peer peer) throws Exception {
        int first = cards.take();
        int used = 0;
        for (int i = first; i < first + PAYLOADS; i++) {
            used += peer.decoder.decode(cards.texts.get(i)).getVer().length();
        }
        return used;
    }

    @Benchmark
    @OperationsPerInvocation(PAYLOADS)
    @Warmup(iterations = PEER_WARMUPS, time = 1)
    public int peerToBytes(Cards cards, Peer peer) throws Exception {
        int first = cards.take();
        int used = 0;
        for (int i = first; i < first + PAYLOADS; i++) {
            used += peer.decoder.decodeToBytes(cards.texts.get(i)).length;
        }
        return used;
    }

    /** What was signed, and for each key an engine that is initialised once: initVerify is not part of the figure. */
    @State(Scope.Benchmark)
    public static class Signatures {
        private final List<byte[]> messages = new ArrayList<>();
        private final List<byte[]> signatures = new ArrayList<>();
        private final List<Signature> engines = new ArrayList<>();

        @Setup
        public void prepare(Cards cards) throws GeneralSecurityException {
            Provider provider = CryptoProviders.preferred();
            Map<Kid, Signature> byKid = new HashMap<>();
            for (Signer signer : cards.corpus.trust(provider).signers()) {
                PublicKey key = KeyFactory.getInstance("EC", provider)
                        .generatePublic(
                                new X509EncodedKeySpec(signer.key().spki().toByteArray()));
                Signature engine = Signature.getInstance("SHA256withECDSAinP1363Format", provider);
                engine.initVerify(key);
                byKid.put(signer.kid(), engine);
            }
            HcertDecoder decoder = new HcertDecoder();
            for (String text : cards.texts) {
                if (!(decoder.decode(Corpus.bytes(text)) instanceof Decoded.Well(Credential credential))) {
                    throw new IllegalStateException("a good payload does not decode");
                }
                messages.add(credential.toBeSigned().toByteArray());
                signatures.add(credential.signature().toByteArray());
                engines.add(byKid.get(credential.kid()));
            }
        }

        void verify(int index) throws GeneralSecurityException {
            Signature engine = engines.get(index);
            engine.update(messages.get(index));
            if (!engine.verify(signatures.get(index))) {
                throw new IllegalStateException("a good signature does not verify");
            }
        }
    }

    @Benchmark
    @OperationsPerInvocation(PAYLOADS)
    public void signatureOnly(Cards cards, Signatures signatures) throws GeneralSecurityException {
        int first = cards.take();
        for (int i = first; i < first + PAYLOADS; i++) {
            signatures.verify(i);
        }
    }
}
