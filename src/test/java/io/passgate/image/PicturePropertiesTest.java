package io.passgate.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.ByteRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever bytes follow a header that is good, there is an answer, and no fault. */
final class PicturePropertiesTest {
    private static final byte[] PNG = Pictures.png(Pictures.code("PROPERTY", 120));
    private static final byte[] JPEG = Pictures.jpeg(Pictures.code("PROPERTY", 120));
    private static final byte[] PROGRESSIVE = Pictures.progressive(Pictures.code("PROPERTY", 120), "jpeg");
    private static final int PNG_HEADER = 33;

    private static void assertAnswered(byte[] file) {
        Deadline patient = new Deadline(System::nanoTime, TimeUnit.MINUTES.toNanos(1), () -> false);
        assertThat(PictureReader.read(file, patient)).isNotNull().isNotInstanceOf(PictureResult.Overloaded.class);
    }

    @Property(tries = 500)
    void anything_afterThePngsHeader(@ForAll @Size(max = 400) byte[] rest) {
        assertAnswered(joined(PNG, PNG_HEADER, rest));
    }

    /** With right checksums the decoder sees it. */
    @Property(tries = 500)
    void anyPixelData(
            @ForAll @Size(max = 400) byte[] data,
            @ForAll @IntRange(min = 1, max = 70) int width,
            @ForAll @IntRange(min = 1, max = 70) int height,
            @ForAll @IntRange(min = 0, max = 6) int colour,
            @ForAll @IntRange(min = 0, max = 4) int depth,
            @ForAll @IntRange(min = 0, max = 1) int interlace,
            @ForAll boolean isDeflated) {
        byte[] pixels = isDeflated ? PngWriter.deflated(data.length, i -> data[i]) : data;
        assertAnswered(new PngWriter()
                .header(width, height, 1 << depth, colour, interlace)
                .chunk("PLTE", Arrays.copyOf(data, 3 * (1 + data.length / 3 % 256)))
                .chunk("tRNS", Arrays.copyOf(data, data.length % 7))
                .chunk("IDAT", pixels)
                .end());
    }

    @Property(tries = 500)
    void anything_fromAPlaceInAJpegOn(@ForAll @Size(max = 400) byte[] rest, @ForAll @IntRange(min = 2) int from) {
        assertAnswered(joined(JPEG, 2 + from % (JPEG.length - 2), rest));
    }

    /** A few bytes turned, and the rest as it was. */
    @Property(tries = 1_000)
    void aFewBytesTurned(
            @ForAll @Size(min = 1, max = 6) int[] places,
            @ForAll @ByteRange(min = 1) byte turned,
            @ForAll boolean which) {
        byte[] file = (which ? JPEG : PROGRESSIVE).clone();
        for (int place : places) {
            file[Math.floorMod(place, file.length)] ^= turned;
        }
        assertAnswered(file);
    }

    private static byte[] joined(byte[] file, int length, byte[] rest) {
        byte[] joined = Arrays.copyOf(file, length + rest.length);
        System.arraycopy(rest, 0, joined, length, rest.length);
        return joined;
    }
}
