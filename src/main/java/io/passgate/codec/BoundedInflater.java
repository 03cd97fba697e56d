package io.passgate.codec;

import io.passgate.model.Reason;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.Adler32;

/**
 * Inflates one whole zlib stream (RFC 1950, RFC 1951) into a buffer of its own that never grows. Reused for one payload
 * after another by one thread.
 *
 * <p>Our own, because {@link java.util.zip.Inflater} does not tell blocks: a QR code has room for some 150 of them,
 * each of which makes it build its tables anew, at 50 times the cost of a real certificate. It also keeps a window of
 * what it inflated in memory that nobody can wipe.
 */
public final class BoundedInflater {
    private static final int DEFLATE = 8;
    private static final int MAX_WINDOW = 7;
    private static final int PRESET_DICTIONARY = 0x20;
    private static final int HEADER_MULTIPLE = 31;

    private static final int END_OF_BLOCK = 256;
    private static final int MAX_LITERALS = 286;
    private static final int MAX_DISTANCES = 30;
    private static final int FIXED_LITERALS = 288;
    private static final int CODE_LENGTHS = 19;

    /** RFC 1951 section 3.2.5: what length and distance symbols start from, and how many bits are added. */
    private static final short[] LENGTH_BASE = {
        3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227,
        258
    };

    private static final byte[] LENGTH_EXTRA = {
        0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0
    };
    private static final short[] DISTANCE_BASE = {
        1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097,
        6145, 8193, 12289, 16385, 24577
    };
    private static final byte[] DISTANCE_EXTRA = {
        0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13
    };

