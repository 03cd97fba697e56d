package io.passgate.bench;

import io.passgate.crypto.CryptoProviders;
import io.passgate.format.Decoded;
import io.passgate.format.hcert.HcertDecoder;
import io.passgate.model.Slice;
import io.passgate.trust.TrustList;
import java.time.Instant;
import java.util.List;
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

/**
 * What a refused input costs beside a good one. {@code decodeGood} decodes the corpus, {@code decodeHostile} one {@link
 * HostileInput}; {@code judgeGood} and {@code judgeHostile} take one payload through all stages, the hostile ones under
 * a KID that four signers share, so that four signatures are checked and none is right.
 *
 * <pre>
 *   bench/run.sh hostile         all inputs, and the worst ratio
 * </pre>
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 1, time = 1)
@Fork(1)
public class HostileBenchmark {
    private static final int PAYLOADS = 256;

    /** Good payloads. */
    @State(Scope.Benchmark)
    public static class Good {
        final List<Slice> payloads =
                Corpus.make().texts().stream().map(Corpus::bytes).toList();
        final HcertDecoder decoder = new HcertDecoder();
        private int next;

        int take() {
            int first = next;
            next = (next + PAYLOADS) % payloads.size();
            return first;
        }
    }

    /** One hostile payload. */
    @State(Scope.Benchmark)
    public static class Hostile {
        @Param
        HostileInput input = HostileInput.ZIP_BOMB;

        final HcertDecoder decoder = new HcertDecoder();
    }

    /** A hostile payload's bytes, made once its parameter is known. */
    @State(Scope.Benchmark)
    public static class HostilePayload {
        Slice payload = Slice.empty();

        @Setup
        public void prepare(Hostile hostile) {
            payload = Corpus.bytes(hostile.input.make());
            System.out.println("refused as " + refusal(hostile.decoder.decode(payload)));
        }
    }

    private static String refusal(Decoded decoded) {
        if (decoded instanceof Decoded.Malformed malformed) {
            return malformed.reason().code();
        }
        throw new IllegalStateException("a hostile payload decodes");
    }

    @Benchmark
    @OperationsPerInvocation(PAYLOADS)
    public void decodeGood(Good good) {
        int first = good.take();
        for (int i = first; i < first + PAYLOADS; i++) {
            if (!(good.decoder.decode(good.payloads.get(i)) instanceof Decoded.Well)) {
                throw new IllegalStateException("a good payload does not decode");
            }
        }
    }

    @Benchmark
    public String decodeHostile(Hostile hostile, HostilePayload made) {
        return refusal(hostile.decoder.decode(made.payload));
    }

    /** A judge that takes one good payload at a time. */
    @State(Scope.Benchmark)
    public static class GoodOneByOne {
        private final Corpus corpus = Corpus.make();
        private final SoloPipeline judge = new SoloPipeline(1, corpus.trust(CryptoProviders.preferred()));
        private int next;

        int judgeNext() {
            next = (next + 1) % Corpus.SIZE;
            return judge.judge(corpus.texts(), next, Instant.now(), Optional.empty());
        }
    }

    /** A judge that trusts four signers with one KID, and a payload that none of them signed. */
    @State(Scope.Benchmark)
    public static class HostileOneByOne {
        @Param
        HostileSigners signers = HostileSigners.ES256;

        private SoloPipeline judge = new SoloPipeline(1, TrustList.empty());
        private List<String> text = List.of();

        @Setup
        public void prepare() {
            judge = new SoloPipeline(1, signers.trust());
            text = List.of(signers.card());
        }

        int judgeIt() {
            return judge.judge(text, 0, Instant.now(), Optional.empty());
        }
    }

    @Benchmark
    public void judgeGood(GoodOneByOne good) {
        if (good.judgeNext() != 1) {
            throw new IllegalStateException("a good payload was not accepted");
        }
    }

    @Benchmark
    public void judgeHostile(HostileOneByOne hostile) {
        if (hostile.judgeIt() != 0) {
            throw new IllegalStateException("a hostile payload was accepted");
        }
    }
}
