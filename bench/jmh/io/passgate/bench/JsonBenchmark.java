package io.passgate.bench;

import io.passgate.http.verify.VerifyRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A request for verification, read by our cursor and by Jackson, per payload of a batch of 64:
 * {@code bench/run.sh json}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class JsonBenchmark {
    private static final int BATCH = 64;

    private final List<byte[]> bodies = new ArrayList<>();
    private int next;

    @Setup
    public void prepare() {
        List<String> texts = Corpus.make().texts();
        for (int from = 0; from + BATCH <= texts.size(); from += BATCH) {
            String payloads = String.join("\",\"", texts.subList(from, from + BATCH));
            bodies.add(("{\"payloads\":[\"" + payloads + "\"],\"policy\":\"kr\"}").getBytes(StandardCharsets.US_ASCII));
        }
    }

    private byte[] following() {
        next = (next + 1) % bodies.size();
        return bodies.get(next);
    }

    private static VerifyRequest expected(VerifyRequest request) {
        if (request instanceof VerifyRequest.Wanted wanted && wanted.payloads().size() == BATCH) {
            return request;
        }
        throw new IllegalStateException("a request was not read");
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public VerifyRequest readByCursor() {
        return expected(VerifyRequest.parse(following(), BATCH));
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public VerifyRequest readByJackson() {
        return expected(VerifyRequest.parseAny(following(), BATCH));
    }
}
