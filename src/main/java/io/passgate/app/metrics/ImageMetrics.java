package io.passgate.app.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.passgate.image.PictureObserver;
import io.passgate.image.PictureQueue;
import io.passgate.image.PictureResult;
import io.passgate.logging.RedactedStackTrace;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** What is counted of pictures. */
public final class ImageMetrics implements PictureObserver {
    private static final Logger LOG = System.getLogger(ImageMetrics.class.getName());

    private final MeterRegistry registry;
    private final Counter faults;
    private final Timer times;
    private final Counter read;
    private final Counter noCode;
    private final Counter unreadable;
    private final Counter tooLarge;
    private final Counter overloaded;

    /** @param faults of the whole gateway */
    ImageMetrics(MeterRegistry registry, Counter faults) {
        this.registry = registry;
        this.faults = faults;
        times = Timer.builder("passgate.image")
                .description("Time of work on a picture, without its wait")
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofSeconds(10))
                .register(registry);
        read = results("read");
        noCode = results("no_code_found");
        unreadable = results("unreadable");
        tooLarge = results("too_large");
        overloaded = results("overloaded");
    }

    private Counter results(String result) {
        return Counter.builder("passgate.images")
                .description("Pictures by what they came to")
                .tag("result", result)
                .register(registry);
    }

    /**
     * Adds what is read of the queue when somebody looks. Once a gateway.
     *
     * @param pictures asked on the thread that makes the text of the metrics
     */
    public void watch(PictureQueue pictures) {
        Gauge.builder("passgate.image.queue.depth", pictures::size)
                .description("Pictures that wait to be read")
                .register(registry);
    }

    @Override
    public void read(PictureResult result, long tookNs) {
        times.record(tookNs, TimeUnit.NANOSECONDS);
        counter(result).increment();
    }

    @Override
    public void refused(PictureResult result) {
        counter(result).increment();
    }

    private Counter counter(PictureResult result) {
        return switch (result) {
            case PictureResult.Codes(var texts) -> texts.isEmpty() ? noCode : read;
            case PictureResult.Unreadable(var _) -> unreadable;
            case PictureResult.TooLarge(var _) -> tooLarge;
            case PictureResult.Overloaded() -> overloaded;
        };
    }

    @Override
    public void failed(Throwable fault) {
        faults.increment();
        LOG.log(Level.ERROR, "a picture failed: {0}", RedactedStackTrace.of(fault));
    }
}
