package io.passgate.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.passgate.crypto.CryptoProviders;
import io.passgate.crypto.P256Verifier;
import io.passgate.dpop.DeviceKey;
import io.passgate.dpop.DeviceProofs;
import io.passgate.dpop.ExpectedProof;
import io.passgate.dpop.ProofCheck;
import io.passgate.dpop.ProofMaker;
import io.passgate.dpop.ProofParser;
import io.passgate.dpop.ProofReading;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.Security;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The check of a device's DPoP proof on one thread, each by another device's key. One operation is one proof; every
 * method throws if one does not come out as it must.
 *
 * <pre>
 *   bench/run.sh proofs          five interleaved forks, the ratios and the allocation
 *   QUICK=1 bench/run.sh proofs  one fork
 * </pre>
 *
 * <p>{@code passgate} is the whole check, {@code refused} one that ends before the signature, {@code parse} the reading
 * alone. {@code naive} is what one writes first: JSON trees, the JDK's Base64, a key from its coordinates, engines made
 * anew; on our provider, and {@code naiveOnSunEc} on the one a JVM takes by itself.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class ProofBenchmark {
    private static final int PROOFS = 4_096;
    private static final Instant NOW = Instant.parse("2021-12-13T02:40:00Z");
    private static final Instant LATER = NOW.plusSeconds(61);
    private static final String HTU = "https://gate.example/v1/passes";
    private static final Provider SUN_EC = Security.getProvider("SunEC");

    private final Provider preferred = CryptoProviders.preferred();
    private final DeviceProofs proofs = new DeviceProofs(new P256Verifier(preferred));
    private final ObjectMapper mapper = new ObjectMapper();
    private List<String> texts = List.of();
    private List<DeviceKey> keys = List.of();
    private int next;

    @Setup
    public void prepare() {
        List<ProofMaker> devices =
                IntStream.range(0, PROOFS).mapToObj(i -> ProofMaker.fresh()).toList();
        keys = devices.stream().map(ProofMaker::key).toList();
        texts = IntStream.range(0, PROOFS)
                .mapToObj(i -> devices.get(i).proof(HTU, consent(i), NOW.minusMillis(i), jti(i)))
                .toList();
        System.out.printf(
                "%,d proofs, the first of %d characters%n",
                PROOFS, texts.getFirst().length());
    }

    private static String consent(int index) {
        return "c0ffee00-0000-4000-8000-%012x".formatted(index);
    }

    private static String jti(int index) {
        return "%032x".formatted(index);
    }

    private int following() {
        next = (next + 1) % PROOFS;
        return next;
    }

    private ProofCheck check(int index, Instant now) {
        ExpectedProof expected = new ExpectedProof("kakao", "POST", HTU, consent(index), now);
        return proofs.check(List.of(texts.get(index)), expected, Optional.of(keys.get(index)));
    }

    private static void expect(boolean asItMust) {
        if (!asItMust) {
            throw new IllegalStateException("a proof does not come out as it must");
        }
    }

    @Benchmark
    public void passgate() {
        expect(check(following(), NOW) instanceof ProofCheck.Valid);
    }

    /** A proof that is late. */
    @Benchmark
    public void refused() {
        expect(check(following(), LATER) instanceof ProofCheck.Refused);
    }

    @Benchmark
    public void parse() {
        expect(ProofParser.parse(texts.get(following())) instanceof ProofReading.Parsed);
    }

    @Benchmark
    public void naive() throws IOException, GeneralSecurityException {
        int index = following();
        expect(isValid(preferred, index));
    }

    @Benchmark
    public void naiveOnSunEc() throws IOException, GeneralSecurityException {
        int index = following();
        expect(isValid(SUN_EC, index));
    }

    private boolean isValid(Provider provider, int index) throws IOException, GeneralSecurityException {
        String[] parts = texts.get(index).split("\\.", -1);
        Base64.Decoder base64 = Base64.getUrlDecoder();
        JsonNode header = mapper.readTree(base64.decode(parts[0]));
        JsonNode claims = mapper.readTree(base64.decode(parts[1]));
        byte[] x = base64.decode(header.path("jwk").path("x").asText());
        byte[] y = base64.decode(header.path("jwk").path("y").asText());
        AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
        curve.init(new ECGenParameterSpec("secp256r1"));
        ECPublicKeySpec spec = new ECPublicKeySpec(
                new ECPoint(new BigInteger(1, x), new BigInteger(1, y)), curve.getParameterSpec(ECParameterSpec.class));
        Signature engine = Signature.getInstance("SHA256withECDSAinP1363Format", provider);
        engine.initVerify(KeyFactory.getInstance("EC", provider).generatePublic(spec));
        engine.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        long age = NOW.getEpochSecond() - claims.path("iat").asLong();
        return header.path("typ").asText().equals("dpop+jwt")
                && header.path("alg").asText().equals("ES256")
                && claims.path("htm").asText().equals("POST")
                && claims.path("htu").asText().equals(HTU)
                && claims.path("consent").asText().equals(consent(index))
                && age >= -5
                && age <= 60
                && engine.verify(base64.decode(parts[2]));
    }
}
