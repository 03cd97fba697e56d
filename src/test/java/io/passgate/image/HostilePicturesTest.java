package io.passgate.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Whatever somebody makes costs what it may, and comes to an answer. */
final class HostilePicturesTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Of the processor, not of the clock: other tests run beside. */
    private static final Duration MOST_FOR_A_HEADER = Duration.ofMillis(5);

    /** The step that the deadline falls into is finished. */
    private static final Duration MOST = PictureReader.PATIENCE.plusMillis(1_500);

    private static Stream<DynamicTest> each(Map<String, byte[]> files, Check check) {
        return files.entrySet().stream()
                .map(file -> DynamicTest.dynamicTest(file.getKey(), () -> check.of(file.getValue())));
    }

    private interface Check {
        void of(byte[] file);
    }

    @TestFactory
    Stream<DynamicTest> whatTheHeaderRefuses_costsNextToNothing() {
        return each(HostilePictures.byHeader(), file -> {
            var _ = PictureReader.refusal(file);
            long startBytes = THREADS.getCurrentThreadAllocatedBytes();
            long startNs = THREADS.getCurrentThreadCpuTime();
            assertThat(PictureReader.refusal(file)).isPresent();
            assertThat(Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - startNs))
                    .isLessThan(MOST_FOR_A_HEADER);
            assertThat(THREADS.getCurrentThreadAllocatedBytes() - startBytes).isLessThan(1 << 16);
            assertThat(PictureReader.read(file))
                    .isInstanceOfAny(PictureResult.Unreadable.class, PictureResult.TooLarge.class);
        });
    }

    @TestFactory
    Stream<DynamicTest> whatIsBroken_isUnreadable() {
        return each(HostilePictures.broken(), file -> {
            assertThat(PictureReader.refusal(file)).isEmpty();
            assertThat(PictureReader.read(file)).isInstanceOf(PictureResult.Unreadable.class);
        });
    }

    @TestFactory
    Stream<DynamicTest> whatIsLaborious_endsInTime() {
        return each(HostilePictures.laborious(), file -> {
            long startNs = THREADS.getCurrentThreadCpuTime();
            PictureResult result = PictureReader.read(file);
            assertThat(Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - startNs))
                    .isLessThan(MOST);
            assertThat(result).isInstanceOfAny(PictureResult.Codes.class, PictureResult.Overloaded.class);
        });
    }

    /** Their chunks are inflated 1,000 times: not one byte of it is. */
    @TestFactory
    Stream<DynamicTest> whatIsNotNeededForThePixels_isNotInflated() {
        return HostilePictures.laborious().entrySet().stream()
                .filter(file -> file.getKey().contains("100 MiB"))
                .map(file -> DynamicTest.dynamicTest(file.getKey(), () -> {
                    long startBytes = THREADS.getCurrentThreadAllocatedBytes();
                    assertThat(Pictures.read(file.getValue())).isEmpty();
                    assertThat(THREADS.getCurrentThreadAllocatedBytes() - startBytes)
                            .isLessThan(8 << 20);
                }));
    }
}