    /** RFC 1951 section 3.2.7: the order in which the lengths of the code length code stand. */
    private static final byte[] ORDER = {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** What a length with its distance takes at most, less the length's code: 5, 15 and 13 bits. */
    private static final int MATCH_BITS = 33;

    /** What a code of the code length code with its repetitions takes at most: 7 and 7 bits. */
    private static final int LENGTH_CODE_BITS = 14;

    private final byte[] out = new byte[Bounds.MAX_INFLATED_BYTES];
    private final byte[] lengths = new byte[MAX_LITERALS + MAX_DISTANCES + 2];
    private final HuffmanCode codeLengths = new HuffmanCode(CODE_LENGTHS, 7);
    private final HuffmanCode literals = new HuffmanCode(FIXED_LITERALS, 10);
    private final HuffmanCode distances = new HuffmanCode(MAX_DISTANCES, 8);
    private final HuffmanCode fixedLiterals = new HuffmanCode(FIXED_LITERALS, 9);
    private final HuffmanCode fixedDistances = new HuffmanCode(Integer.SIZE, 5);
    private final Adler32 adler = new Adler32();

    private byte[] in = new byte[0];
    private int at;
    private int end;
    private int written;

    /**
     * Bits read from {@link #in} and not used, the next one lowest. Above {@link #held} there are zeros, or what the
     * next byte brings in any case.
     */
    private long bits;

    private int held;

    /** Creates one with its buffer and the fixed codes of RFC 1951 section 3.2.6. */
    public BoundedInflater() {
        byte[] fixed = new byte[FIXED_LITERALS];
        Arrays.fill(fixed, 0, 144, (byte) 8);
        Arrays.fill(fixed, 144, 256, (byte) 9);
        Arrays.fill(fixed, 256, 280, (byte) 7);
        Arrays.fill(fixed, 280, FIXED_LITERALS, (byte) 8);
        byte[] fives = new byte[Integer.SIZE];
        Arrays.fill(fives, (byte) 5);
        if (!fixedLiterals.build(fixed, 0, FIXED_LITERALS, false)
                || !fixedDistances.build(fives, 0, Integer.SIZE, false)) {
            throw new AssertionError("the fixed codes of RFC 1951 section 3.2.6 are complete");
        }
    }

    /**
     * Inflates {@code in[0, length)}.
     *
     * @param in a zlib stream from index 0 on; only read, and held until the next call
     * @param length how many bytes of it are the stream
     * @return the number of bytes in {@link #bytes()}
     * @throws MalformedException if it is no zlib stream, is cut short, asks for a dictionary, has bytes after its end,
     *     has more than {@link Bounds#MAX_DEFLATE_BLOCKS}, or inflates to more than {@link Bounds#MAX_INFLATED_BYTES}
     */
    public int inflate(byte[] in, int length) throws MalformedException {
        this.in = in;
        at = 0;
        end = length;
        written = 0;
        bits = 0;
        held = 0;
        readHeader();
        boolean last = false;
        for (int blocks = 0; !last; blocks++) {
            if (blocks == Bounds.MAX_DEFLATE_BLOCKS) {
                throw MalformedException.of(Reason.ZLIB_TOO_COMPLEX);
            }
            last = take(1) == 1;
            switch (take(2)) {
                case 0 -> copyStored();
                case 1 -> inflateBlock(fixedLiterals, fixedDistances);
                case 2 -> {
                    readCodes();
                    inflateBlock(literals, distances);
                }
                default -> throw invalid();
            }
        }
        checkTrailer();
        return written;
    }

    /** {@return the inflated bytes from index 0 on} This is the buffer itself: the next call overwrites it. */
    public byte[] bytes() {
        return out;
    }

    /** Overwrites what was inflated with zeros. */
    public void wipe() {
        Arrays.fill(out, (byte) 0);
        bits = 0;
    }

    private void readHeader() throws MalformedException {
        int method = take(Byte.SIZE);
        int flags = take(Byte.SIZE);
        boolean isZlib = (method & 0xf) == DEFLATE
                && method >> 4 <= MAX_WINDOW
                && (method << Byte.SIZE | flags) % HEADER_MULTIPLE == 0
                && (flags & PRESET_DICTIONARY) == 0;
        if (!isZlib) {
            throw invalid();
        }
    }

    private void checkTrailer() throws MalformedException {
        toByte();
        int expected = 0;
        for (int i = 0; i < Integer.BYTES; i++) {
            expected = expected << Byte.SIZE | take(Byte.SIZE);
        }
        adler.reset();
        adler.update(out, 0, written);
        if ((int) adler.getValue() != expected || at != end || held > 0) {
            throw invalid();
        }
    }

    private void copyStored() throws MalformedException {
        toByte();
        int length = take(Short.SIZE);
        if (take(Short.SIZE) != (~length & 0xffff)) {
            throw invalid();
        }
        at -= held / Byte.SIZE;
        held = 0;
        bits = 0;
        if (length > end - at) {
            throw invalid();
        }
        requireRoom(length);
        System.arraycopy(in, at, out, written, length);
        at += length;
        written += length;
    }

    /** Reads the two codes of a dynamic block (RFC 1951 section 3.2.7). */
    private void readCodes() throws MalformedException {
        int literalCount = take(5) + 257;
        int distanceCount = take(5) + 1;
        int codeCount = take(4) + 4;
        if (literalCount > MAX_LITERALS || distanceCount > MAX_DISTANCES) {
            throw invalid();
        }
        Arrays.fill(lengths, 0, CODE_LENGTHS, (byte) 0);
        for (int i = 0; i < codeCount; i++) {
            lengths[ORDER[i]] = (byte) take(3);
        }
        if (!codeLengths.build(lengths, 0, CODE_LENGTHS, false)) {
            throw invalid();
        }
        readLengths(literalCount + distanceCount);
        if (lengths[END_OF_BLOCK] == 0
                || !literals.build(lengths, 0, literalCount, true)
                || !distances.build(lengths, literalCount, distanceCount, true)) {
            throw invalid();
        }
    }

    private void readLengths(int count) throws MalformedException {
        int read = 0;
        while (read < count) {
            if (held < LENGTH_CODE_BITS) {
                refill();
            }
            int symbol = decode(codeLengths);
            if (symbol < 16) {
                lengths[read++] = (byte) symbol;
                continue;
            }
            if (symbol == 16 && read == 0) {
                throw invalid();
            }
            byte repeated = symbol == 16 ? lengths[read - 1] : 0;
            int times = switch (symbol) {
                case 16 -> 3 + next(2);
                case 17 -> 3 + next(3);
                default -> 11 + next(7);
            };
            if (times > count - read) {
                throw invalid();
            }
            Arrays.fill(lengths, read, read + times, repeated);
            read += times;
        }
    }

    private void inflateBlock(HuffmanCode literalCode, HuffmanCode distanceCode) throws MalformedException {
        while (true) {
            refill();
            int symbol = literals(literalCode);
            if (symbol == END_OF_BLOCK) {
                return;
            }
            copyMatch(symbol - END_OF_BLOCK - 1, distanceCode);
        }
    }

    /** Writes literals up to the first symbol that is none, which it returns. The state is in locals, as it is hot. */
    private int literals(HuffmanCode code) throws MalformedException {
        byte[] from = in;
        byte[] to = out;
        long ahead = bits;
        int valid = held;
        int next = at;
        int size = written;
        int symbol = 0;
        while (symbol < END_OF_BLOCK) {
            if (valid < HuffmanCode.MAX_BITS) {
                if (end - next >= Long.BYTES) {
                    ahead |= (long) LONGS.get(from, next) << valid;
                    next += (Long.SIZE - 1 - valid) / Byte.SIZE;
                    valid |= Long.SIZE - Byte.SIZE;
                } else {
                    for (; valid < Long.SIZE - Byte.SIZE && next < end; valid += Byte.SIZE) {
                        ahead |= (from[next++] & 0xffL) << valid;
                    }
                }
            }
            int entry = code.find(ahead);
            int length = entry & HuffmanCode.LENGTH_MASK;
            if (entry == HuffmanCode.NO_CODE || length > valid) {
                throw invalid();
            }
            ahead >>>= length;
            valid -= length;
            symbol = entry >> HuffmanCode.LENGTH_BITS;
            if (symbol < END_OF_BLOCK) {
                if (size == to.length) {
                    throw MalformedException.of(Reason.INFLATED_TOO_LONG);
                }
                to[size++] = (byte) symbol;
            }
        }
        bits = ahead;
        held = valid;
        at = next;
        written = size;
        return symbol;
    }

    private void copyMatch(int lengthSymbol, HuffmanCode distanceCode) throws MalformedException {
        if (lengthSymbol >= LENGTH_BASE.length) {
            throw invalid();
        }
        if (held < MATCH_BITS) {
            refill();
        }
        int length = LENGTH_BASE[lengthSymbol] + next(LENGTH_EXTRA[lengthSymbol]);
        int distanceSymbol = decode(distanceCode);
        if (distanceSymbol >= MAX_DISTANCES) {
            throw invalid();
        }
        int distance = DISTANCE_BASE[distanceSymbol] + next(DISTANCE_EXTRA[distanceSymbol]);
        if (distance > written) {
            throw invalid();
        }
        requireRoom(length);
        int from = written - distance;
        for (int left = length; left > 0; ) {
            int piece = Math.min(left, written - from);
            System.arraycopy(out, from, out, written, piece);
            written += piece;
            left -= piece;
        }
    }

    private void requireRoom(int length) throws MalformedException {
        if (length > out.length - written) {
            throw MalformedException.of(Reason.INFLATED_TOO_LONG);
        }
    }

    /** The next symbol, for which {@link #held} is enough unless the stream ends. */
    private int decode(HuffmanCode code) throws MalformedException {
        int entry = code.find(bits);
        int length = entry & HuffmanCode.LENGTH_MASK;
        if (entry == HuffmanCode.NO_CODE || length > held) {
            throw invalid();
        }
        bits >>>= length;
        held -= length;
        return entry >> HuffmanCode.LENGTH_BITS;
    }

    /** The next {@code count} bits, 0 to 16, first bit lowest. */
    private int take(int count) throws MalformedException {
        if (held < count) {
            refill();
        }
        return next(count);
    }

    /** The same of what is held. */
    private int next(int count) throws MalformedException {
        if (count > held) {
            throw invalid();
        }
        int value = (int) bits & ((1 << count) - 1);
        bits >>>= count;
        held -= count;
        return value;
    }

    /** Holds at least 56 bits afterwards, or all that are left. */
    private void refill() {
        if (end - at >= Long.BYTES) {
            bits |= (long) LONGS.get(in, at) << held;
            at += (Long.SIZE - 1 - held) / Byte.SIZE;
            held |= Long.SIZE - Byte.SIZE;
            return;
        }
        while (held < Long.SIZE - Byte.SIZE && at < end) {
            bits |= (in[at++] & 0xffL) << held;
            held += Byte.SIZE;
        }
    }

    /** Drops the bits up to the next byte. */
    private void toByte() {
        int rest = held % Byte.SIZE;
        bits >>>= rest;
        held -= rest;
    }

    private static MalformedException invalid() {
        return MalformedException.of(Reason.ZLIB_INVALID);
    }
}
