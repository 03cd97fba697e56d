package io.passgate.bench.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** One HTTP answer as it comes in, read no further than its status, its length and its count of accepted payloads. */
public final class LoadAnswer {
    private static final byte[] HEAD_END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ACCEPTED = "\"accepted\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LINE_END = "\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CONTENT_LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);
    private static final int LARGEST = 1 << 20;

    private byte[] bytes = new byte[16 * 1_024];
    private int size;
    private int end;

    /** Forgets the answer. */
    void clear() {
        size = 0;
        end = 0;
    }

    /**
     * Takes what has come in.
     *
     * @return whether the answer is whole
     * @throws IllegalStateException if it is none that a gateway would give
     */
    boolean take(ByteBuffer in) {
        int more = in.remaining();
        if (size + more > bytes.length) {
            if (size + more > LARGEST) {
                throw new IllegalStateException("an answer of more than " + LARGEST + " bytes");
            }
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
        }
        in.get(bytes, size, more);
        size += more;
        if (end == 0) {
            end = whole();
        }
        if (end != 0 && size > end) {
            throw new IllegalStateException("more than one answer to one request");
        }
        return end != 0 && size == end;
    }

    /** The length of head and body, or 0 as long as the head is not there. */
    private int whole() {
        int headEnd = find(HEAD_END, 0, size);
        if (headEnd < 0) {
            return 0;
        }
        for (int line = find(LINE_END, 0, headEnd); line >= 0; line = find(LINE_END, line + 1, headEnd)) {
            int value = line + LINE_END.length + CONTENT_LENGTH.length;
            if (value < headEnd && isContentLength(line + LINE_END.length)) {
                return headEnd + HEAD_END.length + number(value);
            }
        }
        throw new IllegalStateException(
                "an answer without a length: " + new String(bytes, 0, headEnd, StandardCharsets.US_ASCII));
    }

    private boolean isContentLength(int at) {
        for (int i = 0; i < CONTENT_LENGTH.length; i++) {
            byte there = bytes[at + i];
            if ((there >= 'A' && there <= 'Z' ? there + ('a' - 'A') : there) != CONTENT_LENGTH[i]) {
                return false;
            }
        }
        return true;
    }

    private int number(int at) {
        int digit = at;
        while (bytes[digit] == ' ') {
            digit++;
        }
        int value = 0;
        for (; bytes[digit] != '\r'; digit++) {
            if (bytes[digit] < '0' || bytes[digit] > '9' || value > LARGEST) {
                throw new IllegalStateException("an answer whose length is no number");
            }
            value = 10 * value + bytes[digit] - '0';
        }
        return value;
    }

    /** The status code: "HTTP/1.1 200 OK". */
    public int status() {
        return 100 * (bytes[9] - '0') + 10 * (bytes[10] - '0') + bytes[11] - '0';
    }

    /** How it begins, for people. */
    public String beginning() {
        return new String(bytes, 0, Math.min(size, 600), StandardCharsets.UTF_8);
    }

    /** How many of its results are verdicts of acceptance. */
    public int accepted() {
        int count = 0;
        for (int at = find(ACCEPTED, 0, size); at >= 0; at = find(ACCEPTED, at + ACCEPTED.length, size)) {
            count++;
        }
        return count;
    }

    private int find(byte[] what, int from, int to) {
        for (int at = from; at + what.length <= to; at++) {
            if (bytes[at] == what[0]
                    && bytes[at + 1] == what[1]
                    && Arrays.equals(bytes, at, at + what.length, what, 0, what.length)) {
                return at;
            }
        }
        return -1;
    }
}
