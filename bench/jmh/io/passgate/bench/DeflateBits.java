package io.passgate.bench;

import java.io.ByteArrayOutputStream;
import java.util.zip.Adler32;
import java.util.zip.Deflater;

/** Writes a deflate stream (RFC 1951) bit by bit, for streams that no compressor would make. */
final class DeflateBits {
    /** The order in which a dynamic block gives the lengths of the code length codes (RFC 1951 section 3.2.7). */
    private static final int[] ORDER = {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};

    /** So few bytes that a QR code of 4,296 characters holds them with the checksum behind. */
    private static final int MAX_BYTES = 2_850;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream(MAX_BYTES);
    private int pending;
    private int pendingBits;

    DeflateBits() {
        out.write(0x78);
        out.write(0xda);
    }

    boolean hasRoomFor(int bytes) {
        return out.size() + bytes <= MAX_BYTES;
    }

    /** An empty block with the fixed codes: 10 bits. */
    DeflateBits emptyFixedBlock() {
        return bits(0, 1).bits(1, 2).bits(0, 7);
    }

    /** An empty stored block: 5 bytes at most. */
    DeflateBits emptyStoredBlock() {
        bits(0, 1).bits(0, 2);
        alignToByte();
        return bits(0, 16).bits(0xffff, 16);
    }

    /**
     * An empty block that announces codes of its own, as long as {@code longest}: its reader builds whole tables for
     * nothing. Symbols 0 to longest - 1 get the lengths 1 to longest, and the end of block the longest once more.
     */
    DeflateBits emptyDynamicBlock(int longest) {
        int[] codeLengths = new int[19];
        int used = longest + 1;
        int width = 32 - Integer.numberOfLeadingZeros(used - 1);
        int shorter = (1 << width) - used;
        // A complete code of two widths, over the lengths 1 to longest and the long run of zeros (18).
        int given = 0;
        for (int symbol : symbolsOf(longest)) {
            codeLengths[symbol] = given++ < shorter ? width - 1 : width;
        }
        int[] codes = canonical(codeLengths);
        bits(0, 1).bits(2, 2).bits(0, 5).bits(0, 5).bits(15, 4);
        for (int symbol : ORDER) {
            bits(codeLengths[symbol], 3);
        }
        for (int length = 1; length <= longest; length++) {
            code(codes[length], codeLengths[length]);
        }
        // Zeros up to symbol 255 in runs of at most 138, then the end of block, then one unused distance.
        int zeros = 256 - longest;
        while (zeros > 0) {
            int run = Math.min(138, zeros);
            code(codes[18], codeLengths[18]).bits(run - 11, 7);
            zeros -= run;
        }
        code(codes[longest], codeLengths[longest]);
        code(codes[1], codeLengths[1]);
        return code((1 << longest) - 1, longest);
    }

    private static int[] symbolsOf(int longest) {
        int[] symbols = new int[longest + 1];
        for (int i = 0; i < longest; i++) {
            symbols[i] = i + 1;
        }
        symbols[longest] = 18;
        return symbols;
    }

    /** The canonical codes of these lengths (RFC 1951 section 3.2.2). */
    private static int[] canonical(int[] lengths) {
        int[] codes = new int[lengths.length];
        int code = 0;
        for (int length = 1; length <= 7; length++) {
            for (int symbol = 0; symbol < lengths.length; symbol++) {
                if (lengths[symbol] == length) {
                    codes[symbol] = code++;
                }
            }
            code <<= 1;
        }
        return codes;
    }

    /** The whole zlib stream, ended after no output. */
    byte[] finishEmpty() {
        bits(1, 1).bits(1, 2).bits(0, 7);
        return withChecksum(new byte[0]);
    }

    /** The whole zlib stream, ended with {@code content} as a compressor writes it. */
    byte[] finish(byte[] content) {
        // A compressor's blocks begin at a byte.
        emptyStoredBlock();
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        deflater.setInput(content);
        deflater.finish();
        byte[] raw = new byte[MAX_BYTES];
        out.write(raw, 0, deflater.deflate(raw));
        deflater.end();
        return withChecksum(content);
    }

    private byte[] withChecksum(byte[] content) {
        alignToByte();
        Adler32 adler = new Adler32();
        adler.update(content);
        int checksum = (int) adler.getValue();
        for (int shift = 24; shift >= 0; shift -= 8) {
            out.write(checksum >> shift);
        }
        return out.toByteArray();
    }

    /** A Huffman code goes in with its highest bit first. */
    private DeflateBits code(int code, int length) {
        return bits(Integer.reverse(code) >>> (32 - length), length);
    }

    private DeflateBits bits(int value, int count) {
        for (int i = 0; i < count; i++) {
            pending |= (value >> i & 1) << pendingBits;
            if (++pendingBits == Byte.SIZE) {
                out.write(pending);
                pending = 0;
                pendingBits = 0;
            }
        }
        return this;
    }

    private void alignToByte() {
        while (pendingBits != 0) {
            bits(0, 1);
        }
    }
}
