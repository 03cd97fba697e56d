package io.passgate.codec;

import static io.passgate.format.hcert.HandMade.CWT;
import static io.passgate.format.hcert.HandMade.decodeText;
import static io.passgate.format.hcert.HandMade.join;
import static io.passgate.format.hcert.HandMade.messageOf;
import static io.passgate.format.hcert.HandMade.refusalOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.passgate.format.Decoded;
import io.passgate.format.hcert.HcertDecoder;
import io.passgate.model.Reason;
import io.passgate.testing.TestCards;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One whole zlib stream and nothing else. */
final class ZlibTest {
    private static final byte[] MESSAGE = messageOf(CWT);
    private static final byte[] STREAM = TestCards.deflate(MESSAGE);

    private static Reason refusalOfStream(byte[]... parts) {
        return refusalOf(TestCards.ofCompressed(join(parts)));
    }

    private static byte[] deflated(Deflater deflater) {
        try {
            deflater.setInput(MESSAGE);
            deflater.finish();
            byte[] out = new byte[1_024];
            return Arrays.copyOf(out, deflater.deflate(out));
        } finally {
            deflater.end();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 6, 9})
    void anyCompressionLevel_isTaken(int level) {
        String card = TestCards.ofCompressed(deflated(new Deflater(level)));
        assertThat(decodeText(card)).isInstanceOf(Decoded.Well.class);
    }

    @Test
    void aMatchMayReachBackToTheFirstByte() throws MalformedException {
        byte[] same = new byte[300];
        Arrays.fill(same, (byte) 'a');
        Deflater deflater = new Deflater();
        deflater.setInput(same);
        deflater.finish();
        byte[] stream = new byte[64];
        int length = deflater.deflate(stream);
        deflater.end();
        BoundedInflater inflater = new BoundedInflater();
        assertThat(inflater.inflate(stream, length)).isEqualTo(same.length);
        assertThat(inflater.bytes()).startsWith(same);
    }

    @Test
    void everyTruncation_isRefused() {
        for (int length = 0; length < STREAM.length; length++) {
            assertThat(refusalOfStream(Arrays.copyOf(STREAM, length))).isEqualTo(Reason.ZLIB_INVALID);
        }
    }

    @Test
    void bytesAfterTheStream_areRefused() {
        assertThat(refusalOfStream(STREAM, new byte[1])).isEqualTo(Reason.ZLIB_INVALID);
        assertThat(refusalOfStream(STREAM, STREAM)).isEqualTo(Reason.ZLIB_INVALID);
    }

    @Test
    void aStreamThatAsksForADictionary_isRefused() {
        Deflater deflater = new Deflater();
        deflater.setDictionary(MESSAGE);
        byte[] stream = deflated(deflater);
        assertThat(stream[1] & 0x20).isNotZero();
        assertThat(refusalOfStream(stream)).isEqualTo(Reason.ZLIB_INVALID);
    }

    @Test
    void aWrongChecksum_isRefused() {
        byte[] stream = STREAM.clone();
        stream[stream.length - 1] ^= 1;
        assertThat(refusalOfStream(stream)).isEqualTo(Reason.ZLIB_INVALID);
    }

    @Test
    void rawDeflate_gzip_andNoCompression_areRefused() throws IOException {
        assertThat(refusalOfStream(deflated(new Deflater(9, true)))).isEqualTo(Reason.ZLIB_INVALID);
        ByteArrayOutputStream gzip = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
            out.write(MESSAGE);
        }
        assertThat(refusalOfStream(gzip.toByteArray())).isEqualTo(Reason.ZLIB_INVALID);
        assertThat(refusalOfStream(MESSAGE)).isEqualTo(Reason.ZLIB_INVALID);
    }

    @Test
    void anEmptyStream_isNoMessage() {
        assertThat(refusalOfStream(TestCards.deflate(new byte[0]))).isEqualTo(Reason.CBOR_INVALID);
    }

    /** A decoder that met a broken stream, or a bomb, reads the next payload as if nothing had been. */
    @Test
    void aBrokenStream_leavesNothingBehind() {
        HcertDecoder decoder = new HcertDecoder();
        String good = TestCards.ofCompressed(STREAM);
        Decoded expected = decoder.decode(TestCards.payload(good));
        assertThat(expected).isInstanceOf(Decoded.Well.class);
        for (byte[] bad : new byte[][] {
            Arrays.copyOf(STREAM, 20), join(STREAM, STREAM), new byte[0], TestCards.deflate(new byte[100_000])
        }) {
            assertThat(decoder.decode(TestCards.payload(TestCards.ofCompressed(bad))))
                    .isInstanceOf(Decoded.Malformed.class);
            assertThat(decoder.decode(TestCards.payload(good))).isEqualTo(expected);
        }
        decoder.wipe();
        assertThat(decoder.decode(TestCards.payload(good))).isEqualTo(expected);
    }
}
